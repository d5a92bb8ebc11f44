import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { LinkAnswer, PictureAnswer } from '../../../import/body/context.ts';
import { convertHtml } from '../../../import/html-body/convert.ts';
import { HtmlLimitError } from '../../../import/html-body/tree.ts';
import { baseOf, originOf } from '../../../site/site.ts';
import { plainHtml } from '../../pictures/pasted-html.ts';
import { nameInFolder, readUpload, uploadBytesMax } from '../../pictures/upload.ts';
import { readSite } from '../../stories/newsroom-lists.ts';
import { ApiError, type Handler, textBytesMax } from '../api.ts';
import { contentFile, placeIn } from '../content-path.ts';
import type { DeskContext } from '../context.ts';
import { writeBytes } from '../file-text.ts';
import { pathSchema } from '../shapes.ts';

const pasteSchema = z.strictObject({
  html: z.string(),
  /** The story that gets the pictures. */
  path: pathSchema.optional(),
});

/** Turns pasted HTML, from Word, Google Docs, a web page, or a mail, into the text of a story. */
export const paste: Handler = async (context, request) => {
  const { html, path } = await request.json(pasteSchema);
  const notes: string[] = [];
  const pictures = path === undefined ? new Map() : await picturesIn(context, html, path, notes);
  const plain = plainHtml(withoutData(html, pictures));
  if (Buffer.byteLength(plain) > textBytesMax)
    throw new ApiError(413, `This text is too long for the desk, which takes up to ${textBytesMax / 1_000_000} MB.`);
  const link = linksOf(context);
  const picture = (url: string): PictureAnswer =>
    pictures.get(url) ?? (/^https?:/i.test(url) ? { kind: 'away', url } : { kind: 'away' });
  try {
    const { text, format, changes } = convertHtml(plain, { link, picture });
    const dropped = changes.filter(({ kind }) => kind === 'code-dropped').length;
    if (dropped > 0) notes.push('Scripts and styles in the pasted text were left out.');
    return { json: { markdown: text, isMdx: format === 'mdx', notes } };
  } catch (error) {
    if (error instanceof HtmlLimitError) throw new ApiError(422, `The pasted text cannot be read: ${error.message}.`);
    throw error;
  }
};

/** A link to a story of this site becomes a link by its name, and nothing that can run stays a link. */
function linksOf(context: DeskContext): (url: string) => LinkAnswer {
  const site = readSite(context.site);
  const home = originOf(site) + baseOf(site);
  let stories: Map<string, string> | undefined;
  return (url) => {
    const written = url.trim();
    if (written.startsWith(`${home}/`)) {
      stories ??= new Map(context.list.rows.addresses().map(({ address, id }) => [address, id]));
      const [address = ''] = written.slice(home.length).split(/[?#]/);
      const id = stories.get(decoded(address));
      return id === undefined ? { kind: 'keep' } : { kind: 'story', url: `story:${id}` };
    }
    if (/^(?:https?:\/\/|mailto:|tel:|story:)/i.test(written)) return { kind: 'keep' };
    if (/^[a-z][a-z\d+.-]*:/i.test(written)) return { kind: 'unsafe' };
    // Relative to a page that nobody knows.
    return { kind: 'dead' };
  };
}

const decoded = (address: string): string => {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
};

const dataAddress = /data:image\/[\w.+-]+;base64,([A-Za-z\d+/=\s%]+)/g;

/** Saves the pictures inside pasted HTML beside the story. */
async function picturesIn(
  context: DeskContext,
  html: string,
  story: string,
  notes: string[],
): Promise<Map<string, PictureAnswer>> {
  const folder = dirname(contentFile(context.site, story).path);
  const saved = new Map<string, PictureAnswer>();
  for (const [url, base64 = ''] of html.matchAll(dataAddress)) {
    if (saved.has(url)) continue;
    const bytes = Buffer.from(base64, 'base64');
    const read = bytes.length > uploadBytesMax ? { refused: 'A picture is too large.' } : await readUpload(bytes);
    if ('refused' in read) {
      notes.push(`A picture was left out: ${read.refused}`);
      saved.set(url, { kind: 'away' });
      continue;
    }
    const name = nameInFolder(join(context.site, 'content', folder), 'pasted', bytes, read.format);
    const path = `${folder}/${name}`;
    const { file, exists } = placeIn(context.site, path);
    if (!exists) writeBytes(file, path, bytes);
    saved.set(`pasted:${saved.size + 1}`, { kind: 'local', name, facts: read.facts });
    saved.set(url, { kind: 'local', name, facts: read.facts });
  }
  return saved;
}

/** Short names in place of pictures, which can be longer than any text. */
function withoutData(html: string, pictures: ReadonlyMap<string, PictureAnswer>): string {
  const names = [...pictures.keys()].filter((key) => key.startsWith('pasted:'));
  return html.replace(dataAddress, (url) => {
    const answer = pictures.get(url);
    return (
      names.find((name) => pictures.get(name)?.kind === 'local' && nameOf(pictures.get(name)) === nameOf(answer)) ?? ''
    );
  });
}

const nameOf = (answer: PictureAnswer | undefined): string | undefined =>
  answer?.kind === 'local' ? answer.name : undefined;
