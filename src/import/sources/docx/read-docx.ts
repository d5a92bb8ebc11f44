import mammoth from 'mammoth';
import { listed } from '../../../problems/listed.ts';
import { unescapeHtml } from '../../../site/markup.ts';
import { arrange, readingNotes } from '../arrange/arrange.ts';
import type { Arranged } from '../arrange/block.ts';
import { htmlToBlocks } from '../markup/html-blocks.ts';
import { shapeTables } from '../markup/tables.ts';
import { byName, closest, isTag, type ParentNode, parseHtml, parseXml, wordsOf } from '../markup/tree.ts';
import { ZipError, ZipReader } from '../zip/zip-reader.ts';
import { languageOfStyles, readProperties, readStyles } from './docx-properties.ts';
import { type ChangesRule, prepare } from './prepare.ts';
import { needsPreparation, slim } from './slim.ts';
import { setRoles, styleMap } from './styles.ts';

export interface ReadDocument extends Arranged {
  /** Pictures that the text shows: the name in the HTML → the part of the zip. */
  pictures: Map<string, string>;
}

/** 100 pages are 1 to 5 MB of XML. Three books are more than this, and would need more than 1 GB of memory. */
export const partBytesMax = 12_000_000;

/**
 * Reads a Word document.
 *
 * @param changes whether tracked changes become part of the text. Either way, the story is a draft
 * @throws {ZipError} it cannot be read, with the reason
 */
export async function readDocx(path: string, changes: ChangesRule | undefined): Promise<ReadDocument> {
  const zip = new ZipReader(path);
  try {
    return await readOpened(zip, changes);
  } finally {
    zip.close();
  }
}

async function readOpened(zip: ZipReader, changes: ChangesRule | undefined): Promise<ReadDocument> {
  const notes: string[] = [];
  const reviewers = new Set<string>();
  let [insertions, deletions] = [0, 0];
  const stylesXml = partText(zip, 'word/styles.xml');
  const styles = stylesXml === undefined ? new Map() : readStyles(stylesXml);
  const language = stylesXml === undefined ? undefined : languageOfStyles(stylesXml);
  const properties = readProperties(partText(zip, 'docProps/core.xml') ?? '');
  const pictures = new Map<string, string>();
  const names = new Map<string, string>();

  const file = {
    exists: (name: string) => zip.has(name) || isExternal(name),
    read: async (name: string, encoding?: string): Promise<string | Uint8Array> => {
      // Mammoth gets the name of a picture instead of its bytes, because only the shelf of the import copies pictures.
      if (encoding === undefined || encoding === 'base64') return Buffer.from(name);
      let xml = decodePart(zip.read(name, partBytesMax));
      if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new ZipError('it defines entities, which no word processor does');
      if (/\.rels$/.test(name)) xml = withExternalPictures(xml);
      else if (/<w:(?:document|footnotes|endnotes)\b/.test(xml)) {
        xml = slim(xml);
        if (!needsPreparation(xml)) return xml;
        const prepared = prepare(xml, changes ?? 'accept');
        xml = prepared.xml;
        notes.push(...prepared.notes);
        insertions += prepared.insertions;
        deletions += prepared.deletions;
        for (const name of prepared.reviewers) reviewers.add(name);
      }
      return xml;
    },
  };

  const { value: html, messages } = await convert(file, {
    styleMap,
    includeEmbeddedStyleMap: false,
    transformDocument: (document: unknown) => setRoles(document, styles),
    convertImage: mammoth.images.imgElement(async (image) => {
      const part = (await image.readAsBuffer()).toString();
      const external = externalUrl(part);
      if (external !== undefined) return { src: external };
      const name = part.split('/').at(-1) ?? part;
      const known = names.get(part) ?? (pictures.has(name) ? `${pictures.size}-${name}` : name);
      names.set(part, known);
      if (/\.(?:emf|wmf|emz|wmz|pcz)$/i.test(name))
        notes.push(
          `The picture ${name} has a format that only Word shows. Save it as JPEG or PNG and put it beside the story.`,
        );
      else if (zip.has(part)) pictures.set(known, part);
      return { src: known };
    }),
  });
  for (const { message } of messages)
    if (/could not find|unsupported character|without a relationship/i.test(message))
      notes.push(`Word document: ${message}`);

  const root = parseHtml(html);
  shapeTables(root);
  const blocks = htmlToBlocks(root).filter((block) => {
    if (!/^<p><span class="bs-contents">/.test(block.html)) return true;
    notes.push(`A line of the table of contents was left out: “${block.text}”`);
    return false;
  });
  const isDayFirst = language === undefined ? undefined : language !== 'en-US';
  const arranged = arrange(blocks, { isCopy: false, ...(isDayFirst === undefined ? {} : { isDayFirst }) });
  useProperties(arranged, properties);
  notes.push(...furnitureNotes(zip), ...commentNotes(zip));
  if (insertions + deletions > 0) {
    const by = reviewers.size > 0 ? ` by ${listed([...reviewers])}` : '';
    const done = changes === 'reject' ? 'rejected' : 'accepted';
    notes.push(`Tracked changes${by} were ${done}: ${insertions} insertions and ${deletions} deletions.`);
    arranged.draft ??= `the document has tracked changes, which were ${done}`;
  }
  arranged.notes.push(...readingNotes(arranged.readings), ...notes);
  return { ...arranged, pictures };
}

interface MammothFile {
  exists(name: string): boolean;
  read(name: string, encoding?: string): Promise<string | Uint8Array>;
}

/** Mammoth accepts an opened zip as `file`. Its types name only paths and buffers. */
async function convert(
  file: MammothFile,
  options: object,
): Promise<{ value: string; messages: { message: string }[] }> {
  try {
    return await (
      mammoth.convertToHtml as (
        input: unknown,
        options: object,
      ) => Promise<{ value: string; messages: { message: string }[] }>
    )({ file }, options);
  } catch (error) {
    if (error instanceof ZipError) throw error;
    if (error instanceof RangeError) throw new ZipError('it is nested too deeply');
    throw new ZipError(
      `it is not a Word document that can be read: ${error instanceof Error ? error.message.slice(0, 200) : ''}`,
    );
  }
}

function partText(zip: ZipReader, name: string): string | undefined {
  return zip.has(name) ? decodePart(zip.read(name, partBytesMax)) : undefined;
}

/** Parts are UTF-8, or UTF-16 with a byte order mark. */
export function decodePart(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

const externalPrefix = 'word/external/';
const isExternal = (name: string): boolean => name.startsWith(externalPrefix);

/** A picture that is only linked to becomes a part with its address as name, so that it is not lost. */
const withExternalPictures = (rels: string): string =>
  rels.replace(/<Relationship\b[^>]*\/image"[^>]*>/g, (tag) =>
    /TargetMode="External"/.test(tag)
      ? tag
          .replace(/ TargetMode="External"/, '')
          .replace(
            / Target="([^"]*)"/,
            (_, target: string) => ` Target="external/${encodeURIComponent(unescapeHtml(target))}"`,
          )
      : tag,
  );

const externalUrl = (part: string): string | undefined => {
  if (!isExternal(part)) return undefined;
  try {
    return decodeURIComponent(part.slice(externalPrefix.length));
  } catch {
    return undefined;
  }
};

/** The properties of the file are used only for what the text itself does not say. */
export function useProperties(
  { fields, notes }: Arranged,
  { title, creator, created }: { title?: string; creator?: string; created?: string },
): void {
  if (!fields.has('headline') && title !== undefined) {
    fields.set('headline', title);
    notes.push(`The headline comes from the properties of the file: “${title}”`);
  }
  if (!fields.has('byline') && creator !== undefined) {
    fields.set('byline', creator);
    notes.push(`The byline comes from the properties of the file: “${creator}”. Check it.`);
  }
  if (!fields.has('published') && created !== undefined) {
    fields.set('published', created);
    notes.push(`The text has no date. The day on which the file was created is used: ${created}.`);
  }
}

function furnitureNotes(zip: ZipReader): string[] {
  const notes = new Set<string>();
  for (const name of zip.names()) {
    const kind = /^word\/(header|footer)\d*\.xml$/.exec(name)?.[1];
    if (kind === undefined) continue;
    const words = paragraphWords(parseXml(partText(zip, name) ?? ''));
    if (/\p{L}/u.test(words)) notes.add(`The ${kind} of the pages was left out: “${words.slice(0, 300)}”`);
  }
  for (const name of zip.names()) {
    if (!/^word\/(?:diagrams\/data|charts\/chart)\d*\.xml$/.test(name)) continue;
    const words = byName(parseXml(partText(zip, name) ?? ''), 'a:t', 'c:v')
      .map((part) => wordsOf(part))
      .join(' ')
      .trim();
    if (words !== '') notes.add(`A chart or diagram was left out. Its words: “${words.slice(0, 300)}”`);
  }
  return [...notes];
}

/** The words of Word's XML, without the names of fields such as PAGE. */
const paragraphWords = (root: ParentNode): string =>
  byName(root, 'w:p')
    .filter((paragraph) => closest(paragraph, 'mc:Fallback') === undefined)
    .map((paragraph) => wordsOf(paragraph, (node) => isTag(node) && node.name === 'w:instrText'))
    .filter((words) => words !== '')
    .join(' ');

function commentNotes(zip: ZipReader): string[] {
  const xml = partText(zip, 'word/comments.xml');
  if (xml === undefined) return [];
  return byName(parseXml(xml), 'w:comment').flatMap((comment) => {
    const words = paragraphWords(comment);
    return words === '' ? [] : [`A comment by ${comment.attribs['w:author'] || 'somebody'} was left out: “${words}”`];
  });
}
