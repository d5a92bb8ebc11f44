import { readFileSync, statSync } from 'node:fs';
import { decode } from '../../decode.ts';
import type { Source, SourceOptions } from '../../source.ts';
import { type FileKind, fileSource, type ReadFile } from '../files/file-source.ts';
import { isGoogleFile, isGoogleZip } from '../files/signatures.ts';
import { startOf } from '../files/walk.ts';
import { takeDataPictures } from '../html/data-pictures.ts';
import { ZipError, ZipReader } from '../zip/zip-reader.ts';

/** Pictures are inside of it as text, so it can be much larger than its words. */
const fileBytesMax = 64_000_000;
const pictureBytesMax = 200_000_000;
export const htmlCharsMax = 4_000_000;
/** Its Markdown has pictures as references at the end, and bold headings. */
const isGoogleMarkdown = (path: string): boolean => {
  const text = readFileSync(path, 'latin1');
  return (
    /^\[image\d+\]: <data:image\//m.test(text) ||
    /^#{1,6} \*\*[^*\n]+\*\*\s*(?:\{#[^}]*\})?$/m.test(text.slice(0, 20_000))
  );
};

const googleKind: FileKind = {
  kind: 'gdoc',
  claims: (file, start) => isGoogleFile(file, start) || /\.md$/i.test(file),
  read: async (path) => {
    if (isGoogleZip(path, startOf(path))) return readZip(path);
    if (statSync(path).size > fileBytesMax) return { reason: `more than ${fileBytesMax / 1e6} MB` };
    const decoded = decode(readFileSync(path));
    if (decoded === undefined) return { reason: 'not text, although its name says so' };
    if (decoded.text.trim() === '') return { reason: 'empty' };
    if (/\.md$/i.test(path) && !isGoogleMarkdown(path))
      return { reason: 'Markdown that does not come from Google Docs. Import it with  broadsheet import markdown' };
    const { text, pictures } = takeDataPictures(decoded.text);
    if (text.length > htmlCharsMax) return { reason: 'more than 4 MB of text without its pictures' };
    const { readGoogleHtml, readGoogleMarkdown } = await import('./read-gdoc.ts');
    const read = /\.md$/i.test(path) ? readGoogleMarkdown(text) : readGoogleHtml(text);
    return {
      ...read,
      notes: [...decoded.notes, ...read.notes],
      isNamedByHeadline: true,
      pictures: new Map(pictures.map(({ name, bytes }) => [name, () => bytes])),
    };
  },
};

/** Documents of Google Docs, downloaded as a web page (.zip or .html) or as Markdown. */
export const gdocSource = (options: SourceOptions): Source => fileSource(googleKind, options);

async function readZip(path: string): Promise<ReadFile | { reason: string }> {
  const { readGoogleHtml } = await import('./read-gdoc.ts');
  const zip = new ZipReader(path);
  try {
    const page = zip.names().find((name) => /^[^/]+\.html?$/i.test(name));
    if (page === undefined) throw new ZipError('it has no page, so it does not come from Google Docs');
    const decoded = decode(zip.read(page, htmlCharsMax));
    if (decoded === undefined) return { reason: 'its page is not text' };
    const names = new Map(
      zip.names().flatMap((name) => (/^images\/[^/]+$/.test(name) ? [[name, name.slice(7)] as const] : [])),
    );
    const html = decoded.text.replace(
      /(?<=\ssrc=")images\/([^"/]+)(?=")/g,
      (whole, name: string) => names.get(whole) ?? name,
    );
    const read = readGoogleHtml(html);
    const used = [...names].filter(([, name]) => html.includes(`src="${name}"`));
    return {
      ...read,
      notes: [
        ...read.notes,
        ...zip.unsafe.map(
          (name) => `The name “${name.slice(0, 100)}” in the zip leads outside of it, and was not unpacked.`,
        ),
      ],
      isNamedByHeadline: true,
      pictures: new Map(
        used.map(([part, name]) => [
          name,
          () => {
            const again = new ZipReader(path);
            try {
              return again.read(part, pictureBytesMax);
            } finally {
              again.close();
            }
          },
        ]),
      ),
    };
  } finally {
    zip.close();
  }
}
