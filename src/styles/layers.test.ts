import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const rooms = ['styles', 'components', 'layouts'].map((room) => join(import.meta.dirname, '..', room));
const sheets = rooms.flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .map((name) => join(room, name)),
);
const order = '@layer reset, tokens, page, story, parts;';

test('every style file names the order of the layers before it uses one', () => {
  const late = sheets.filter((sheet) => {
    const text = readFileSync(sheet, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    return text.includes('@layer') && !text.trimStart().startsWith(order);
  });
  expect(late).toEqual([]);
});

test('no style file names a side that changes in scripts that are read from right to left', () => {
  const sided = sheets.filter((sheet) =>
    /(?:margin|padding|border|inset)-(?:left|right)\b|(?:text-align|float|clear):\s*(?:left|right)/.test(
      readFileSync(sheet, 'utf8'),
    ),
  );
  expect(sided).toEqual([]);
});
