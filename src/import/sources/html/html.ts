import { readFileSync, statSync } from 'node:fs';
import { escapeAttribute } from '../../../site/markup.ts';
import type { Source, SourceOptions } from '../../source.ts';
import { type FileKind, fileSource, type ReadFile } from '../files/file-source.ts';
import { isGoogleHtml, isMhtml, isPage, partsOfPages } from '../files/signatures.ts';
import { decodePage } from './charset.ts';
import { takeDataPictures } from './data-pictures.ts';
import { readMhtml } from './mhtml.ts';

/** A page with its pictures inside can be large, and its words cannot. */
const fileBytesMax = 64_000_000;
const htmlCharsMax = 8_000_000;

const pageKind: FileKind = {
  kind: 'html',
  claims: isPage,
  refuses: (file, start) =>
    /\.x?html?$/i.test(file) && !partsOfPages.test(file) && start.length === 0 ? 'empty' : undefined,
  read: async (path) => {
    if (statSync(path).size > fileBytesMax)
      return { reason: `more than ${fileBytesMax / 1e6} MB, which is the limit for a page` };
    const bytes = readFileSync(path);
    return isMhtml(bytes.subarray(0, 4000).toString('latin1')) ? readArchive(bytes) : read(bytes);
  },
};

/** Pages that somebody has saved, or the pages of an old site: a file, or a folder of them. */
export const htmlSource = (options: SourceOptions): Source => fileSource(pageKind, options);

async function read(bytes: Buffer, encoding?: string): Promise<ReadFile | { reason: string }> {
  const decoded = decodePage(bytes, encoding);
  if (decoded === undefined) return { reason: 'not text, although its name says so' };
  const { text, pictures } = takeDataPictures(decoded.text);
  if (text.length > htmlCharsMax) return { reason: 'more than 8 MB of HTML without its pictures' };
  const story = isGoogleHtml(text)
    ? (await import('../gdoc/read-gdoc.ts')).readGoogleHtml(text)
    : (await import('./read-page.ts')).readPage(text);
  if ('reason' in story) return story;
  return {
    ...story,
    notes: [...decoded.notes, ...story.notes],
    pictures: new Map(pictures.map(({ name, bytes: picture }) => [name, () => picture])),
  };
}

/** A page and its pictures in one file, as Chrome and old browsers save it. */
async function readArchive(bytes: Buffer): Promise<ReadFile | { reason: string }> {
  const parts = readMhtml(bytes);
  const page = parts.find(({ type }) => type.startsWith('text/html'));
  if (page === undefined) return { reason: 'a saved page without a page in it' };
  const story = await read(page.bytes, /charset="?([\w-]+)/.exec(page.type)?.[1]);
  if ('reason' in story) return story;
  const pictures = new Map<string, () => Uint8Array>(story.pictures);
  let { html } = story;
  const lead = story.fields.get('lead') as { src?: string } | undefined;
  let leadSrc = lead?.src;
  for (const [index, part] of parts.entries()) {
    const ending = /^image\/(png|jpe?g|gif|webp|avif|svg)/.exec(part.type)?.[1]?.replace('jpeg', 'jpg');
    if (ending === undefined || part.location === undefined) continue;
    const name = `part-${index}.${ending}`;
    const written = escapeAttribute(part.location);
    if (leadSrc === part.location) leadSrc = name;
    else if (!html.includes(`src="${written}"`)) continue;
    html = html.replaceAll(`src="${written}"`, `src="${name}"`);
    pictures.set(name, () => part.bytes);
  }
  const fields = new Map(story.fields);
  if (lead !== undefined) fields.set('lead', { ...lead, src: leadSrc });
  return { ...story, fields, html, pictures };
}
