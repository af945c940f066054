import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A provider of OpenID Connect, at which one person is logged in already. */
export interface OidcProvider {
  readonly url: string;
  close(): void;
}

/** Whom the provider knows. */
interface Known {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The person's. */
  readonly email: string;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Starts a provider: the flow with a code, as OpenID Connect Core 1.0 has it in section 3.1, and no more of it. */
export async function oidcProvider({ clientId, clientSecret, email }: Known): Promise<OidcProvider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' };
  const nonces = new Map<string, string>();
  let url = '';

  function idToken(nonce: string): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: url, aud: clientId, sub: email, email, email_verified: true, nonce };
    const signed = `${encode({ alg: 'RS256', kid: 'one' })}.${encode({ ...claims, iat: now, exp: now + 600 })}`;
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
  }

  /** Where the browser goes next, with a code that is good for one exchange. */
  function authorize(query: URLSearchParams): string {
    const code = randomUUID();
    nonces.set(code, query.get('nonce') ?? '');
    const back = new URL(query.get('redirect_uri') ?? '');
    back.search = String(new URLSearchParams({ code, state: query.get('state') ?? '' }));
    return String(back);
  }

  async function exchange(request: IncomingMessage): Promise<object | undefined> {
    const asked = new URLSearchParams(await text(request));
    const [, basic = ''] = (request.headers.authorization ?? '').split(' ');
    const [id, secret] = basic
      ? Buffer.from(basic, 'base64').toString().split(':')
      : [asked.get('client_id'), asked.get('client_secret')];
    const nonce = nonces.get(asked.get('code') ?? '');
    if (id !== clientId || secret !== clientSecret || nonce === undefined) return undefined;
    return { access_token: randomUUID(), token_type: 'Bearer', expires_in: 600, id_token: idToken(nonce) };
  }

  const server = createServer(async (request, answer) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const known: Record<string, () => object | undefined | Promise<object | undefined>> = {
      '/.well-known/openid-configuration': () => ({
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      }),
      '/keys': () => ({ keys: [jwk] }),
      '/token': () => exchange(request),
    };
    if (pathname === '/authorize') {
      answer.writeHead(302, { location: authorize(searchParams) }).end();
      return;
    }
    const said = await known[pathname]?.();
    answer
      .writeHead(said ? 200 : 400, { 'content-type': 'application/json' })
      .end(JSON.stringify(said ?? {}));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => server.close() };
}
