import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { PictureFacts, ShownPicture } from '../pictures/picture.ts';
import { baseOf, hrefOf, type Site } from '../site/site.ts';
import { type Body, type BodyElement, type BodyPicture, sizeOf } from '../story/body/body.ts';
import { compileBody } from '../story/body/compile.ts';
import type { Card } from '../story/card.ts';
import { type StoryDocument, showDocuments } from '../story/documents.ts';
import type { ParsedStory } from '../story/parse.ts';
import { pictureFileOf, pictureSpellings } from '../story/picture-file.ts';
import { setText } from '../story/punctuation.ts';
import type { StoryDetail } from '../story/record.ts';
import { bodyPictureWords, showPicture } from '../story/show-picture.ts';
import { readSource } from '../story/source.ts';
import { chooseColumns, type TableFile } from '../story/table-file.ts';
import type { ShownAuthor, ShownBody, ShownElement } from './answers.ts';
import { desk } from './desk.ts';
import { digestOf } from './digest.ts';
import { clearShelves, makeShelf, type Shelf, type ShelvedBody, shelfFile } from './shelf.ts';
import { knownElements } from './theme-elements.ts';

/**
 * Bodies between being checked and being printed moments later: a few wait here, many on the shelf. What
 * no longer fits is compiled again.
 */
const kept = new Map<string, ShelvedBody>();
let keptChars = 0;
const keptCharsMax = 2_000_000;

/**
 * By file first: stories are read and printed in the order of their files, so a shelf grows at its end and is read along.
 * The same bytes have other quotation marks in another language.
 */
const keyOf = (file: string, language: string, digest: string): string => `${file} ${language} ${digest}`;

/** Keeps the body of a story that was read for whoever prints it. Of a large publish it goes to the shelf. */
export function keepBody(story: ParsedStory, site: Site): void {
  const { shelf } = desk();
  if (shelf) {
    shelveBody(shelf, story, site);
    return;
  }
  const chars = story.source.body.length;
  if (keptChars + chars > keptCharsMax) return;
  keptChars += chars;
  kept.set(keyOfStory(story, site), story.body);
}

export function shelveBody(shelf: Shelf, story: ParsedStory, site: Site): void {
  shelf.put?.(keyOfStory(story, site), story.body);
}

/**
 * Compiles the bodies of public stories and puts them on a new shelf, for as long as those who print must wait for
 * something else.
 *
 * @param isWaiting asked now and then
 */
export async function compileAhead(site: Site, isWaiting: () => boolean): Promise<void> {
  const { file: index, sql } = desk();
  const stories = sql(`
    SELECT file, card ->> 'language' AS language, record ->> 'fileDigest' AS digest FROM story WHERE isPublic = 1 ORDER BY id`);
  clearShelves(index);
  const shelf = makeShelf(shelfFile(index, 0));
  desk().shelf = shelf;
  let count = 0;
  for (const row of stories.iterate()) {
    if (count++ % compiledPerTurn === 0) {
      await turn();
      if (!isWaiting()) break;
    }
    const { file, language, digest } = row as { file: string; language: string | null; digest: string };
    const spoken = language ?? site.language;
    let body: ShelvedBody;
    try {
      body = compileFile(file, digest, spoken, site);
    } catch {
      continue; // whoever prints the story finds the same, and says it
    }
    shelf.put?.(keyOf(file, spoken, digest), body);
  }
}

const compiledPerTurn = 20;

const keyOfStory = ({ file, fileDigest, frontMatter }: ParsedStory, site: Site): string =>
  keyOf(file, frontMatter.language ?? site.language, fileDigest);

function takeBody(file: string, digest: string, language: string, site: Site): ShelvedBody {
  const key = keyOf(file, language, digest);
  const waiting = kept.get(key) ?? desk().shelf?.get?.(key);
  if (waiting) {
    kept.delete(key);
    return waiting;
  }
  return compileFile(file, digest, language, site);
}

/** @throws when the file is not what the index took in */
function compileFile(file: string, digest: string, language: string, site: Site): ShelvedBody {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(desk().root, file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(`${file} was removed while the press ran; publish again`);
  }
  // Saved between the look and now: the old page stays, and the next publish takes the new text in.
  if (digestOf(bytes) !== digest) throw new Error(`${file} was saved while the press ran; publish again`);
  const source = readSource(file, bytes);
  if ('problems' in source) throw new Error(`${file} was checked and cannot be read now`);
  return compileBody(
    { text: source.body, format: /\.mdx$/i.test(file) ? 'mdx' : 'md', file, firstLine: source.bodyLine },
    { language, base: baseOf(site), known: knownElements().known },
  );
}

/** Where a body is, and the words that the front matter has for its pictures. */
export interface BodyFile {
  file: string;
  fileDigest: string;
  language?: string;
  pictures: StoryDetail['pictures'];
  /** A photo essay; its pictures stand wide. */
  isEssay?: boolean;
  /** Documents that its links name. */
  documents?: StoryDocument[];
}

/** Where a body gets what lies outside of it; each answer is one question to the index. */
export interface BodyAnswers {
  /** The address of a public story, by name. */
  link: (name: string) => string | undefined;
  /** The card of a listed story, by name. */
  card: (name: string) => Card | undefined;
  author: (id: string) => ShownAuthor | undefined;
  /** @param src as written in the text */
  picture: (part: BodyPicture) => ShownPicture;
  /** @param src as written in the text */
  table: (src: string) => TableFile | undefined;
}

/** A body as the templates print it, with what the index knows of the pictures and tables of its file. */
export function showBody(
  { file, fileDigest, language, pictures, isEssay, documents = [] }: BodyFile,
  site: Site,
  answers: Pick<BodyAnswers, 'link' | 'card' | 'author'>,
): { body: ShownBody; words: number } {
  const { body, words } = takeBody(file, fileDigest, language ?? site.language, site);
  const picture = (part: BodyPicture): ShownPicture => {
    const found = showPicture(file, part.src, bodyPictureWords(part, pictures), { picture: factsOf, site, language });
    if ('problems' in found) throw new Error(`${file}:${part.line}: ${found.problems[0]?.message}`); // it was right when it was taken in
    return found.shown;
  };
  const table = (src: string) => tableOf(pictureFileOf(file, src) ?? '')?.table;
  const shown = showParts(body, site, { ...answers, picture, table }, { isEssay, language });
  if (documents.length > 0) linkDocuments(shown, documents, site, language ?? site.language);
  return { body: shown, words };
}

/** Links to documents lead to where they are published, and say what they are. */
function linkDocuments(parts: ShownBody, documents: StoryDocument[], site: Site, language: string): void {
  for (const part of parts) {
    if (part.kind === 'html')
      part.html = showDocuments(part.html, documents, (address) => hrefOf(site, address), language);
    else if (part.kind === 'element') linkDocuments(part.children, documents, site, language);
  }
}

/**
 * Parts of a body as the templates print them: pictures with their words, links with the address of the
 * story they lead to, or as words alone while that story is not public.
 */
export function showParts(
  body: Body,
  site: Site,
  answers: BodyAnswers,
  { isEssay = false, language = site.language }: { isEssay?: boolean; language?: string | undefined } = {},
): ShownBody {
  const show = (parts: Body, isOfEssay = false): ShownBody => {
    const shown: ShownBody = [];
    const html = (text: string) => {
      const last = shown.at(-1);
      if (last?.kind === 'html') last.html += text;
      else shown.push({ kind: 'html', html: text });
    };
    for (const part of parts) {
      if (part.kind === 'html') html(part.html);
      else if (part.kind === 'link') {
        const address = answers.link(part.target.normalize('NFC'));
        if (address !== undefined)
          html(
            `<a href="${escapeHtml(hrefOf(site, address) + part.fragment)}"${part.title ? ` title="${escapeHtml(part.title)}"` : ''}>`,
          );
        for (const child of show(part.children)) {
          if (child.kind === 'html') html(child.html);
          else shown.push(child);
        }
        if (address !== undefined) html('</a>');
      } else if (part.kind === 'picture') {
        const picture = answers.picture(part);
        const size = sizeOf(part, isOfEssay, picture.facts);
        shown.push({ kind: 'picture', picture, ...(size && { size }) });
      } else shown.push(showElement(part, show(part.children), site, answers, language));
    }
    return shown;
  };
  return show(body, isEssay);
}

/** A component with what its attributes name. */
function showElement(
  part: BodyElement,
  children: ShownBody,
  site: Site,
  answers: BodyAnswers,
  language: string,
): ShownElement {
  const { name, attributes, level, picture, story, table, author } = part;
  const shown: ShownElement = { kind: 'element', name, attributes, children };
  if (level !== undefined) shown.level = level;
  if (picture) shown.picture = answers.picture(picture);
  if (story) {
    const card = answers.card(story.target.normalize('NFC'));
    // Not public yet: nothing is said that its own page does not say.
    if (card) shown.story = { ...card, href: hrefOf(site, card.address) + story.fragment };
  }
  if (table !== undefined) {
    const file = answers.table(table);
    const columns = typeof attributes.columns === 'string' ? attributes.columns.split(',') : undefined;
    const wanted = columns?.map((column) => column.trim()).filter(Boolean);
    const chosen = file && chooseColumns(file, wanted);
    if (!chosen || 'missing' in chosen) throw new Error(`the table ${table} was right when it was taken in`);
    const set = (cell: string) => setText(cell, language);
    shown.table = {
      columns: chosen.shown.columns.map(({ head, isFigures }) => ({ head: set(head), isFigures })),
      rows: chosen.shown.rows.map((row) => row.map(set)),
    };
  }
  if (author !== undefined) {
    const found = answers.author(author.normalize('NFC'));
    if (found) shown.author = found;
  }
  return shown;
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

/** What the index knows of a table file. @param path newsroom-relative */
export function tableOf(path: string): { digest: string; table: TableFile } | undefined {
  for (const spelling of pictureSpellings(path)) {
    const row = desk().sql('SELECT digest, record FROM tableFile WHERE path = ?').get(spelling) as
      | { digest: string; record: string }
      | undefined;
    if (row) return { digest: row.digest, table: JSON.parse(row.record) as TableFile };
  }
  return undefined;
}

/** What the index knows of a picture file. @param path newsroom-relative */
export function factsOf(path: string): PictureFacts | undefined {
  for (const spelling of pictureSpellings(path)) {
    const row = desk().sql('SELECT facts FROM picture WHERE path = ?').get(spelling) as { facts: string } | undefined;
    if (row) return JSON.parse(row.facts) as PictureFacts;
  }
  return undefined;
}
