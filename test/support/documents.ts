import { readFileSync } from 'node:fs';

/** Everything that is written for people; each command in it is run by a test. */
export const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'chart/README.md',
  'docs/presets.md',
  'docs/troubleshooting.md',
  'docs/gitops.md',
  'docs/from-the-guide.md',
] as const;

/** The text of a document, or of what stands under one heading of it. */
export function textOf(file: string, heading?: string): string {
  const text = readFileSync(file, 'utf8');
  if (heading === undefined) return text;
  const parts = text.split(/^(?=#{2,} )/m);
  const part = parts.find((each) => /^#+ (.*)/.exec(each)?.[1] === heading);
  if (part === undefined) throw new Error(`${file} has no heading "${heading}"`);
  return part;
}

/** Fenced blocks of one language, in order. */
export function blocks(text: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm');
  return [...text.matchAll(fence)].map(([, block]) => block ?? '');
}

/** Commands of a text's shell blocks, each on one line and without its comment. */
export function commandsIn(text: string): string[] {
  return blocks(text, 'sh')
    .flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split(/\n|&&/))
    .map((line) => line.replace(/(^|\s+)#.*/, '').trim())
    .filter((line) => line !== '');
}

/** The one command under a heading that matches. */
export function commandUnder(file: string, heading: string, pattern: RegExp): string {
  const [command, ...others] = commandsIn(textOf(file, heading)).filter((each) => pattern.test(each));
  if (command !== undefined && others.length === 0) return command;
  throw new Error(`${file}, "${heading}": ${others.length + (command ? 1 : 0)} commands match ${pattern}`);
}

/** Anchors of a document's headings, as GitHub makes them. */
export function anchors(file: string): string[] {
  const seen = new Map<string, number>();
  return [
    ...readFileSync(file, 'utf8')
      .replaceAll(/^```[\s\S]*?^```/gm, '')
      .matchAll(/^#+ (.*)$/gm),
  ].map(([, heading = '']) => {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}
