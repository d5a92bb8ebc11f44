import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { between } from './document.ts';
import { repository } from './engine.ts';

describe('the tables of docs/benchmarks.md', () => {
  test('are put between their markers, and the text around them stays', () => {
    const page = 'Before\n<!-- sizes: written by npm run bench -->\nold\n<!-- end of sizes -->\nAfter\n';
    const once = between(page, 'sizes', 'new');
    expect(once).toBe('Before\n<!-- sizes: written by npm run bench -->\n\nnew\n\n<!-- end of sizes -->\nAfter\n');
    expect(between(once, 'sizes', 'new')).toBe(once);
    expect(() => between(page, 'growth', 'new')).toThrow('no place for "growth"');
  });

  test('have a place for each kind of run', () => {
    const page = readFileSync(join(repository, 'docs/benchmarks.md'), 'utf8');
    for (const mark of ['sizes', 'pictures', 'growth']) expect(between(page, mark, 'figures')).toContain('figures');
  });
});
