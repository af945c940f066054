import { createServer, type Server } from 'node:http';
import { type Answer, type ApiCall, type FakeApi, status } from './fake-api.ts';

const KINDS: Record<string, string> = {
  secrets: 'Secret',
  deployments: 'Deployment',
  events: 'Event',
  jobs: 'Job',
};
const VERBS = { GET: 'get', PATCH: 'patch', POST: 'create' } as const;

/** What a fetch asks for. */
interface Request {
  method: string;
  path: string;
  accept: string;
  contentType: string;
  body: string;
}

/**
 * The fake as a fetch that needs no network, and only what the client uses: for the many runs of a property.
 */
export function memoryFetch(api: FakeApi): typeof fetch {
  return async (input, init = {}) => {
    const headers = init.headers as Record<string, string>;
    const answer = serve(api, {
      method: init.method ?? 'GET',
      path: String(input).replace('http://api', ''),
      accept: headers['accept'] ?? '',
      contentType: headers['content-type'] ?? '',
      body: String(init.body ?? ''),
    });
    if (answer === 'drop') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
    const text = JSON.stringify(answer.body);
    const response: Partial<Response> = {
      ok: answer.status < 300,
      status: answer.status,
      headers: { get: (name: string) => answer.headers?.[name] ?? null } as Headers,
      json: async () => JSON.parse(text),
    };
    return response as Response;
  };
}

/** The fake behind a real HTTP server. */
export async function httpServer(
  api: FakeApi,
  slowMs: (call: number) => number = () => 0,
): Promise<{ url: string; server: Server }> {
  let count = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const answer = serve(api, {
      method,
      path: url,
      accept: headers.accept ?? '',
      contentType: headers['content-type'] ?? '',
      body: Buffer.concat(chunks).toString(),
    });
    const delay = slowMs(count++);
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    if (answer === 'drop') return request.socket.destroy();
    response.writeHead(answer.status, { ...answer.headers, 'content-type': 'application/json' });
    return response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, server };
}

function serve(api: FakeApi, request: Request): Answer | 'drop' {
  const { call, fieldManager } = read(request);
  api.calls.push(call);
  const fault = api.fault(call);
  if (fault === 'drop') return 'drop';
  const date = { date: new Date(api.now).toUTCString() };
  if (typeof fault === 'object') {
    return { ...status(fault.status, fault.message ?? ''), headers: { ...date, ...fault.headers } };
  }
  const answer = api.answer(call, fieldManager);
  return fault === 'drop after' ? 'drop' : { ...answer, headers: { ...date, ...answer.headers } };
}

function read({ method, path, accept, contentType, body }: Request): { call: ApiCall; fieldManager: string } {
  const [, plural = '', name = ''] = /\/namespaces\/[^/]+\/([^/?]+)\/?([^/?]*)/.exec(path) ?? [];
  const patch = contentType.includes('json-patch') ? 'json' : 'merge';
  const call: ApiCall = {
    verb: VERBS[method as keyof typeof VERBS],
    kind: KINDS[plural] ?? plural,
    name,
    dryRun: path.includes('dryRun=All'),
    metadataOnly: accept.includes('PartialObjectMetadata'),
    ...(method === 'PATCH' && { patch }),
    ...(body !== '' && { body: JSON.parse(body) }),
  };
  return { call, fieldManager: /fieldManager=([^&]+)/.exec(path)?.[1] ?? 'node' };
}
