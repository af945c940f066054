import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener, request } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Authority } from '../support/authority.ts';

/** A server that stands before another one. */
export interface Guard {
  readonly url: string;
  close(): void;
}

/** What a guard asks of everybody: this header, and TLS where there is a certificate to show. */
export interface Asked {
  readonly authorization: string;
  readonly tls?: Authority | undefined;
}

/** The header of a login with a password. */
export const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** Stands before a server that speaks HTTP and asks nobody for anything. */
export async function guard(target: string, { authorization, tls }: Asked): Promise<Guard> {
  const forward: RequestListener = (incoming, answer) => {
    if (incoming.headers.authorization !== authorization) {
      answer.writeHead(401).end();
      return;
    }
    const { method, headers } = incoming;
    const outgoing = request(new URL(incoming.url ?? '/', target), { method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    outgoing.on('error', (error) => answer.destroy(error));
    incoming.pipe(outgoing);
  };
  const server = tls
    ? createHttpsServer({ cert: tls.cert, key: tls.key }, forward)
    : createHttpServer(forward);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, close: () => server.close() };
}
