import { listed } from '../../../problems/listed.ts';
import { arrange, readingNotes } from '../arrange/arrange.ts';
import { readProperties } from '../docx/docx-properties.ts';
import type { ChangesRule } from '../docx/prepare.ts';
import { decodePart, partBytesMax, type ReadDocument, useProperties } from '../docx/read-docx.ts';
import { htmlToBlocks } from '../markup/html-blocks.ts';
import { shapeTables } from '../markup/tables.ts';
import { byName, element, firstByName, type ParentNode, parseXml, wordsOf } from '../markup/tree.ts';
import { ZipError, ZipReader } from '../zip/zip-reader.ts';
import { takeComments, trackOdtChanges } from './odt-changes.ts';
import { odtToHtml } from './odt-html.ts';
import { pageFurniture, readOdtStyles } from './odt-styles.ts';

/**
 * Reads an OpenDocument text, as LibreOffice writes it.
 *
 * @throws {ZipError} it cannot be read, with the reason
 */
export function readOdt(path: string, changes: ChangesRule | undefined): ReadDocument {
  const zip = new ZipReader(path);
  try {
    return readOpened(zip, changes);
  } finally {
    zip.close();
  }
}

function readOpened(zip: ZipReader, changes: ChangesRule | undefined): ReadDocument {
  if (/<manifest:encryption-data/.test(partText(zip, 'META-INF/manifest.xml') ?? ''))
    throw new ZipError('it has a password. Save it without one');
  const content = part(zip, 'content.xml');
  const styleRoot = zip.has('styles.xml') ? part(zip, 'styles.xml') : parseXml('');
  const body = firstByName(content, 'office:text');
  if (body === undefined) throw new ZipError('it is an OpenDocument file, but not a text');
  const tracked = trackOdtChanges(body, changes ?? 'accept');
  const notes = takeComments(body);
  const { blocks: nodes, notes: converted } = odtToHtml(body, readOdtStyles([content, styleRoot]));
  const root = element('body', {}, nodes);
  shapeTables(root);

  const pictures = new Map<string, string>();
  for (const image of byName(root, 'img')) {
    const href = (image.attribs.src ?? '').replace(/^\.\//, '');
    if (!zip.has(href)) continue;
    const name = href.split('/').at(-1) ?? href;
    image.attribs.src = name;
    if (/\.(?:svm|emf|wmf)$/i.test(name))
      notes.push(
        `The picture ${name} has a format that only office programs show. Save it as JPEG or PNG and put it beside the story.`,
      );
    else pictures.set(name, href);
  }
  const arranged = arrange(htmlToBlocks(root), { isCopy: false, isDayFirst: undefined });
  useProperties(arranged, readProperties(partText(zip, 'meta.xml') ?? ''));
  for (const furniture of pageFurniture(styleRoot)) {
    const words = wordsOf(furniture);
    if (/\p{L}/u.test(words))
      notes.push(
        `The ${furniture.name === 'style:header' ? 'header' : 'footer'} of the pages was left out: “${words.slice(0, 300)}”`,
      );
  }
  const { insertions, deletions, reviewers } = tracked;
  if (insertions + deletions > 0) {
    const done = changes === 'reject' ? 'rejected' : 'accepted';
    const by = reviewers.size > 0 ? ` by ${listed([...reviewers])}` : '';
    notes.push(`Tracked changes${by} were ${done}: ${insertions} insertions and ${deletions} deletions.`);
    arranged.draft ??= `the document has tracked changes, which were ${done}`;
  }
  arranged.notes.push(...readingNotes(arranged.readings), ...converted, ...notes);
  return { ...arranged, pictures };
}

function partText(zip: ZipReader, name: string): string | undefined {
  return zip.has(name) ? decodePart(zip.read(name, partBytesMax)) : undefined;
}

function part(zip: ZipReader, name: string): ParentNode {
  const xml = partText(zip, name);
  if (xml === undefined) throw new ZipError(`it has no part ${name}`);
  if (/<!ENTITY/i.test(xml)) throw new ZipError('it defines entities, which no word processor does');
  return parseXml(xml);
}
