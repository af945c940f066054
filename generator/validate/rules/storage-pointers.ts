import { mapAt, textAt } from '../../text/json-path.ts';
import type { Finding, Rule, Subject } from './rule.ts';
import { JAEGER } from './storage-backend.ts';
import { listed } from './wiring.ts';

/** Pointers by name into `jaeger_storage`, and the map that each points into. */
const POINTERS = [
  { path: ['extensions', 'jaeger_query', 'storage', 'traces'], backends: 'backends' },
  { path: ['extensions', 'jaeger_query', 'storage', 'traces_archive'], backends: 'backends' },
  { path: ['exporters', 'jaeger_storage_exporter', 'trace_storage'], backends: 'backends' },
  { path: ['extensions', 'remote_sampling', 'adaptive', 'sampling_store'], backends: 'backends' },
] as const;

/** Jaeger does not start with a storage that it looks for by a name that none has. */
export const storagePointers: Rule = (subject) => POINTERS.flatMap((pointer) => broken(subject, pointer));

function broken({ values }: Subject, { path, backends }: (typeof POINTERS)[number]): Finding[] {
  const name = textAt(values, ...JAEGER, ...path);
  const folder = [...JAEGER, 'extensions', 'jaeger_storage', backends];
  const known = Object.keys(mapAt(values, ...folder));
  if (name === '' || known.includes(name)) return [];
  const message = `${path.join('.')} is ${JSON.stringify(name)}, and ${folder.join('.')} has no backend of that name; there are ${listed(known)}. Write one of them, or define it`;
  return [{ path: [...JAEGER, ...path], message }];
}
