import { expect } from 'vitest';
import type { Archive, Item } from './bad-input.fixture.ts';
import type { Receipt } from './receipt.ts';
import type { SourceKind } from './source.ts';
import { zipOf } from './sources/zip/zip.fixture.ts';

/** `story`: both items are imported. `skipped`: the bad one is not. `either`: it depends on the bytes. `refused`: no archive. */
export type Outcome = 'story' | 'skipped' | 'either' | 'refused';

export interface Cell {
  archive(make: (item: Item, head?: string) => Archive, kind: SourceKind): Archive | Promise<Archive>;
  outcome: Outcome;
  /** A headline that is in the newsroom in the end. Defaults to that of the good item. */
  last?: string;
  so?(result: { receipt: Receipt; written: string; bad: string; pictures: string[] }): void;
}

/** What a source does with a defect, or why it cannot have it. */
export interface Row {
  cells: Partial<Record<SourceKind | 'others', Cell | string>>;
}

export type Make = (item: Item, head?: string) => Archive;
export const item =
  (bad: Item, head?: string) =>
  (make: Make): Archive =>
    make(bad, head);
/** Changes the bytes of the file that has the bad item. */
export const bytes =
  (change: (bytes: Buffer, text: string) => string | Uint8Array, bad: Item = {}) =>
  (make: Make): Archive => {
    const made = make(bad);
    const whole = Buffer.from(made.files[made.bad] ?? '');
    return { ...made, files: { ...made.files, [made.bad]: change(whole, whole.toString()) } };
  };

export const skippedFor =
  (reason: RegExp): Cell['so'] =>
  ({ receipt }) =>
    expect(receipt.skipped.map((each) => each.reason).join('\n')).toMatch(reason);
export const has =
  (...words: string[]): Cell['so'] =>
  ({ written }) => {
    for (const each of words) expect(written).toContain(each);
  };
export const hasNot =
  (...words: (string | RegExp)[]): Cell['so'] =>
  ({ written }) => {
    for (const each of words) expect(written).not.toMatch(each);
  };

export const cut: Cell = {
  archive: bytes((whole) => whole.subarray(0, Math.floor(whole.length * 0.8))),
  outcome: 'either',
};
export const cutXml = (share: number): Cell => ({
  archive: bytes((whole) => whole.subarray(0, Math.floor(whole.length * share))),
  outcome: 'skipped',
  so: skippedFor(/ends in the middle/),
});
export const large = `<p>${'word '.repeat(2_000_000)}</p>`;
export const huge: Cell = { archive: item({ text: large }), outcome: 'skipped', so: skippedFor(/more than \d/) };
export const png = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01', 'latin1');
export const other: Cell = { archive: bytes(() => png), outcome: 'either', so: hasNot('PNG') };
export const none: Cell = { archive: bytes(() => png), outcome: 'refused' };
export const doctype = (entities: string): string => `<!DOCTYPE x [${entities}]>`;
export const bomb = doctype(
  `<!ENTITY a "lolo">${Array.from({ length: 9 }, (_, n) => `<!ENTITY ${'bcdefghij'[n]} "${`&${'abcdefghi'[n]};`.repeat(10)}">`).join('')}`,
);
export const file = doctype('<!ENTITY j SYSTEM "file:///etc/passwd">');
export const entities = (head: string, outcome: Outcome): Cell => ({
  archive: item({ title: 'The storm &j;' }, head),
  outcome,
  so: hasNot('lolo', 'root:'),
});
export const noEntities = 'it is no XML, so nothing in it can define entities';
export const away = [
  '../secret.jpg',
  '/../../secret.jpg',
  '..%2Fsecret.jpg',
  'file:///etc/passwd',
  '..\\secret.jpg',
  '/etc/passwd',
];
export const traversal: Cell = {
  archive: item({ text: `${away.map((src) => `<img src="${src}" alt="A boat">`).join('')}<p>After it.</p>` }),
  outcome: 'story',
  so: ({ pictures, receipt }) => {
    expect(pictures).toEqual([]);
    expect(receipt.pictures.copied).toBe(0);
  },
};
export const zipped = (more: Parameters<typeof zipOf>[0]): Cell => ({
  archive: (make) => {
    const { files } = make({});
    const entries = Object.entries(files).map(([name, data]) => ({ name, data }));
    return { files: { 'export.zip': zipOf([...entries, ...more]) }, bad: 'export.zip' };
  },
  outcome: 'story',
});
export const bombs = [
  { name: 'bomb.jpg', data: 'x', claims: 2_000_000_000 },
  { name: 'liar.jpg', data: 'x'.repeat(1000), claims: 9 },
  { name: '../../evil', data: 'x' },
];
export const zipBomb = (name: string, size: number): Cell => ({
  archive: (make) => {
    const made = make({});
    const kind = { name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', isStored: true };
    const first = made.bad.endsWith('.odt') ? [kind] : [];
    return {
      ...made,
      files: {
        ...made.files,
        [made.bad]: zipOf([...first, { name, data: 'x', claims: size }, { name: '../../evil', data: 'x' }]),
      },
    };
  },
  outcome: 'skipped',
});
export const noZip = 'it is a text file, which nothing unpacks';
export const twice = (reason: RegExp): Cell => ({
  archive: item({ id: '1' }),
  outcome: 'skipped',
  so: skippedFor(reason),
});
/** Agencies send a new version of an item under its id. */
export const newer: Cell = { ...twice(/has a newer version of it/), last: 'The storm' };
export const oneByFile = 'a file is an item, and its name is its only id';
export const nameless: Cell = { archive: item({ author: '' }), outcome: 'story', so: has('headline: The storm') };
export const noDay: Cell = {
  archive: item({ date: '2019-02-31' }),
  outcome: 'story',
  so: hasNot(/published: 2019-(?:02|03)-/, /updated: 2019-0[23]/),
};
export const tags =
  '[caption id="1"]Before {{&lt; fig src="a" {% raw %} &lt;!-- wp:quote --> {{ x [gallery <p>After the open tags.</p>';
export const open: Cell = {
  archive: item({ text: `<p>Text.</p><p>${tags}</p>` }),
  outcome: 'story',
  so: has('After the open tags.'),
};
export const deep = (text: string, outcome: Outcome = 'story'): Cell => ({
  archive: item({ text }),
  outcome,
  so: ({ receipt, written }) => {
    if (receipt.files.skipped > 0) skippedFor(/nested (?:too|more than)/)?.({ receipt } as never);
    else expect(written).toContain('Deep words');
  },
});
export const divs = `${'<div>'.repeat(5000)}Deep words${'</div>'.repeat(5000)}`;
