import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { picture } from '../small-archive.fixture.ts';
import { dated, md, type Proof, type Proved, prove } from './proof.fixture.ts';

// What the receipt says about documents, full-size pictures, and downloads, and that it is so.

const pdf = '%PDF-1.4\n%%EOF\n';
const link = (url: string): string => dated('', `[the report](${url})`);
const hidden = (url: string): string => md('title: A\ndate: 2015-01-01\ndraft: true', `[the report](${url})`);
const origin = { options: { origin: 'https://old.example' } };

/** Every line of the receipt about a document is true of the files of the newsroom and of the link. */
function checkDocuments({ receipt, archive, written }: Proved, body = ''): void {
  for (const { address, state, to } of receipt.documents) {
    if (to !== undefined) expect(readFileSync(join(archive.root, 'site', to)).length).toBeGreaterThan(0);
    if (state === 'public') expect(to).toBe(`public${address}`);
    if (state === 'beside') expect(to).toMatch(/^content\/stories\//);
    if (state === 'missing' || state === 'refused') {
      expect(to).toBeUndefined();
      expect(written).toContain('https://old.example/');
    }
  }
  expect(written).toContain(body);
}

const proofs: Record<string, Proof> = {
  'at its old address': {
    files: { 'a.md': link('/files/report.pdf'), 'files/report.pdf': pdf },
    says: 'document public /files/report.pdf → public/files/report.pdf: ',
    has: ['[the report](/files/report.pdf)'],
  },
  'not in the archive': { files: { 'a.md': link('/files/report.pdf') }, says: 'document missing /files/report.pdf' },
  'its old address is not known': {
    files: { 'a.md': link('report.pdf'), 'report.pdf': pdf },
    says: ': its old address is not known',
    has: ['[the report](report.pdf)'],
  },
  'only a draft links to it': {
    files: { 'a.md': hidden('/files/report.pdf'), 'files/report.pdf': pdf },
    says: ': only stories that are not public link to it, so it is published with its story',
    so: ({ archive }) => expect(archive.list()).toContain('2015/01/a/report.pdf'),
  },
  'only a draft links to it, and it cannot be beside a story': {
    files: {
      'a.md': hidden('/files/big.gif'),
      'files/big.gif': Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=', 'base64'),
    },
    says: ': only stories that are not public link to it, and files of this kind are not published beside a story',
    so: ({ archive }) => expect(archive.list()).toEqual(['2015/01/a/index.md']),
  },
  'below its story': {
    files: { 'a.md': link('/2015/01/a/report.pdf'), '2015/01/a/report.pdf': pdf },
    says: ': its address is below that of its story',
    so: ({ archive }) => expect(archive.list()).toContain('2015/01/a/report.pdf'),
  },
  'two files with one address': {
    files: {
      'a.md': link('/files/report.pdf'),
      'b/b.md': md('title: B\ndate: 2015-01-02', '[it](/files/report.pdf)'),
      'files/report.pdf': pdf,
      'b/files/report.pdf': `${pdf}2`,
    },
    says: 'document public /files/report.pdf',
  },
  'a file and a folder with one address': {
    files: {
      'a.md': dated('', '[one](/files/x.pdf) [two](/files/x.pdf/y.pdf)'),
      'files/x.pdf': pdf,
      'public/files/x.pdf/y.pdf': `${pdf}2`,
    },
    says: ': a file has the address of a folder around it',
  },
  'two files with one address, by a relative link': {
    files: {
      'x/a.md': dated('permalink: /posts/a.html', '[it](r.pdf)'),
      'b.md': md('title: B\ndate: 2015-01-02', '[it](/posts/r.pdf)'),
      'x/r.pdf': pdf,
      'posts/r.pdf': `${pdf}2`,
    },
    says: ['document public /posts/r.pdf', ': another document has its address'],
  },
  'an address that begins with a dot': {
    files: { 'a.md': link('/.well-known/report.pdf'), '.well-known/report.pdf': pdf },
    says: ': its address has a part that begins with a dot',
    so: ({ archive }) => expect(archive.list()).toContain('2015/01/a/report.pdf'),
  },
  'a name that begins with a dot': {
    files: { 'a.md': link('/.private/report.pdf'), '.private/report.pdf': pdf },
    says: 'document refused /.private/report.pdf',
  },
  'a name that hosts or file systems cannot have': {
    files: {
      'a.md': dated('', '[1](/files/aux.pdf) [2](/files/a%25b.pdf)'),
      'files/aux.pdf': pdf,
      'files/a%b.pdf': pdf,
    },
    says: [': not every file system can hold its name', ': its address has a character that a link cannot name'],
  },
  'kinds that are never made public': {
    files: {
      'a.md': dated('', '[1](/run.exe) [2](/page.html) [3](/data.xml)'),
      'run.exe': 'MZ',
      'page.html': '<p>x',
      'data.xml': '<x/>',
    },
    says: [
      ': files of the kind .exe are not made public by an import',
      ': it is a page of its own, which can run code',
    ],
  },
  'bytes that are not what the name says': {
    files: {
      'a.md': dated('', '[1](/a.pdf) [2](/b.pdf) [3](/c.pdf) [4](/d.svg) [5](/e.pdf) [6](/f.pdf)'),
      'a.pdf': '',
      'b.pdf': '<!doctype html><title>404',
      'c.pdf': 'version https://git-lfs.github.com/spec/v1\noid sha256:1\n',
      'd.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>',
      'e.pdf': 'words',
      'f.pdf': Buffer.from('PK\x03\x04\x14\x00\x00\x00\x00\x00', 'latin1'),
    },
    says: [
      'document refused /a.pdf → : it is empty',
      'document refused /b.pdf → : it is a web page, although its name ends in .pdf',
      'document refused /c.pdf → : the archive has only a pointer to it (Git LFS)',
      'document refused /d.svg → : it does more than draw (',
      'document refused /e.pdf → : its bytes are not those of a .pdf file',
    ],
  },
  'downloads that were not requested': {
    files: {
      'a.md': dated(
        '',
        '![1](https://user:secret@old.example/a.jpg) ![2](https://elsewhere.example/b.jpg) ![3](http://127.0.0.1/c.jpg)',
      ),
    },
    options: {
      origin: 'https://old.example',
      fetch: { hosts: ['old.example', '127.0.0.1'], privateHosts: [], agent: 'Broadsheet/test' },
    },
    says: [
      ': the address contains a user name or a password',
      ': elsewhere.example is not one of your hosts. If it is, add  --fetch-from elsewhere.example',
      ': 127.0.0.1 is not a public address. If you trust it, add  --fetch-private 127.0.0.1',
    ],
    so: ({ receipt }) => {
      expect(receipt.fetched?.every(({ state }) => state === 'refused')).toBe(true);
      expect(receipt.pictures.copied).toBe(0);
    },
  },
};

test.each(Object.entries(proofs))('%s', async (_, proof) => {
  const { so } = proof;
  await prove({
    ...origin,
    ...proof,
    so: async (proved) => {
      checkDocuments(proved);
      await so?.(proved);
    },
  });
});

test('a picture and its full size', async () => {
  await prove({
    files: {
      'a.md': dated('', '[![A boat](/small.jpg)](/big.jpg)'),
      'small.jpg': await picture(),
      'big.jpg': Buffer.concat([await picture(), Buffer.from('x')]),
    },
    ...origin,
    says: 'document public /big.jpg → public/big.jpg',
    has: ['(/big.jpg)'],
    so: checkDocuments,
  });
});
