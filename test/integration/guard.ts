import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener, request } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
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
  /** What it makes of the text of an answer; without it answers pass as they are. */
  readonly edit?: (text: string) => string;
}

/** The header of a login with a password. */
export const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** Stands before a server that speaks HTTP and asks nobody for anything. */
export async function guard(target: string, { authorization, tls, edit }: Asked): Promise<Guard> {
  const forward: RequestListener = (incoming, answer) => {
    if (incoming.headers.authorization !== authorization) {
      answer.writeHead(401).end();
      return;
    }
    const { method } = incoming;
    const headers = { ...incoming.headers, ...(edit && { 'accept-encoding': 'identity' }) };
    const outgoing = request(new URL(incoming.url ?? '/', target), { method, headers }, (response) => {
      const { 'content-length': length, ...others } = response.headers;
      answer.writeHead(response.statusCode ?? 502, edit ? others : response.headers);
      if (edit) text(response).then((whole) => answer.end(edit(whole)), answer.destroy.bind(answer));
      else response.pipe(answer);
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
