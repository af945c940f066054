import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener, request } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { createServer as createTlsServer } from 'node:tls';
import type { Authority } from '../support/authority.ts';

/** A server that stands before another one. */
export interface Guard {
  /** Its address in the way that the clients write it. */
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

/**
 * Stands before a server that speaks no TLS, with TLS.
 *
 * @param target its host and port
 * @param edit what is made of each piece of an answer, in place; it gets the guard's own port
 */
export async function tlsGuard(
  target: string,
  { cert, key }: Authority,
  edit: (piece: Buffer, port: number) => void = () => {},
): Promise<Guard> {
  const [host = '', port = ''] = target.split(':');
  let own = 0; // a server that is closed tells its port no longer, and its connections may outlive it
  const server = createTlsServer({ cert, key }, (client) => {
    const upstream = connect(Number(port), host);
    client.pipe(upstream);
    upstream.on('data', (piece) => {
      edit(piece, own);
      client.write(piece);
    });
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
    for (const socket of [client, upstream]) socket.on('error', () => {}); // which closes it
  });
  server.on('tlsClientError', () => {}); // a client that does not trust the certificate
  await once(server.listen(0, '127.0.0.1'), 'listening');
  own = (server.address() as AddressInfo).port;
  return { url: `127.0.0.1:${own}`, close: () => server.close() };
}

/**
 * The same before a broker of Kafka. A client is told where the brokers are and goes there (the host as a string, the
 * port as four bytes, in Kafka's protocol): it is told the guard's port.
 *
 * @param broker host and port by which the broker names itself
 */
export function brokerGuard(broker: string, authority: Authority): Promise<Guard> {
  const [host = '', port = ''] = broker.split(':');
  const named = (at: number) => Buffer.concat([Buffer.from(host), Buffer.from([0, 0, at >> 8, at & 0xff])]);
  const theirs = named(Number(port));
  return tlsGuard(broker, authority, (piece, own) => {
    for (let at = piece.indexOf(theirs); at >= 0; at = piece.indexOf(theirs, at)) named(own).copy(piece, at);
  });
}
