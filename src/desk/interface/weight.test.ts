import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildInterface } from '../build-interface.mjs';

// What a browser loads before it shows the first view: `desk.js` with everything that it imports at once.

const firstViewBytesMax = 300_000;
const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'desk-weight-'));

beforeAll(() => buildInterface(root, folder));
afterAll(() => rmSync(folder, { recursive: true }));

/** A script with those that it imports. What is loaded late, by `import()`, does not count. */
function loadedWith(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(join(folder, file), 'utf8');
  for (const [, other] of text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g)) loadedWith(other!, found);
  return found;
}

const bytesOf = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + brotliCompressSync(readFileSync(join(folder, file))).length, 0);

describe('the interface of the desk', () => {
  test('its first view is at most 300 KB of script, compressed', () => {
    const bytes = bytesOf(loadedWith('desk.js'));
    console.log(`first view of the desk: ${bytes} bytes of script`);
    expect(bytes).toBeLessThanOrEqual(firstViewBytesMax);
  });

  test('the editor is loaded late', () => {
    const late = readdirSync(folder).filter((file) => file.endsWith('.js') && !loadedWith('desk.js').has(file));
    expect(late.some((file) => file.startsWith('part-story-editor'))).toBe(true);
  });

  test('no source map is shipped, and nothing turns text into code or markup', () => {
    const scripts = readdirSync(folder).filter((file) => file.endsWith('.js'));
    expect(readdirSync(folder).filter((file) => file.endsWith('.map'))).toEqual([]);
    expect(scripts.filter((file) => readFileSync(join(folder, file), 'utf8').includes('sourceMappingURL'))).toEqual([]);
    for (const file of loadedWith('desk.js'))
      expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/\beval\(|new Function\(|document\.write\(/);
  });

  test('canary: what is imported at once counts, and what is imported late does not', () => {
    writeFileSync(join(folder, 'a.js'), 'import{b as c}from"./b.js";import("./late.js");');
    writeFileSync(join(folder, 'b.js'), 'import"./c.js";export const b=1;');
    writeFileSync(join(folder, 'c.js'), '');
    expect([...loadedWith('a.js')]).toEqual(['a.js', 'b.js', 'c.js']);
    expect(bytesOf(['a.js'])).toBeGreaterThan(10);
  });
});
