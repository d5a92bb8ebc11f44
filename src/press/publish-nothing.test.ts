import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '..');

/** Modules that are loaded with certain others, and their imports from packages. Types and `import()` load nothing. */
function opened(files: string[]): Set<string> {
  const found = new Set<string>();
  const queue = files.map((file) => join(source, file));
  for (const file of queue) {
    found.add(relative(source, file));
    for (const [, words, target] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)\s(?:([^;'"]*?)\sfrom\s)?'([^']+)';/gm,
    )) {
      if (words?.startsWith('type ')) continue;
      if (!target!.startsWith('.')) found.add(target!);
      else if (existsSync(resolve(dirname(file), target!))) {
        const path = resolve(dirname(file), target!);
        if (!queue.includes(path)) queue.push(path);
      }
    }
  }
  return found;
}

/** Small packages, and files that load nothing: the nearest word, the arguments (decision 26), a value of YAML, a card. */
const light = ['fastest-levenshtein', 'commander', 'yaml/write/scalar.ts', 'story/card.ts'];

/** Modules that compile or check, and packages. */
const isHeavy = (name: string) =>
  !light.includes(name) &&
  (/^(?:story|yaml|newsroom|index\/bodies|queries\/(?:queries|resolve))/.test(name) ||
    !/\.(?:ts|mjs)$|^node:/.test(name));

test('a build in which nothing changed loads no compiler, no schema, and no query', () => {
  const found = [...opened(['cli/main.ts', 'cli/build.ts', 'press/publish.ts'])];
  expect(found).toContain('press/publish-nothing.ts');
  expect(found.filter(isHeavy)).toEqual([]);
});

test('canary: a build in which something changed does', () => {
  expect([...opened(['press/publish-changes.ts'])]).toEqual(
    expect.arrayContaining(['satteri', 'zod', 'index/bodies.ts', 'queries/queries.ts']),
  );
});
