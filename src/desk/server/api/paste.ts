import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { LinkAnswer, PictureAnswer } from '../../../import/body/context.ts';
import { convertHtml } from '../../../import/html-body/convert.ts';
import { HtmlLimitError } from '../../../import/html-body/tree.ts';
import { arrange } from '../../../import/sources/arrange/arrange.ts';
import type { Arranged } from '../../../import/sources/arrange/block.ts';
import { htmlToBlocks } from '../../../import/sources/markup/html-blocks.ts';
import { parseHtml } from '../../../import/sources/markup/tree.ts';
import { readText } from '../../../import/sources/text/read-text.ts';
import { baseOf, originOf } from '../../../site/site.ts';
import { plainHtml } from '../../pictures/pasted-html.ts';
import { nameInFolder, readUpload, uploadBytesMax } from '../../pictures/upload.ts';
import { newsroomLists, readSite } from '../../stories/newsroom-lists.ts';
import { ApiError, type Handler, textBytesMax } from '../api.ts';
import { contentFile, placeIn } from '../content-path.ts';
import type { DeskContext } from '../context.ts';
import { writeBytes } from '../file-text.ts';
import { pathSchema } from '../shapes.ts';
import { copiedStory } from './paste-copy.ts';

const pasteSchema = z.strictObject({
  html: z.string().optional(),
  /** The same without its form, if there is no HTML. */
  text: z.string().optional(),
  /** The story that gets the pictures. */
  path: pathSchema.optional(),
});

/**
 * Turns what was pasted from Word, Google Docs, a web page, or a mail into the text of a story. The copy of a whole story
 * is also cut into fields and text.
 */
export const paste: Handler = async (context, request) => {
  const { html = '', text, path } = await request.json(pasteSchema);
  const notes: string[] = [];
  const pictures = path === undefined ? new Map() : await picturesIn(context, html, path, notes);
  const missing = new Set<string>();
  // Only MDX has a place for a picture that is still to come.
  const hasPlaceholders = path === undefined || path.endsWith('.mdx');
  const isComing = (url: string) => pictures.has(url) || (hasPlaceholders && /^https?:/i.test(url));
  // Nobody can get the pictures of Word's own folder (`file:`) and of a mail (`cid:`).
  const plain = plainHtml(withoutData(html, pictures), (url) => {
    if (url !== '' && isComing(url)) return true;
    missing.add(url);
    return false;
  });
  if (Buffer.byteLength(plain) + Buffer.byteLength(text ?? '') > textBytesMax)
    throw new ApiError(413, `This text is too long for the desk, which takes up to ${textBytesMax / 1_000_000} MB.`);
  const lists = newsroomLists(context.site);
  const link = linksOf(context);
  const picture = (url: string): PictureAnswer => {
    const known = pictures.get(url);
    if (known) return known;
    missing.add(url);
    return /^https?:/i.test(url) ? { kind: 'away', url } : { kind: 'away' };
  };
  const convert = (what: string, headline = '') => convertHtml(what, { link, picture, headline });
  try {
    const { text: markdown, format, changes } = convert(plain);
    if (changes.some(({ kind }) => kind === 'code-dropped'))
      notes.push('Scripts and styles in the pasted text were left out.');
    if (missing.size > 0)
      notes.push(
        missing.size === 1
          ? '1 picture did not come along, because it is on another computer. Add it from its file.'
          : `${missing.size} pictures did not come along, because they are on another computer. Add them from their files.`,
      );
    const copied = copiedStory(arrangedOf(plain, text), lists.authors);
    const body = copied && convert(copied.html, String(copied.fields.find(({ key }) => key === 'headline')?.value));
    const { html: _, ...copy } = copied ?? { html: '' };
    return {
      json: {
        markdown,
        isMdx: format === 'mdx',
        notes,
        ...(body && { copy: { ...copy, markdown: body.text, isMdx: body.format === 'mdx' } }),
      },
    };
  } catch (error) {
    if (error instanceof HtmlLimitError) throw new ApiError(422, `The pasted text cannot be read: ${error.message}.`);
    throw error;
  }
};

const arrangedOf = (html: string, text: string | undefined): Arranged =>
  text === undefined
    ? arrange(htmlToBlocks(parseHtml(html)), { isCopy: true, hasPictures: true })
    : readText(text.replace(/\r\n?/g, '\n'));

/** Programs lead links over their own pages: the `q` or `url` of that page is the link. */
const detours =
  /^https?:\/\/(?:www\.google\.[a-z.]+\/url|[\w.-]+\.safelinks\.protection\.outlook\.com\/|l\.facebook\.com\/l\.php|lm\.facebook\.com\/l\.php|out\.reddit\.com\/|slack-redir\.net\/link|urldefense\.com\/v3\/)/i;

function withoutDetour(url: string): string {
  if (!detours.test(url)) return url;
  const [, wrapped] = /^https?:\/\/urldefense\.com\/v3\/__(https?:\/\/.+?)__;/i.exec(url) ?? [];
  if (wrapped) return wrapped;
  const { searchParams } = new URL(url);
  const led = searchParams.get('q') ?? searchParams.get('url') ?? searchParams.get('u');
  return led && /^https?:\/\//i.test(led) ? led : url;
}

/** A link to a story of this site becomes a link by its name, and nothing that can run stays a link. */
function linksOf(context: DeskContext): (url: string) => LinkAnswer {
  const site = readSite(context.site);
  const home = originOf(site) + baseOf(site);
  let stories: Map<string, string> | undefined;
  return (url) => {
    const given = url.trim();
    const written = URL.canParse(given) ? withoutDetour(given) : given;
    if (written.startsWith(`${home}/`)) {
      stories ??= new Map(context.list.rows.addresses().map(({ address, id }) => [address, id]));
      const [address = ''] = written.slice(home.length).split(/[?#]/);
      const id = stories.get(decoded(address));
      return id === undefined ? { kind: 'keep' } : { kind: 'story', url: `story:${id}` };
    }
    if (written !== given) return { kind: 'complete', url: written };
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
  const short = new Map<string | undefined, string>();
  for (const [key, answer] of pictures)
    if (key.startsWith('pasted:') && answer.kind === 'local' && !short.has(answer.name)) short.set(answer.name, key);
  return html.replace(dataAddress, (url) => {
    const answer = pictures.get(url);
    return (answer?.kind === 'local' && short.get(answer.name)) || '';
  });
}
