import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';

/** A folder over HTTP, in place of the host that serves files of a release. */
export interface FileServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the files of a folder on a port of the loopback. */
export async function serveFolder(folder: string): Promise<FileServer> {
  const server = createServer(({ url = '/' }, response) => {
    const file = createReadStream(join(folder, normalize(decodeURIComponent(url))));
    file.on('error', () => response.writeHead(404).end());
    file.pipe(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
