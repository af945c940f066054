import { at, mapAt } from '../../text/json-path.ts';
import type { Rule } from './rule.ts';
import { JAEGER, searchBackend } from './storage-backend.ts';
import { typeOf } from './wiring.ts';

/**
 * This chart's Jaeger has two things that 2.20 does not start with, and an image may be given by its tag.
 *
 * @see https://github.com/jaegertracing/jaeger/pull/8894 for `jaeger_mcp`
 * @see https://github.com/jaegertracing/jaeger/pull/9018 for `use_aliases`
 */
export const jaegerVersion: Rule = (subject) => {
  const tag = at(subject.values, 'jaeger', 'jaeger', 'image', 'tag') ?? '';
  const [, minor] = /^v?2\.(\d+)/.exec(String(tag)) ?? [];
  if (minor === undefined || Number(minor) < 20) return [];
  const servers = Object.keys(mapAt(subject.values, ...JAEGER, 'extensions'))
    .filter((id) => typeOf(id) === 'jaeger_mcp')
    .sort();
  const gone = [
    ...servers.map((id) => `the extension ${id}`),
    ...(searchBackend(subject)?.['use_aliases'] === true ? ['use_aliases of its storage'] : []),
  ];
  return gone.map((thing) => ({
    path: ['jaeger', 'jaeger', 'image', 'tag'],
    message: `jaeger.jaeger.image.tag is ${String(tag)}, and Jaeger 2.20 does not start with ${thing}. Leave that out, or the tag: this chart has one of its own.`,
  }));
};
