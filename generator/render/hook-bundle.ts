import connect from '../../dist/hook/connect.mjs?raw';
import disconnect from '../../dist/hook/disconnect.mjs?raw';
import verify from '../../dist/hook/verify.mjs?raw';
import type { Model } from '../model.ts';
import { MARK } from '../text/banner.ts';
import type { ChartFile } from './chart-file.ts';

/** `files/`: the programs of `hook/`, each one readable file, which the templates put into ConfigMaps. */
export function hookBundle(_model: Model): ChartFile[] {
  const programs = { 'connect.mjs': connect, 'disconnect.mjs': disconnect, 'verify.mjs': verify };
  return Object.entries(programs).map(([name, text]) => ({
    path: `files/${name}`,
    content: `// ${MARK}\n${text}`,
  }));
}
