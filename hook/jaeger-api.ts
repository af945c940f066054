import { CALL_MS, reasonOf } from './hops.ts';

/** Jaeger's query, as a test asks it. */
export interface JaegerApi {
  /** URL, without the API's own path. */
  readonly jaeger: string;
  /** The header `Authorization`; nothing where nobody gave a login. */
  readonly login?: string | undefined;
  fetch(
    url: string,
    init: { signal: AbortSignal; headers: Record<string, string> },
  ): Promise<Pick<Response, 'status' | 'text'>>;
}

/** The header `Authorization` of RFC 7617, or nothing where a half of the login misses. */
export function loginOf(user: string | undefined, password: string | undefined): string | undefined {
  if (!user || !password) return undefined;
  return `Basic ${Buffer.from(`${user}:${password.replace(/\r?\n$/, '')}`).toString('base64')}`;
}

/** @returns `found`, `not there`, or why Jaeger did not say */
export async function askForTrace(api: JaegerApi, traceId: string): Promise<string> {
  try {
    const answer = await get(api, `traces/${traceId}`);
    if (answer.status === 404) return 'not there';
    if (answer.status !== 200) return `HTTP ${answer.status}`;
    return (await answer.text()).includes(traceId) ? 'found' : 'not there';
  } catch (error) {
    return reasonOf(error);
  }
}

/** Names of the services that Jaeger has spans of; nothing when it did not say. */
export async function seenServices(api: JaegerApi): Promise<string[] | undefined> {
  try {
    const answer = await get(api, 'services');
    const { services } = JSON.parse(await answer.text()) as { services?: unknown };
    return Array.isArray(services) ? services.map(String) : undefined;
  } catch {
    return undefined;
  }
}

async function get({ jaeger, login, fetch }: JaegerApi, path: string) {
  const headers: Record<string, string> = login ? { authorization: login } : {};
  return fetch(`${jaeger}/api/v3/${path}`, { signal: AbortSignal.timeout(CALL_MS), headers });
}
