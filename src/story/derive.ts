import { pictureId, type ShownPicture } from '../pictures/picture.ts';
import type { Problem } from '../problems/problem.ts';
import { seriesAddress, topicAddress } from '../site/address.ts';
import { isWebAddress } from '../site/link-address.ts';
import { cleanSlug } from '../site/slug.ts';
import { instantOf, isDay, localDay } from '../site/zone.ts';
import { linesOf } from '../yaml/source.ts';
import { linksOfStory } from './address-links.ts';
import { type AtKey, checkUrl, curedDate, type Key, measure, placed } from './at-keys.ts';
import { type BodyPart, isOutOfColumn, sizeOf } from './body/body.ts';
import { type BylineEntry, portraitOf } from './card.ts';
import { documentsOf } from './documents.ts';
import { hasCapitals, isAuthorId, nameOf, storyIdOf } from './names.ts';
import { checkNeeds } from './needs.ts';
import type { Newsroom } from './newsroom.ts';
import { isDraftFile, type ParsedStory } from './parse.ts';
import { namedPicture } from './picture-file.ts';
import { hasTexts, type NamedPicture, type Placeholder, showOrReplace } from './placeholder.ts';
import {
  noSuchDate,
  pictureUnused,
  sectionNeeded,
  seriesEmpty,
  slugEmpty,
  storyWithoutDate,
  topicEmpty,
  unknownAuthor,
  unknownSection,
  updatedBeforePublished,
} from './problems/front-matter.ts';
import { altOfLead } from './problems/pictures.ts';
import { setWords } from './punctuation.ts';
import type { StoryRecord } from './record.ts';
import { withoutTwins } from './related.ts';
import { seriesOf, titleOfSeries } from './series.ts';
import { bodyPictureWords, digestOfWords, type PictureWritten, samePicture } from './show-picture.ts';
import { addressOf } from './story-address.ts';

/*
 * Turns a story's file into its record, in two halves, because the disk has to be read in between. `parseStory`
 * (parse.ts) finds the pictures that the story shows. `deriveStory` needs to know what they are.
 */

/** The result for a story. Without a record, the story was refused, but its names and links are still known. */
export interface Derived {
  record?: StoryRecord;
  problems: Problem[];
  names: string[];
  links: StoryRecord['links'];
}

/**
 * Resolves a parsed story against its newsroom. Errors in a draft are warnings, so that a draft never stops anyone from
 * publishing.
 */
export async function deriveStory(parsed: ParsedStory, newsroom: Newsroom): Promise<Derived> {
  const { file, frontMatter: front } = parsed;
  const { site } = newsroom;
  const atKeys: AtKey[] = [];
  const problems: Problem[] = [...parsed.broken, ...parsed.body.problems];
  const id = storyIdOf(file);
  const dependencies = new Set<string>();

  const instant = (text: string, ...at: Key): number => {
    const found = instantOf(text, site.timeZone);
    if (found === undefined) {
      const { hint, write } = curedDate(text, site);
      atKeys.push(noSuchDate({ at, write }, at.join('.'), text, hint));
    }
    return found ?? 0;
  };
  const language = front.language ?? site.language;
  const set = <Text extends string | undefined>(text: Text): Text => setWords(text, language);
  /** A licence is a name or an address. */
  const nameOrAddress = (text: string | undefined) => (text !== undefined && isWebAddress(text) ? text : set(text));
  const show = (picture: NamedPicture, words: PictureWritten & { wanted?: string | undefined }) =>
    showOrReplace(file, picture, words, { ...newsroom, language }, dependencies);

  const isDraft = isDraftFile(parsed);
  const published = front.published === undefined ? undefined : instant(front.published, 'published');
  if (published === undefined && !isDraft) atKeys.push(storyWithoutDate({ at: ['published'] }));
  const updated = front.updated === undefined ? undefined : instant(front.updated, 'updated');
  // A date without a time means the whole day, so an update on the day of publication is valid.
  const isSameDay = (one: number, other: number) => localDay(one, site.timeZone) === localDay(other, site.timeZone);
  const isEarlier = (one: number, other: number) =>
    one < other && !(isDay(front.updated ?? '') && isSameDay(one, other));
  if (updated !== undefined && published !== undefined && isEarlier(updated, published))
    atKeys.push(updatedBeforePublished({ at: ['updated'] }, front.updated, front.published));
  const embargo = front.embargo === undefined ? undefined : instant(front.embargo, 'embargo');
  const sectionIds = site.sections.map((section) => section.id);
  const section = front.section?.normalize('NFC');
  if (section !== undefined && !sectionIds.includes(section))
    atKeys.push(unknownSection({ at: ['section'] }, section, sectionIds));

  const byline: BylineEntry[] = (front.byline ?? []).map((written, i) => {
    if (typeof written !== 'string')
      return { name: set(written.name), role: set(written.role), organisation: set(written.organisation) };
    if (!isAuthorId(written)) return { name: set(written) };
    const entry = written.normalize('NFC');
    dependencies.add(`author:${entry}`);
    const author = newsroom.author(entry);
    if (author) return { name: setWords(author.name, site.language), author: entry, ...portraitOf(author.picture) };
    // In a script without capitals, case does not show whether this is an id, so it is the name.
    if (!hasCapitals(entry)) return { name: set(written) };
    atKeys.push(unknownAuthor({ at: ['byline', i] }, entry, newsroom.authorIds(), 'byline'));
    return { name: entry };
  });

  const name = id.split('/').at(-1) ?? '';
  const slug = front.slug ?? cleanSlug(name);
  if (!slug) atKeys.push(slugEmpty({ at: ['slug'] }, name));
  const day = localDay(published ?? 0, site.timeZone);
  const address = addressOf(site, id, slug, day, section);
  if (address === undefined) atKeys.push(sectionNeeded({ at: ['section'] }, site.permalink, sectionIds[0] ?? '…'));

  const pictures = new Map<string, Omit<StoryRecord['pictures'][number], 'path'>>();
  const use = ({ shown, path }: { shown: ShownPicture; path: string }, isWide = false) => {
    const used: Omit<StoryRecord['pictures'][number], 'path'> = pictures.get(path) ?? {
      digest: pictureId(shown.facts),
      words: [],
    };
    const { original = used.original } = shown;
    pictures.set(path, {
      ...used,
      words: [...used.words, digestOfWords(shown)],
      ...(original && { original }),
      ...(isWide && { isWide }),
    });
  };
  let lead: ShownPicture | undefined;
  let leadPlaceholder: Placeholder | undefined;
  if (front.lead) {
    const shown = show(namedPicture(front.lead), front.lead);
    if ('problems' in shown)
      atKeys.push(
        ...shown.problems.map((problem) => ({
          ...problem,
          ...(problem.rule === 'picture-without-alt' ? { hint: altOfLead } : {}),
          at: ['lead', leadKeyOf(problem.rule)],
        })),
      );
    else {
      atKeys.push(...(shown.warnings ?? []).map((found) => ({ ...found, at: ['lead', 'wanted'] })));
      if ('shown' in shown) {
        lead = shown.shown;
        use(shown);
      } else if (hasTexts(shown.placeholder)) leadPlaceholder = shown.placeholder;
    }
  }
  const ofEssay = new Set<BodyPart>(front.type === 'photo-essay' ? parsed.body.body : []);
  for (const picture of parsed.body.pictures) {
    const shown = show(picture, bodyPictureWords(picture, front.pictures ?? {}));
    const found = 'problems' in shown ? shown.problems : (shown.warnings ?? []);
    problems.push(...found.map((problem) => ({ ...problem, file, line: picture.line })));
    if ('shown' in shown) use(shown, isOutOfColumn(sizeOf(picture, ofEssay.has(picture), shown.shown.facts)));
  }
  const needed = checkNeeds(file, parsed.body.needs, newsroom);
  problems.push(...needed.problems);
  for (const dependency of needed.dependencies) dependencies.add(dependency);
  for (const name of Object.keys(front.pictures ?? {}))
    if (!parsed.body.pictures.some(({ src }) => samePicture(src, name)))
      atKeys.push(pictureUnused({ at: ['pictures', name] }, name));

  for (const key of ['source', 'sponsor'] as const) checkUrl(front[key]?.url, [key, 'url'], atKeys);
  front.related?.forEach((entry, i) => {
    if (typeof entry === 'object') checkUrl(entry.url, ['related', i, 'url'], atKeys);
  });

  const topics = [
    ...new Map((front.topics ?? []).map((spelling) => [newsroom.topicId(spelling), spelling])).entries(),
  ].filter(([topic]) => topic);
  front.topics?.forEach((spelling, i) => {
    if (newsroom.topicId(spelling) === '') atKeys.push(topicEmpty({ at: ['topics', i] }, spelling));
  });
  const series = seriesOf(front.series, site.language);
  if (front.series !== undefined && !series) atKeys.push(seriesEmpty({ at: ['series'] }, titleOfSeries(front.series)));
  for (const [topic] of topics) dependencies.add(`topic:${topic}`);
  for (const [i, spelling] of (front.topics ?? []).entries())
    measure(topicAddress(newsroom.topicId(spelling)), ['topics', i], 'Give the topic a shorter name.', atKeys);
  if (series) measure(seriesAddress(series.id), ['series'], 'Give the series a shorter title.', atKeys);
  const withdrawn = front.withdrawn && {
    date: instant(front.withdrawn.date, 'withdrawn', 'date'),
    reason: set(front.withdrawn.reason),
  };
  const corrections = (front.corrections ?? []).map((correction, i) => ({
    date: instant(correction.date, 'corrections', i, 'date'),
    type: correction.type,
    text: set(correction.text),
    prominent: correction.prominent ?? false,
    ...(isDay(correction.date) && { isDay: true as const }),
  }));

  const names = [...new Set([id, (front.id ?? id).normalize('NFC')])];
  const related = withoutTwins(front.related ?? [], names, atKeys);
  const lines =
    atKeys.length || related.length || front.translationOf || front.aliases?.length
      ? await linesOf(parsed.source)
      : () => 1;
  problems.push(...(await placed(atKeys, parsed, lines)));
  const links = [
    ...parsed.body.links.map(({ target, line }) => ({ name: target, line })),
    ...(front.related ?? []).flatMap((entry, i) =>
      typeof entry === 'string' ? [{ name: nameOf(entry), line: lines(['related', i]) }] : [],
    ),
    ...(front.translationOf ? [{ name: nameOf(front.translationOf), line: lines(['translationOf']) }] : []),
  ];

  const addressLinks = isDraft ? [] : await linksOfStory(parsed, { site, language, address: address ?? '/' });

  const documents = documentsOf(file, parsed.body, address ?? '/', newsroom, dependencies);

  if (isDraft) {
    for (const problem of problems) problem.severity = 'warning';
    if (parsed.broken.length) return { problems, names, links: [] };
  } else if (problems.some(({ severity }) => severity === 'error')) return { problems, names, links };

  const state = isDraft ? 'draft' : withdrawn ? 'withdrawn' : 'ready';
  return {
    problems,
    names,
    links,
    record: {
      id,
      file,
      fileDigest: parsed.fileDigest,
      state,
      due: isDraft || published === undefined ? undefined : Math.max(published, embargo ?? published),
      card: {
        id,
        ...(front.id !== undefined && { name: front.id.normalize('NFC') }),
        address: address ?? `/${id}/`,
        headline: set(front.headline),
        standfirst: set(front.standfirst),
        kicker: set(front.kicker),
        section,
        type: front.type ?? 'news',
        byline,
        published: published ?? 0,
        updated,
        ...(isDay(front.published ?? '') && { publishedIsDay: true as const }),
        ...(isDay(front.updated ?? '') && { updatedIsDay: true as const }),
        lead,
        language: front.language === site.language ? undefined : front.language,
        sponsor: front.sponsor && { ...front.sponsor, name: set(front.sponsor.name) },
      },
      detail: {
        summary: set(front.summary),
        dateline: set(front.dateline),
        topics: topics.map(([topic]) => topic),
        related: related.map((entry) =>
          typeof entry === 'string' ? nameOf(entry) : { ...entry, title: set(entry.title) },
        ),
        series,
        source: front.source && {
          ...front.source,
          name: set(front.source.name),
          licence: nameOrAddress(front.source.licence),
        },
        corrections,
        note: set(front.note),
        warning: set(front.warning),
        minor: set(front.minor),
        translationOf: front.translationOf && nameOf(front.translationOf),
        ...(front.comments === false && { comments: false as const }),
        withdrawn,
        pictures: front.pictures ?? {},
        ...(leadPlaceholder && { leadPlaceholder }),
        ...(site.wire && front.wire !== false && { isOnWire: true as const }),
      },
      names,
      aliases: front.aliases ?? [],
      links: isDraft ? [] : links,
      addressLinks,
      pictures: [...pictures].map(([path, used]) => ({ path, ...used })),
      tables: needed.tables,
      documents,
      spellings: [...new Set(front.topics)].flatMap((spelling) => {
        const topic = newsroom.topicId(spelling);
        return topic === '' ? [] : [{ topic, spelling }];
      }),
      day,
      correctionYears: corrections.map(({ date }) => localDay(date, site.timeZone).slice(0, 4)),
      dependencies: [...dependencies],
    },
  };
}

/** The key of a lead that a problem is about: the file, unless it is about words. */
const leadKeyOf = (rule: string): string =>
  /^caption/.test(rule) ? 'caption' : /alt|decorative/.test(rule) ? 'alt' : 'src';
