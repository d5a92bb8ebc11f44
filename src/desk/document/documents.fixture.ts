import fc from 'fast-check';
import { Document, visit } from 'yaml';
import { printableData } from '../../site/printable.ts';
import type { FieldEdit, FieldValue, Path, ReadDocument } from './edits.ts';

/* Files as people and other programs write them, and edits that a form can make. */

const words = fc.oneof(
  fc.constantFrom('Storm', 'C++', 'a: b', '#1', "It's", '“x”', '', 'no', '12', '2025-02-12', 'two\nlines', 'a\n\nb\n'),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const key = fc.constantFrom(
  'headline',
  'byline',
  'lead',
  'pictures',
  'a.jpg',
  'name',
  'x y',
  'mine',
  '2024',
  '__proto__',
);
const { data } = fc.letrec<{ data: FieldValue }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 3, arbitrary: words },
    fc.constantFrom(0, 1.5, true, false, null),
    fc.array(tie('data'), { maxLength: 4 }),
    fc.array(tuples(key, tie('data')), { maxLength: 3 }).map(groupOf),
  ),
}));

function tuples<A, B>(one: fc.Arbitrary<A>, other: fc.Arbitrary<B>) {
  return fc.tuple(one, other);
}

/** `__proto__` is a key like any other. */
function groupOf(entries: [string, FieldValue][]): FieldValue {
  return Object.fromEntries(entries) as FieldValue;
}

/** A file with front matter in one of the ways in which YAML can be written. */
export const someFile = fc
  .record({
    fields: fc.array(fc.tuple(key, data), { maxLength: 5 }).map(groupOf),
    options: fc.record({
      collectionStyle: fc.constantFrom('any', 'any', 'block', 'flow'),
      defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      lineWidth: fc.constantFrom(0, 20, 80),
    }),
    every: fc.constantFrom(2, 3, 1000),
    lineEnd: fc.constantFrom('\n', '\n', '\r\n', '\r'),
    mark: fc.constantFrom('', '\ufeff'),
    body: fc.constantFrom('', 'Text', '\nText\n', '\n\nText\n\n---\n\nheadline: B\n---\n'),
  })
  .map(({ fields, options, every, lineEnd, mark, body }) => {
    const yaml = Object.keys(fields as object).length === 0 ? '' : commented(fields, every, options);
    const end = body.replaceAll('\n', lineEnd);
    return { text: `${mark}${`---\n${yaml}---\n`.replaceAll('\n', lineEnd)}${end}`, body: end };
  });

/** YAML with comments wherever the library can write one. */
function commented(fields: FieldValue, every: number, options: Record<string, unknown>): string {
  const document = new Document(printableData(fields), { aliasDuplicateObjects: false });
  let count = 0;
  const comment = () => (++count % every === 0 ? ` comment ${count}` : undefined);
  visit(document, {
    Node: (_, node) => {
      if (options.collectionStyle !== 'flow') Object.assign(node, { comment: comment(), commentBefore: comment() });
    },
  });
  return document.toString(options as never);
}

/** An edit of these values. */
export function someEdit(values: ReadDocument['values'], pick: number): FieldEdit {
  const [value] = fc.sample(data, { numRuns: 1, seed: pick });
  const groups: Path[] = [];
  const lists: { path: Path; length: number }[] = [];
  const places: Path[] = [];
  const visitValue = (inner: FieldValue, path: Path): void => {
    if (path.length > 0) places.push(path);
    if (inner === null || typeof inner !== 'object') return;
    if (Array.isArray(inner)) lists.push({ path, length: inner.length });
    else groups.push(path);
    for (const name of Array.isArray(inner) ? inner.keys() : Object.keys(inner))
      visitValue((inner as Record<string, FieldValue>)[name]!, [...path, name]);
  };
  visitValue(values, []);
  const one = <T>(all: readonly T[]): T | undefined => all[Math.floor(pick / 7) % Math.max(all.length, 1)];
  const [place, list, group] = [one(places), one(lists), one(groups)];
  const added: FieldEdit = { path: [...(group ?? []), 'standfirst'], value };
  switch (pick % 7) {
    case 0:
      return place ? { path: place } : added;
    case 1:
      return list ? { path: [...list.path, pick % (list.length + 1)], insert: value! } : added;
    case 2:
      return list && list.length > 0
        ? { path: list.path, move: { from: pick % list.length, to: (pick >> 3) % list.length } }
        : added;
    case 3:
      return place && typeof place.at(-1) === 'string' ? { path: place, key: `renamed: ${pick}` } : added;
    case 4:
      return added;
    default:
      return place ? { path: place, value } : added;
  }
}
