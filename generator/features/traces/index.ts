import type { TracesConfig } from '../../../schema/types/telemetry-config.ts';
import type { Values } from '../../../schema/types/values.ts';
import type { Model } from '../../model.ts';
import type { Feature } from '../feature.ts';
import { filter } from './filter.ts';
import { redact } from './redact.ts';
import { sample } from './sample.ts';

/**
 * What happens to spans on their way, and which of them stay. Owns the lists of both stages, since they are ordered:
 * `traces` changes spans, `traces/sampled` chooses among them. Each section writes all of both.
 */
export const traces: Feature<TracesConfig> = {
  overlay,
  base: {},
  presets: [
    {
      name: 'redact',
      purpose:
        'Masks credentials and e-mail addresses in spans, and drops the spans of health checks. Replaces `sample` and `tail-sampling`.',
      section: { filter: {}, redact: {} },
    },
    {
      name: 'sample',
      purpose:
        'Keeps every tenth trace, errors or not, and does all that `redact` does. Replaces `redact` and `tail-sampling`.',
      section: { filter: {}, redact: {}, sample: { probabilistic: {} } },
    },
    {
      name: 'tail-sampling',
      purpose:
        'Keeps traces with an error, slow ones and every tenth of the others, right over several collectors, and does all that `redact` does. Replaces `redact` and `sample`.',
      section: { filter: {}, redact: {}, sample: { tail: {} } },
    },
  ],
};

function overlay(section: TracesConfig, model: Model): Values {
  const stages = [
    ...(section.filter ? [filter(section.filter)] : []),
    ...(section.redact ? [redact(section.redact)] : []),
  ];
  const sampling = sample(section.sample ?? {}, model);
  const changing = stages.flatMap(({ processors }) => processors);
  return {
    presets: { traces: nameOf(section) },
    otelcol: {
      alternateConfig: {
        ...sampling.config,
        processors: Object.assign({}, ...[...stages, sampling].map(({ config }) => config.processors)),
        service: {
          pipelines: {
            traces: {
              // Limits last: a secret that was cut in two is none that a pattern finds.
              processors: ['memory_limiter', ...changing, 'transform/limits'],
              exporters: sampling.exporters,
            },
            'traces/sampled': {
              receivers: sampling.receivers,
              processors: [...sampling.processors],
              exporters: ['forward/export'],
            },
          },
        },
      },
    },
  };
}

function nameOf({ filter, redact, sample }: TracesConfig) {
  if (sample?.tail) return 'tail-sampling';
  if (sample?.probabilistic) return 'sample';
  if (redact) return 'redact';
  return filter ? 'filter' : 'all';
}
