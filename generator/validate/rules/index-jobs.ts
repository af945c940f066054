import { printPaste } from '../../config/remedy.ts';
import { at, listAt, mapsAt, textAt } from '../../text/json-path.ts';
import { quote, type Rule, type Subject, yaml } from './rule.ts';
import { searchBackend, traceBackend } from './storage-backend.ts';

const jobsOf = ({ values }: Subject) =>
  ['esIndexCleaner', 'esRollover', 'esLookback'].filter(
    (job) => at(values, 'jaeger', job, 'enabled') === true,
  );

/** The jobs look after indices, which only two storages have. */
export const indexJobs: Rule = (subject) => {
  if (searchBackend(subject)) return [];
  const [type = 'no storage'] = Object.keys(traceBackend(subject).types);
  return jobsOf(subject).map((job) => ({
    path: ['jaeger', job, 'enabled'],
    message: `jaeger.${job} is on, but traces are kept in ${type}, which has no indices. Write`,
    yaml: yaml(`jaeger.${job}.enabled`, false),
  }));
};

/** The jobs have an address of their own, which must be one of Jaeger's. */
export const indexJobsServer: Rule = (subject) => {
  const urls = listAt(searchBackend(subject) ?? {}, 'server_urls').map(String);
  const url = textAt(subject.values, 'jaeger', 'storage', 'elasticsearch', 'url');
  const unknown = urls.length === 0 || urls.some((each) => each.includes('${env:'));
  if (jobsOf(subject).length === 0 || unknown || urls.includes(url)) return [];
  return [
    {
      path: ['jaeger', 'storage', 'elasticsearch', 'url'],
      message: `The jobs that look after indices talk to ${quote(url)}, and Jaeger to ${urls.join(' and ')}. Write`,
      yaml: yaml('jaeger.storage.elasticsearch.url', urls[0]),
    },
  ];
};

/** The jobs have a prefix of their own, which must be Jaeger's. */
export const indexJobsPrefix: Rule = (subject) => {
  const search = searchBackend(subject);
  if (!search) return [];
  const prefix = textAt(search, 'indices', 'index_prefix').replace(/-$/, '');
  return jobsOf(subject).flatMap((job) => {
    const variables = mapsAt(subject.values, 'jaeger', job, 'extraEnv');
    const variable = variables.findLast(({ name }) => name === 'INDEX_PREFIX');
    const own =
      at(subject.values, 'jaeger', job, 'cmdlineParams', 'index-prefix') ?? variable?.['value'] ?? '';
    if (String(own) === prefix) return [];
    return [
      {
        path: ['jaeger', job, 'extraEnv'],
        message: `jaeger.${job} looks after indices with the prefix ${quote(own)}, and Jaeger writes them with ${quote(prefix)}. Put this entry in the place of the other`,
        yaml: yaml(`jaeger.${job}.extraEnv`, [{ name: 'INDEX_PREFIX', value: prefix }]),
      },
    ];
  });
};

/** Jaeger would go on writing daily indices, and nothing would ever roll over. */
export const rolloverAliases: Rule = (subject) => {
  const search = searchBackend(subject);
  const on = at(subject.values, 'jaeger', 'esRollover', 'enabled') === true;
  if (!search || !on || search['use_aliases']) return [];
  const { path, types } = traceBackend(subject);
  const [type = ''] = Object.keys(types);
  return [
    {
      path: [...path, type, 'use_aliases'],
      message: 'jaeger.esRollover is on, but Jaeger does not write to the aliases that it moves. Write',
      yaml: printPaste([...path, type, 'use_aliases'], true),
    },
  ];
};
