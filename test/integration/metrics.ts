import type { Stack } from '../stack/stack.ts';

/** How long one waits for numbers: they are written every second, and not yet there when a program answers. */
export const PATIENT = { timeout: 60_000, interval: 500 };

/** The collector's setting with which span metrics are written each second. */
export const OFTEN = '--set=connectors.span_metrics.metrics_flush_interval=1s';

export interface Series {
  metric: Record<string, string>;
  value: [number, string];
}

/**
 * What a server says of a query in Prometheus' language, now.
 *
 * @param api where its HTTP API is, without `/api/v1`
 */
export async function series(api: string, query: string): Promise<Series[]> {
  const answer = await fetch(`${api}/api/v1/query?${new URLSearchParams({ query })}`);
  const { data } = (await answer.json()) as { data: { result: Series[] } };
  return data.result;
}

/** The sum over all series of a query; 0 where there is none. */
export const total = async (api: string, query: string) =>
  Number((await series(api, `sum(${query})`))[0]?.value[1] ?? 0);

/** The query for the calls of a service that the collector has counted. */
export const callsOf = (service: string) => `traces_span_metrics_calls_total{service_name="${service}"}`;

/** The highest of the rates that the Monitor tab draws for a service, over all kinds of spans. */
export async function highestRate(stack: Stack, service: string): Promise<number> {
  const minute = 60_000;
  const window = { lookback: 10 * minute, step: 5_000, ratePer: minute, endTs: Date.now() };
  const query = new URLSearchParams({ service, spanKind: 'server' });
  for (const [name, value] of Object.entries(window)) query.set(name, String(value));
  const { metrics } = (await stack.ask(`/api/metrics/calls?${query}`)) as {
    metrics: { metricPoints: { gaugeValue: { doubleValue: number | string } }[] }[];
  };
  const points = metrics.flatMap(({ metricPoints }) => metricPoints);
  return Math.max(
    0,
    ...points.map(({ gaugeValue }) => Number(gaugeValue.doubleValue)).filter(Number.isFinite),
  );
}
