/** The answer to a GET of Jaeger's API: its text, or nothing for 404. */
export type Get = (pathAndQuery: string) => Promise<string | undefined>;

/** What a test asks Jaeger, over the API that 2.13 and all later versions have. */
export interface JaegerApi {
  services(): Promise<string[]>;
  /** How many different spans of a service there are. */
  countSpans(service: string): Promise<number>;
  /** All spans of a service as they are stored, resources included, as JSON in OTLP's form. */
  stored(service: string): Promise<TracesAnswer>;
}

/** Spans in OTLP's form. */
export interface TracesAnswer {
  result: { resourceSpans: { resource: object; scopeSpans: { spans?: StoredSpan[] }[] }[] };
}

/** What the tests look at. */
interface StoredSpan {
  traceId: string;
  spanId: string;
}

/** More traces than any test sends; Jaeger in memory refuses a search for more than it can keep. */
const SEARCH_DEPTH = '20000';

/** @param get how the API is reached: over a port of this machine, or through a cluster's API server */
export function jaegerApi(get: Get): JaegerApi {
  async function stored(service: string): Promise<TracesAnswer> {
    const answer = await get(`/api/v3/traces?${tracesQuery(service)}`);
    return answer === undefined ? { result: { resourceSpans: [] } } : (JSON.parse(answer) as TracesAnswer);
  }
  return {
    async services() {
      const answer = await get('/api/v3/services');
      return answer === undefined ? [] : ((JSON.parse(answer) as { services?: string[] }).services ?? []);
    },
    countSpans: async (service) => countDifferent(await stored(service)),
    stored,
  };
}

function tracesQuery(service: string): string {
  const hour = 3_600_000;
  return String(
    new URLSearchParams({
      'query.service_name': service,
      'query.start_time_min': new Date(Date.now() - hour).toISOString(),
      'query.start_time_max': new Date(Date.now() + hour).toISOString(),
      // The same setting by its older and its newer name.
      'query.num_traces': SEARCH_DEPTH,
      'query.search_depth': SEARCH_DEPTH,
    }),
  );
}

/** A retried batch may be stored twice in part: the same span is one span. */
function countDifferent({ result }: TracesAnswer): number {
  const spans = result.resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans = [] }) => spans),
  );
  return new Set(spans.map(({ traceId, spanId }) => `${traceId}/${spanId}`)).size;
}
