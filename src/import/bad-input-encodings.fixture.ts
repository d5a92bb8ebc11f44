import { expect } from 'vitest';
import type { Archive, Item } from './bad-input.fixture.ts';
import type { Cell, Row } from './bad-input-cells.fixture.ts';

const words = 'Café naïve';
const bad = { text: `<p>Before. ${words}.</p>` };
const inParts = 'the parts of a document are UTF-8, and docx.test.ts and odt.test.ts have UTF-16';

const encoded =
  (change: (text: string) => Uint8Array) =>
  (make: (item: Item) => Archive): Archive => {
    const made = make(bad);
    return { ...made, files: { ...made.files, [made.bad]: change(String(made.files[made.bad])) } };
  };
const hasWords: Cell['so'] = ({ written }) => expect(written).toContain(words);
const cell = (change: (text: string) => Uint8Array): Cell => ({
  archive: encoded(change),
  outcome: 'story',
  so: hasWords,
});
const row = (change: (text: string) => Uint8Array): Row => ({
  cells: { docx: inParts, odt: inParts, others: cell(change) },
});

/** UTF-8 up to a line break above these words, and Latin-1 after it. In JSON, a line can only break between keys. */
function mixed(text: string): Buffer {
  const place = text.indexOf('Before. ');
  const at = text.startsWith('{') ? text.lastIndexOf(',"', place) + 1 : place;
  const head = `${text.slice(0, at)}\n`.replace('The storm', 'The störm');
  return Buffer.concat([Buffer.from(head), Buffer.from(text.slice(at), 'latin1')]);
}

/** The same item in each encoding. */
export const encodings: Record<string, Row> = {
  'in UTF-16': row((text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
  'in UTF-16, the other way round': row((text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
  'in Latin-1, as it says': row((text) => Buffer.from(text.replace(/UTF-8/gi, 'ISO-8859-1'), 'latin1')),
  'in windows-1252, as nobody says': row((text) => Buffer.from(text, 'latin1')),
  'in two encodings': {
    cells: {
      ...row(mixed).cells,
      others: {
        ...cell(mixed),
        so: (result) => {
          hasWords?.(result);
          expect(result.written).not.toMatch(/Ã|\ufffd/);
        },
      },
    },
  },
};
