import type { Focus } from './focus.ts';
import type { ImageRegion, IptcFields, PictureRights, PictureWords } from './picture.ts';
import { comparable } from './plain-text.ts';

/**
 * The IPTC fields of a file that can be printed with it. `PictureWords` says which field is which.
 *
 * A description that only repeats names, or that cameras write into every file, is not a caption.
 */
export function wordsOfFields(fields: IptcFields): PictureWords {
  const { creators, source, copyrightNotice, licensors, digitalSourceType } = fields;
  const creator = creators?.join(', ');
  const credit = creditLine({ creditLine: fields.creditLine, creator, source });
  const namings = [credit, creator, source, copyrightNotice];
  const { description } = fields;
  return defined({
    alt: fields.altText,
    caption: description !== undefined && !isNoCaption(description, namings) ? description : undefined,
    credit,
    description: fields.extendedDescription,
    date: fields.dateCreated?.slice(0, 10),
    place: placeOf(fields),
    copyright: copyrightNotice,
    licence: fields.webStatement,
    reuse: licensors?.find(({ url }) => url !== undefined)?.url,
    sourceType: digitalSourceType?.slice(digitalSourceType.lastIndexOf('/') + 1),
  });
}

/** The rights of a file that are written into its renditions, or undefined if it names none. */
export function rightsOfFields(fields: IptcFields): PictureRights | undefined {
  const { creators, creditLine, copyrightNotice, webStatement, licensors, usageTerms } = fields;
  const { digitalSourceType, dataMining, description } = fields;
  const rights: PictureRights = defined({
    creators,
    creditLine,
    copyrightNotice,
    webStatement,
    licensors,
    usageTerms,
    digitalSourceType,
    dataMining,
    description,
  });
  return Object.keys(rights).length > 0 ? rights : undefined;
}

/**
 * The focal point in Image Regions: the middle of the region with the role "main subject", or of all regions together.
 *
 * @see http://cv.iptc.org/newscodes/imageregionrole/
 */
export function focusOfRegions(regions: readonly ImageRegion[] | undefined): Focus | undefined {
  if (!regions || regions.length === 0) return undefined;
  const main = regions.filter(({ roles }) => roles?.some((role) => mainRole.test(role)));
  const chosen = main.length > 0 ? main : regions;
  const [left, top] = [Math.min(...chosen.map(({ x }) => x)), Math.min(...chosen.map(({ y }) => y))];
  const right = Math.max(...chosen.map(({ x, width }) => x + width));
  const bottom = Math.max(...chosen.map(({ y, height }) => y + height));
  const percent = (from: number, to: number) => Math.round(Math.min(1, Math.max(0, (from + to) / 2)) * 100);
  return { xPercent: percent(left, right), yPercent: percent(top, bottom) };
}

const mainRole = /(?:mainSubjectArea|mainSubject|areaOfInterest|subjectArea)$/i;

/** Sublocation, city, state, and country, each once: an agency that writes "Galway" twice means one place. */
function placeOf({ sublocation, city, state, country }: IptcFields): string | undefined {
  const parts: string[] = [];
  for (const part of [sublocation, city, state, country])
    if (part !== undefined && !parts.some((said) => comparable(said) === comparable(part))) parts.push(part);
  return parts.length > 0 ? parts.join(', ') : undefined;
}

/**
 * The credit to print below a picture, or undefined if the file names nobody.
 *
 * "Credit Line" takes precedence. Otherwise it is "Creator" and "Source" joined by " / ", or only one of them if one
 * contains the other. Nothing is guessed from the file name.
 *
 * @param named text as `plainText` returns it
 * @see IPTC Photo Metadata Standard, Credit Line
 * @example creditLine({ creator: 'A. Diallo', source: 'Coast Agency' }) // 'A. Diallo / Coast Agency'
 */
export function creditLine(named: {
  creditLine?: string | undefined;
  creator?: string | undefined;
  source?: string | undefined;
}): string | undefined {
  const { creator, source } = named;
  if (named.creditLine !== undefined) return named.creditLine;
  if (creator === undefined || source === undefined) return creator ?? source;
  if (says(source, creator)) return source;
  return says(creator, source) ? creator : `${creator} / ${source}`;
}

/** Whether a "caption" only repeats names, or is what the camera writes into every file. */
function isNoCaption(text: string, namings: readonly (string | undefined)[]): boolean {
  if (cameraStock.test(text)) return true;
  const said = nameWords(text);
  return namings.some((naming) => naming !== undefined && sameWords(said, nameWords(naming)));
}

// As written by Olympus, Sony, Nikon, Konica Minolta, Samsung, Fujifilm, Huawei, and DJI devices.
const cameraStock =
  /^(?:(?:olympus|minolta|konica minolta|samsung|fujifilm)? ?digital (?:still )?camera|sony dsc|samsung csc|exif[_ ]jpeg[_ ]picture|dcim[\\/].*|dji_?\d+\S*|(?:r?hdr|cof|dav|edf|mde|oznor|ptr|sdr|untitled|default)(?:_\w+)*)$/i;

const fillers = new Set([
  'photo',
  'photograph',
  'picture',
  'image',
  'by',
  'credit',
  'courtesy',
  'of',
  'copyright',
  '©',
  'c',
]);

const nameWords = (text: string) =>
  new Set(
    comparable(text)
      .split(' ')
      .filter((word) => !fillers.has(word)),
  );

const sameWords = (a: Set<string>, b: Set<string>) => a.size > 0 && a.size === b.size && a.isSubsetOf(b);

const says = (whole: string, part: string) => ` ${comparable(whole)} `.includes(` ${comparable(part)} `);

/** Without keys that have no value. */
function defined<T extends object>(record: { [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
