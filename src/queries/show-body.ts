import { takeBody } from '../index/bodies.ts';
import type { IndexHandle } from '../index/handle.ts';
import { factsOf, tableOf } from '../index/picture-rows.ts';
import type { ShownPicture } from '../pictures/picture.ts';
import { escapeAttribute } from '../site/markup.ts';
import { hrefOf, type Site } from '../site/site.ts';
import { type Body, type BodyElement, type BodyPicture, sizeOf } from '../story/body/body.ts';
import type { Card } from '../story/card.ts';
import { type StoryDocument, showDocuments } from '../story/documents.ts';
import { pictureFileOf } from '../story/picture-file.ts';
import { type Placeholder, showOrReplace } from '../story/placeholder.ts';
import { setText } from '../story/punctuation.ts';
import type { StoryDetail } from '../story/record.ts';
import { bodyPictureWords } from '../story/show-picture.ts';
import { chooseColumns, type TableFile } from '../story/table-file.ts';
import type { ShownAuthor, ShownBody, ShownElement } from './shown.ts';

/** A body, and the texts that the front matter has for its pictures. */
export interface BodyFile {
  file: string;
  fileDigest: string;
  language?: string;
  pictures: StoryDetail['pictures'];
  /** Whether it is a photo essay, in which pictures are wide. */
  isEssay?: boolean;
  /** Documents that its links name. */
  documents?: StoryDocument[];
}

/** Where a body gets what is outside it. Each result is one query to the index. */
export interface BodyLookups {
  /** The address of a public story, by name. */
  link: (name: string) => string | undefined;
  /** The card of a listed story, by name. */
  card: (name: string) => Card | undefined;
  author: (id: string) => ShownAuthor | undefined;
  /** @param src as written in the text */
  picture: (part: BodyPicture) => { shown: ShownPicture } | { placeholder: Placeholder | undefined };
  /** @param src as written in the text */
  table: (src: string) => TableFile | undefined;
}

/** What an export, which is not a page, wants to know about a body besides what a page prints. */
export interface BodyAudience {
  /**
   * @param found what is shown, with the file of the picture
   * @param written the texts at the picture, and where it is or was if the newsroom does not have it
   */
  onPicture?(
    found: { shown: ShownPicture; path: string } | { placeholder: Placeholder | undefined },
    written: { alt?: string; wanted?: string },
  ): void;
  /** Where a document is. Defaults to its address on the site. */
  documentHref?(document: StoryDocument): string;
}

/** A body as the templates print it, with what the index knows about the pictures and tables of its file. */
export function showBody(
  index: IndexHandle,
  { file, fileDigest, language, pictures, isEssay, documents = [] }: BodyFile,
  site: Site,
  lookups: Pick<BodyLookups, 'link' | 'card' | 'author'>,
  { onPicture, documentHref }: BodyAudience = {},
): { body: ShownBody; words: number } {
  const { body, words } = takeBody(index, file, fileDigest, language ?? site.language, site);
  const picture: BodyLookups['picture'] = (part) => {
    const written = bodyPictureWords(part, pictures);
    const found = showOrReplace(file, part, written, {
      picture: (path) => factsOf(index, path),
      site,
      language,
    });
    if ('problems' in found) throw new Error(`${file}:${part.line}: ${found.problems[0]?.message}`); // it was valid when it was ingested
    onPicture?.(found, { alt: written.alt, wanted: written.wanted });
    return found;
  };
  const table = (src: string) => tableOf(index, pictureFileOf(file, src) ?? '')?.table;
  const shown = showParts(body, site, { ...lookups, picture, table }, { isEssay, language });
  if (documents.length > 0) {
    const byAddress = new Map(documents.map((document) => [document.address, document]));
    const href = (address: string) => {
      const document = byAddress.get(address);
      return document && documentHref ? documentHref(document) : hrefOf(site, address);
    };
    linkDocuments(shown, documents, href, language ?? site.language);
  }
  return { body: shown, words };
}

/** Links to documents lead to their published addresses, and say what they lead to. */
function linkDocuments(
  parts: ShownBody,
  documents: StoryDocument[],
  href: (address: string) => string,
  language: string,
): void {
  for (const part of parts) {
    if (part.kind === 'html') part.html = showDocuments(part.html, documents, href, language);
    else if (part.kind === 'element') linkDocuments(part.children, documents, href, language);
  }
}

/**
 * The parts of a body as the templates print them: pictures with their texts, and links with the address of the story
 * that they lead to, or only the text while that story is not public.
 */
export function showParts(
  body: Body,
  site: Site,
  lookups: BodyLookups,
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
        const address = lookups.link(part.target.normalize('NFC'));
        if (address !== undefined)
          html(
            `<a href="${escapeAttribute(hrefOf(site, address) + part.fragment)}"${part.title ? ` title="${escapeAttribute(part.title)}"` : ''}>`,
          );
        for (const child of show(part.children)) {
          if (child.kind === 'html') html(child.html);
          else shown.push(child);
        }
        if (address !== undefined) html('</a>');
      } else if (part.kind === 'picture') {
        const found = lookups.picture(part);
        if ('shown' in found) {
          const size = sizeOf(part, isOfEssay, found.shown.facts);
          shown.push({ kind: 'picture', picture: found.shown, ...(size && { size }) });
        } else if (found.placeholder) shown.push({ kind: 'placeholder', placeholder: found.placeholder });
      } else shown.push(showElement(part, show(part.children), site, lookups, language));
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
  lookups: BodyLookups,
  language: string,
): ShownElement {
  const { name, attributes, level, picture, story, table, author } = part;
  const shown: ShownElement = { kind: 'element', name, attributes, children };
  if (level !== undefined) shown.level = level;
  if (picture) {
    const found = lookups.picture(picture);
    if ('shown' in found) shown.picture = found.shown;
  }
  if (story) {
    const card = lookups.card(story.target.normalize('NFC'));
    // The story is not public yet, so nothing is shown beyond what this page itself says.
    if (card) shown.story = { ...card, href: hrefOf(site, card.address) + story.fragment };
  }
  if (table !== undefined) {
    const file = lookups.table(table);
    const columns = typeof attributes.columns === 'string' ? attributes.columns.split(',') : undefined;
    const wanted = columns?.map((column) => column.trim()).filter(Boolean);
    const chosen = file && chooseColumns(file, wanted);
    if (!chosen || 'missing' in chosen) throw new Error(`the table ${table} was valid when it was ingested`);
    const set = (cell: string) => setText(cell, language);
    shown.table = {
      columns: chosen.shown.columns.map(({ head, isFigures }) => ({ head: set(head), isFigures })),
      rows: chosen.shown.rows.map((row) => row.map(set)),
    };
  }
  if (author !== undefined) {
    const found = lookups.author(author.normalize('NFC'));
    if (found) shown.author = found;
  }
  return shown;
}
