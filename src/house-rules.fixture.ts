import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/* How the house rules read the sources. */

/** Whether a file is used only by tests. */
export const isForTests = (file: string) =>
  /\.(test|fixture)\.tsx?$|^vitest\.config\.ts$/.test(file) || file.includes('fixtures/');

/** The places where a pattern occurs outside comments and outside the markup of templates. */
export function matches(text: string, pattern: RegExp) {
  const [, script = text] = /^---\n([\s\S]*?)\n---/.exec(text) ?? [];
  const offset = script === text ? 0 : 1;
  const code = script.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '));
  return [...code.matchAll(pattern)].map((match) => ({
    line: code.slice(0, match.index).split('\n').length + offset,
    found: match[0],
    groups: match.slice(1),
  }));
}

/** The text of every source file of the engine, by its path relative to src/. */
export const sources = new Map(
  readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => /\.(tsx?|mjs|astro)$/.test(path) && !path.startsWith('house-rules'))
    .sort()
    .map((path) => [path, readFileSync(join(import.meta.dirname, path), 'utf8')]),
);
