import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output, programPath } from './processes.ts';

/** An authority that nobody knows but who was given its certificate, and a server's certificate of it; all as PEM. */
export interface Authority {
  /** The authority's own certificate. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const openssl = await programPath('OPENSSL', 'openssl');

/** What a machine lacks to make one, one phrase each. */
export const whatAuthoritiesMiss = openssl ? [] : ['no openssl on PATH or in OPENSSL'];

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '1'];

/** Makes an authority, and a certificate for a server at 127.0.0.1; both are good for a day. */
export async function newAuthority(): Promise<Authority> {
  const cwd = await mkdtemp(join(tmpdir(), 'spacelift-telemetry-'));
  const request = (...args: string[]) =>
    output(openssl ?? '', ['req', '-x509', ...NEW_KEY, ...args], { cwd });
  try {
    await writeFile(join(cwd, 'empty.cnf'), '[req]\ndistinguished_name = name\n[name]\n');
    const named = (name: string, ...extensions: string[]) => [
      ...['-config', 'empty.cnf', '-subj', `/CN=${name}`],
      ...extensions.flatMap((extension) => ['-addext', extension]),
    ];
    const ca = ['-keyout', 'ca.key', '-out', 'ca.crt'];
    await request(...ca, ...named('A private authority', 'basicConstraints=critical,CA:TRUE'));
    const leaf = ['-keyout', 'tls.key', '-out', 'tls.crt', '-CA', 'ca.crt', '-CAkey', 'ca.key'];
    await request(...leaf, ...named('server', 'subjectAltName=IP:127.0.0.1', 'basicConstraints=CA:FALSE'));
    const [caText = '', cert = '', key = ''] = await Promise.all(
      ['ca.crt', 'tls.crt', 'tls.key'].map((file) => readFile(join(cwd, file), 'utf8')),
    );
    return { ca: caText, cert, key };
  } finally {
    await rm(cwd, { recursive: true });
  }
}
