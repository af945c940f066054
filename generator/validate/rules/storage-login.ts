import { mapsAt } from '../../text/json-path.ts';
import { type Rule, type Subject, yaml } from './rule.ts';
import { traceBackend } from './storage-backend.ts';

const VARIABLES = ['STORAGE_USERNAME', 'STORAGE_PASSWORD'];

/** The login of a storage is in lists that a later values file replaces as a whole. */
export const storageLogin: Rule = (subject) => [...variables(subject), ...files(subject)];

function variables(subject: Subject) {
  const text = JSON.stringify(traceBackend(subject).types);
  const names = mapsAt(subject.values, 'jaeger', 'jaeger', 'extraEnv').map(({ name }) => name);
  const lacking = VARIABLES.filter((name) => text.includes(`\${env:${name}}`) && !names.includes(name));
  if (lacking.length === 0) return [];
  const secret = subject.model.secrets.storage.name;
  const extraEnv = lacking.map((name) => {
    const key = name.toLowerCase().replace('storage_', '');
    return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
  });
  return [
    {
      path: ['jaeger', 'jaeger', 'extraEnv'],
      message: `Jaeger logs in to its storage with ${lacking.join(' and ')}, which its pod does not have: a list in a later values file replaces the whole list. Put these entries into yours`,
      yaml: yaml('jaeger.jaeger', { extraEnv }),
    },
  ];
}

function files(subject: Subject) {
  const { name: secretName, mountPath } = subject.model.secrets.storage;
  const mounts = mapsAt(subject.values, 'jaeger', 'jaeger', 'extraVolumeMounts');
  const mounted = mounts.some((mount) => String(mount['mountPath']).replace(/\/$/, '') === mountPath);
  if (mounted || !JSON.stringify(traceBackend(subject).types).includes(`${mountPath}/`)) return [];
  const name = 'storage-credentials';
  return [
    {
      path: ['jaeger', 'jaeger', 'extraVolumeMounts'],
      message: `Jaeger reads files of ${mountPath}, where no Secret is mounted: a list in a later values file replaces the whole list. Put these entries into yours`,
      yaml: yaml('jaeger.jaeger', {
        extraVolumes: [{ name, secret: { secretName } }],
        extraVolumeMounts: [{ name, mountPath, readOnly: true }],
      }),
    },
  ];
}
