import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { output } from './processes.ts';

/** What takes long to make, and is only read. */
const LINKED = ['node_modules', '.tools'];

const GIT_ENVIRONMENT = {
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@localhost',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@localhost',
};

/** A clone of the project as it stands, with what no commit has yet, for scripts that build, commit or publish. */
export class ProjectCopy {
  readonly folder: string;

  /** @param folder - an empty one */
  constructor(folder: string) {
    this.folder = folder;
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      encoding: 'utf8',
    });
    const files = listed.split('\0').filter((name) => name !== '' && !LINKED.includes(name));
    for (const path of files.filter((name) => existsSync(name))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(path, join(folder, path));
    }
    for (const path of LINKED.filter((name) => existsSync(name))) {
      symlinkSync(resolve(path), join(folder, path));
    }
    if (existsSync('chart/charts')) cpSync('chart/charts', join(folder, 'chart/charts'), { recursive: true });
  }

  /** Runs a program in it, which must succeed, and returns what it printed. */
  run(program: string, ...args: string[]): Promise<string> {
    return output(program, args, { cwd: this.folder });
  }

  /**
   * Commits everything.
   *
   * @param date - of the commit, in ISO 8601
   */
  async commit(date: string): Promise<void> {
    if (!existsSync(join(this.folder, '.git'))) await this.run('git', 'init', '--quiet');
    await this.run('git', 'add', '--all', '--', '.', ...LINKED.map((name) => `:!${name}`));
    const env = { ...GIT_ENVIRONMENT, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const args = ['-c', 'commit.gpgsign=false', 'commit', '--quiet', '--allow-empty', '--message=test'];
    await output('git', args, { cwd: this.folder, env });
  }
}
