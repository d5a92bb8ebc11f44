import { expect, test } from 'vitest';
import { isMap, isScalar, parseDocument } from 'yaml';
import { applyChange } from './apply-change.ts';
import { storiesAndPosts } from './archive.fixture.ts';
import type { FieldValue } from './edits.ts';
import { readDocument } from './read-document.ts';

const { texts, says } = storiesAndPosts(8);

/** The range of each value of the front matter in the file, with the comments of a block, by its key. */
function rangesIn(text: string): Map<string, { start: number; end: number }> {
  const open = /^\ufeff?---[ \t]*\r?\n/.exec(text)?.[0].length ?? 0;
  const { contents } = parseDocument(text.slice(open, readDocument(text).bodyStart).replace(/---\s*$/, ''));
  if (!isMap(contents)) return new Map();
  return new Map(
    contents.items.flatMap((pair, at) => {
      const { key } = pair as { key: { value: unknown; range: [number, number, number] } };
      const next = contents.items[at + 1] as { key: { range: [number] } } | undefined;
      const value = pair.value as { range?: [number, number, number] } | null;
      if (!value?.range) return [];
      const isPlain = isScalar(value) && !/^BLOCK/.test(value.type ?? '');
      // A group or list ends somewhere before the next key.
      const end = isPlain ? value.range[1] : (next?.key.range[0] ?? value.range[2]);
      return [[String(key.value), { start: open + key.range[1], end: open + end }] as const];
    }),
  );
}

const other = (value: FieldValue): FieldValue => {
  if (Array.isArray(value)) return [...value, 'C#, and: “more”'];
  if (typeof value === 'object' && value !== null) return { ...value, ours: 'a: b' };
  return typeof value === 'boolean' ? !value : 'It’s “new”: #1';
};

test(`each field of each file is edited, and no byte outside its value changes: ${says}`, () => {
  let fields = 0;
  for (const { text, file } of texts) {
    const { values, fault } = readDocument(text);
    if (fault) continue;
    const ranges = rangesIn(text);
    for (const [key, value] of Object.entries(values)) {
      const edit = { path: [key], value: other(value) };
      const after = applyChange(text, { edits: [edit] });
      const { start, end } = ranges.get(key)!;
      const isOutsideKept = after.startsWith(text.slice(0, start)) && after.endsWith(text.slice(end));
      if (!isOutsideKept) expect(after, `${file}: ${key}`).toBe(text);
      expect(readDocument(after).values, `${file}: ${key}`).toEqual({ ...values, [key]: edit.value });
      fields++;
    }
  }
  expect(fields).toBeGreaterThan(300);
}, 300_000);
