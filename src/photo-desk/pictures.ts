import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../index/digest.ts';
import type { IndexHandle } from '../index/handle.ts';
import { factsOf, factsOfFile } from '../index/picture-rows.ts';
import { withTemporaryIndex } from '../index/temporary.ts';
import { authorFile, pageFile, storyFile } from '../ingest/file-names.ts';
import type { OnProgress } from '../ingest/ingest.ts';
import { readAuthor, readSite } from '../ingest/newsroom-files.ts';
import { loadFacts } from '../ingest/pictures-and-tables.ts';
import { keepScan, scan } from '../ingest/scan.ts';
import type { IptcFields, PictureFacts, ShownPicture } from '../pictures/picture.ts';
import { brokenPicture, type PictureError } from '../pictures/problems.ts';
import { pictureWords, type WordOrigin } from '../pictures/words.ts';
import { engineVersion } from '../press/engine-version.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import type { Site } from '../site/site.ts';
import { baseOf } from '../site/site.ts';
import { instantOf, localDay } from '../site/zone.ts';
import { withCaption } from '../story/caption.ts';
import { storyIdOf } from '../story/names.ts';
import { parseStory } from '../story/parse.ts';
import { pictureFileOf, pictureSpellings } from '../story/picture-file.ts';
import { bodyPictureWords, type PictureWritten, pictureTextOf } from '../story/show-picture.ts';

/** The texts that a photo desk maintains, in the order of the list. */
export const deskWords = [
  'alt',
  'caption',
  'credit',
  'kind',
  'date',
  'place',
  'description',
  'copyright',
  'licence',
  'reuse',
  'sourceType',
  'focus',
] as const;
export type DeskWord = (typeof deskWords)[number];

/** The source of a text: the story, the sidecar, a block of the file, or site.yaml. */
export type Source = 'story' | 'sidecar' | 'XMP' | 'IIM' | 'Exif' | 'default';

export interface Word {
  value: string;
  from: Source;
}

/** One place where a picture is shown, and what is printed with it there. */
export interface PictureUse {
  /** The file of the story or page, newsroom-relative, with the line. */
  file: string;
  line: number;
  /** The name of the story, `2025/02/x`. Absent for a page. */
  story?: string;
  /** The local day of the story. */
  day?: string;
  isLead: boolean;
  isDecorative: boolean;
  words: Partial<Record<DeskWord, Word>>;
  missing: Missing[];
  /** What the build would refuse, in its own words. */
  refused: string[];
}

export type Missing = 'alt' | 'credit' | 'rights';

export interface DeskPicture {
  /** Newsroom-relative. */
  path: string;
  digest: string;
  widthPx: number;
  heightPx: number;
  format: string;
  /** The texts of the file and its sidecar, for a picture that is not shown anywhere. */
  words: Partial<Record<DeskWord, Word>>;
  /** Every IPTC field of the file. */
  iptc?: IptcFields;
  uses: PictureUse[];
}

export interface PictureList {
  pictures: DeskPicture[];
  /** Files that cannot be shown, and mistakes in sidecars. */
  problems: Problem[];
}

export interface ListOptions {
  /** The newsroom's folder, absolute. */
  site: string;
  /** The cache folder, absolute. It contains a temporary index meanwhile. */
  cache: string;
  /** The clock of this machine, in ms. */
  clock: number;
  onProgress?: OnProgress;
}

/**
 * Every picture of the newsroom with its texts, the source of each text, and what is missing. It includes pictures that
 * are not shown anywhere, and it works even if a build would refuse the newsroom, because that may be the reason for
 * asking.
 *
 * @throws ProblemsError if site.yaml cannot be read
 */
export async function listPictures({ site: root, cache, clock, onProgress }: ListOptions): Promise<PictureList> {
  return await withTemporaryIndex(root, cache, engineVersion(cache), async (index) => {
    const seen = scan(index, clock);
    keepScan(index, seen);
    const all = [...seen.changed].sort();
    const read = await readSite(index);
    if ('problems' in read) throw new ProblemsError(read.problems);
    const site = read.data;
    const problems: Problem[] = [];
    const files = all.filter((file) => file.startsWith('content/') && pictureName.test(file));
    const broken = new Map<string, PictureError>();
    const report = (found: Problem[]) => void problems.push(...found);
    for (let start = 0; start < files.length; start += chunk) {
      await loadFacts(index, new Set(files.slice(start, start + chunk)), site, { broken, report, owners: new Set() });
      onProgress?.('pictures', Math.min(start + chunk, files.length), files.length);
    }
    for (const [file, found] of broken) problems.push(brokenPicture(file, found));
    const pictures = new Map(files.filter((file) => !broken.has(file)).map((file) => [file, pictureOf(index, file)]));
    for (const file of all.filter((name) => authorFile.test(name)))
      for (const { path, use } of await authorUses(index, file, site)) pictures.get(path)?.uses.push(use);
    for (const file of all.filter((name) => storyFile.test(name) || pageFile.test(name)))
      for (const { path, use } of await usesIn(index, root, file, site)) pictures.get(path)?.uses.push(use);
    return { pictures: [...pictures.values()], problems };
  });
}

const chunk = 40;
const pictureName = /\.(?:jpe?g|jfif|png|webp|avif|gif|tiff?|svg)$/i;

function pictureOf(index: IndexHandle, path: string): DeskPicture {
  const { facts, iptc } = known(index, path);
  // If the picture counts as decorative, nothing is refused. The texts that a decorative picture does not show come
  // from the texts themselves.
  const { alt: _, ...rest } = facts.words;
  const said = pictureWords({ decorative: true }, { ...facts, words: rest }, path, { date: true, place: true });
  const words = 'shown' in said ? wordsOf(said.shown, said.from, iptc) : {};
  for (const key of ['alt', 'caption', 'description'] as const) {
    const value = facts.words[key];
    if (value !== undefined) words[key] = { value, from: blockOf(key, facts, iptc) };
  }
  return {
    path,
    digest: facts.digest,
    widthPx: facts.widthPx,
    heightPx: facts.heightPx,
    format: facts.format,
    words: Object.fromEntries(deskWords.flatMap((key) => (words[key] ? [[key, words[key]]] : []))),
    ...(iptc && { iptc }),
    uses: [],
  };
}

/** The facts of a loaded picture, and the fields of its file. */
function known(index: IndexHandle, path: string): { facts: PictureFacts; iptc?: IptcFields | undefined } {
  const facts = factsOf(index, path);
  if (!facts) throw new Error(`${path} was loaded and is not known`);
  return { facts, iptc: factsOfFile(index, facts.digest)?.iptc };
}

async function usesIn(index: IndexHandle, root: string, file: string, site: Site): Promise<Found[]> {
  const bytes = readFileSync(join(root, file));
  const result = await parseStory(file, bytes, digestOf(bytes), site);
  if (!('parsed' in result)) return [];
  const { frontMatter: front, body } = result.parsed;
  const language = front.language ?? site.language;
  const instant = front.published === undefined ? undefined : instantOf(front.published, site.timeZone);
  const about = {
    file,
    ...(storyFile.test(file) && { story: storyIdOf(file) }),
    ...(instant !== undefined && { day: localDay(instant, site.timeZone) }),
  };
  return [
    ...(front.lead?.src
      ? useOf(index, about, front.lead.src, front.lead, { line: 1, isLead: true }, site, language)
      : []),
    ...body.pictures
      .filter(({ isUnnamed }) => !isUnnamed)
      .flatMap((picture) =>
        useOf(
          index,
          about,
          picture.src,
          bodyPictureWords(picture, front.pictures ?? {}),
          { line: picture.line, isLead: false },
          site,
          language,
        ),
      ),
  ];
}

async function authorUses(index: IndexHandle, file: string, site: Site): Promise<Found[]> {
  const read = await readAuthor(index, file);
  if ('problems' in read || read.data.picture === undefined) return [];
  const { picture, name } = read.data;
  const words = typeof picture === 'string' ? { src: picture, alt: name } : { alt: name, ...picture };
  return useOf(index, { file }, words.src, words, { line: 1, isLead: false }, site, site.language);
}

interface Found {
  path: string;
  use: PictureUse;
}

function useOf(
  index: IndexHandle,
  about: Pick<PictureUse, 'file' | 'story' | 'day'>,
  src: string,
  written: PictureWritten,
  place: Pick<PictureUse, 'line' | 'isLead'>,
  site: Site,
  language: string,
): Found[] {
  const named = pictureFileOf(about.file, src);
  const path = named && pictureSpellings(named).find((spelling) => factsOf(index, spelling) !== undefined);
  if (!path) return [];
  const { facts, iptc } = known(index, path);
  const text = withCaption(pictureTextOf(written), { language, base: baseOf(site) });
  const said = pictureWords(text, facts, src, site.pictures);
  // The photo desk sees every text, whether the picture is refused or not, because nothing is refused for a decorative
  // picture.
  const lenient =
    'shown' in said ? said : pictureWords({ ...text, alt: undefined, decorative: true }, facts, src, site.pictures);
  const words = 'shown' in lenient ? wordsOf(lenient.shown, lenient.from, iptc) : {};
  if ('problems' in said) {
    const own = text.alt?.trim() ? text.alt : undefined;
    const alt = own ?? facts.words.alt;
    if (alt !== undefined) words.alt = { value: alt, from: own ? 'story' : blockOf('alt', facts, iptc) };
    if (!words.caption && facts.words.caption !== undefined)
      words.caption = { value: facts.words.caption, from: blockOf('caption', facts, iptc) };
  }
  const isDecorative = 'shown' in said && said.shown.alt === '';
  const refused = 'problems' in said ? said.problems.map(({ message }) => message) : [];
  return [{ path, use: { ...about, ...place, isDecorative, words, missing: missingOf(words, isDecorative), refused } }];
}

function missingOf(words: Partial<Record<DeskWord, Word>>, isDecorative: boolean): Missing[] {
  return [
    ...(words.alt || isDecorative ? [] : (['alt'] as const)),
    ...(words.credit ? [] : (['credit'] as const)),
    ...(words.copyright || words.licence ? [] : (['rights'] as const)),
  ];
}

function wordsOf(
  shown: ShownPicture,
  from: Partial<Record<keyof ShownPicture, WordOrigin>>,
  iptc: IptcFields | undefined,
): Partial<Record<DeskWord, Word>> {
  const words: Partial<Record<DeskWord, Word>> = {};
  for (const key of deskWords) {
    const [value, origin] = [shown[key], from[key]];
    if (value === undefined || value === '' || origin === undefined) continue;
    const text = typeof value === 'object' ? `${value.xPercent}% ${value.yPercent}%` : value;
    words[key] = { value: text, from: origin === 'file' ? blockIn(key, iptc) : origin };
  }
  return words;
}

const blockOf = (key: DeskWord, facts: PictureFacts, iptc: IptcFields | undefined): Source =>
  facts.sidecarKeys?.includes(key) ? 'sidecar' : blockIn(key, iptc);

/** The block of the file that a text came from. If it came from several fields, it is the first one. */
function blockIn(key: DeskWord, iptc: IptcFields | undefined): Source {
  const field = fields[key].find((name) => iptc?.from[name] !== undefined);
  return (field && iptc?.from[field]) ?? 'XMP';
}

const fields: Record<DeskWord, readonly (keyof IptcFields['from'])[]> = {
  alt: ['altText'],
  caption: ['description'],
  credit: ['creditLine', 'creators', 'source'],
  kind: [],
  date: ['dateCreated'],
  place: ['sublocation', 'city', 'state', 'country'],
  description: ['extendedDescription'],
  copyright: ['copyrightNotice'],
  licence: ['webStatement'],
  reuse: ['licensors'],
  sourceType: ['digitalSourceType'],
  focus: ['regions'],
};
