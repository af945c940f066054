import { homedir } from 'node:os';
import { join } from 'node:path';

/** What was fetched or made once and serves every clone on this machine lies here. */
export const CACHE = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'spacelift-telemetry');
