import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { escapeAttribute } from '../../../site/markup.ts';
import { storyBytesMax } from '../../../yaml/source.ts';
import { decode } from '../../decode.ts';
import { tooLong } from '../../fault.ts';
import type { Source, SourceOptions } from '../../source.ts';
import { readingNotes } from '../arrange/arrange.ts';
import { type FileKind, fileSource, type ReadFile } from '../files/file-source.ts';
import { readText } from './read-text.ts';

const textNames = /\.(?:txt|text|asc|copy|eml\.txt)$/i;
const pictureNames = /\.(?:jpe?g|png|gif|webp|avif|tiff?|heic)$/i;

const textKind: FileKind = {
  kind: 'text',
  claims: (file) => textNames.test(file) || !/\.[a-z0-9]{1,5}$/i.test(file),
  read: async (path, options) => {
    if (statSync(path).size > storyBytesMax) return { reason: tooLong };
    const decoded = decode(readFileSync(path));
    if (decoded === undefined) return { reason: 'not text, although its name says so' };
    if (decoded.text.trim() === '') return { reason: 'empty' };
    const read: ReadFile = readText(decoded.text, { isDayFirst: isDayFirst(options.context.site.language) });
    const notes = [...decoded.notes, ...readingNotes(read.readings), ...read.notes];
    if (options.pictures === undefined) return { ...read, notes, isNamedByHeadline: true };
    const filled = fillPictures(read, folderFor(path, options.pictures));
    return { ...filled, notes: [...notes, ...filled.notes], isNamedByHeadline: true };
  },
};

/** Plain text: a file, or a folder of `.txt` files. */
export const textSource = (options: SourceOptions): Source => fileSource(textKind, options);

/** The pictures of one of several texts can be in a folder with its name. */
function folderFor(path: string, folder: string): string {
  const own = join(folder, basename(path).replace(/\.[^.]+$/, ''));
  return existsSync(own) && statSync(own).isDirectory() ? own : folder;
}

/**
 * Puts the files of a folder in the places of the captions, in the order of their names (`2.jpg` before `10.jpg`).
 *
 * @returns `notes` has only what is new
 */
function fillPictures(read: ReadFile, folder: string): ReadFile {
  const files = readdirSync(folder)
    .filter((name) => pictureNames.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const lead = read.fields.get('lead') as { src?: string } | undefined;
  const wanted = [
    ...new Set([...(lead?.src === undefined ? [] : [lead.src]), ...(read.html.match(placeholder) ?? [])]),
  ];
  const names = new Map(
    wanted.flatMap((name, index) => (files[index] === undefined ? [] : [[name, files[index]] as const])),
  );
  const notes: string[] = [];
  if (files.length < wanted.length)
    notes.push(`The text has captions for ${wanted.length} pictures, and the folder of pictures has ${files.length}.`);
  if (files.length > wanted.length)
    notes.push(`These pictures belong to no caption: ${files.slice(wanted.length).join(', ')}`);
  const fields = new Map(read.fields);
  if (lead?.src !== undefined) fields.set('lead', { ...lead, src: names.get(lead.src) ?? lead.src });
  return {
    ...read,
    fields,
    notes,
    html: read.html.replace(placeholder, (name) => escapeAttribute(names.get(name) ?? name)),
    pictures: new Map([...names.values()].map((name) => [name, () => readFileSync(join(folder, name))])),
  };
}

/** As `arrange` names a picture of which only the caption is known. */
const placeholder = /(?<=<img src=")picture-\d+(?=")/g;

/** `04/05/2026` is 4 May in every language but the English of the United States, and English does not say which it is. */
const isDayFirst = (language: string): boolean | undefined =>
  /^en-US$/i.test(language) ? false : /^en$/i.test(language) ? undefined : true;
