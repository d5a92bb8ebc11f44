import { nearest } from '../../problems/nearest.ts';
import { error, type Finding, warning } from '../../problems/problem.ts';
import { doubleQuoted } from '../../yaml/write/scalar.ts';
import { didYouMean } from './shared.ts';

/*
 * Problems with the front matter of a story. Each function takes the place as the caller knows it, which is often a
 * key.
 */

/** @param key with the keys around it, such as `banner.until` @param hint what was probably meant */
export const noSuchDate = <At extends object>(place: At, key: string, text: string, hint: string): At & Finding =>
  error('no-such-date', place, `${key}: the date "${text}" does not exist.`, hint);

export const storyWithoutDate = <At extends object>(place: At): At & Finding =>
  error(
    'missing-key',
    place,
    'This story has no  published , which is required.',
    'Add  published: 2025-02-12T18:00  or, if the story is not ready yet,  draft: true .',
  );

export const updatedBeforePublished = <At extends object>(
  place: At,
  updated: string | undefined,
  published: string | undefined,
): At & Finding =>
  error(
    'updated-before-published',
    place,
    `updated (${updated}) is earlier than published (${published}).`,
    'Correct one of the two dates.',
  );

export const unknownSection = <At extends object>(place: At, section: string, known: readonly string[]): At & Finding =>
  error(
    'unknown-section',
    place,
    `There is no section "${section}" in content/site.yaml.`,
    didYouMean(
      nearest(section, known),
      known.length > 0 ? `The sections are: ${known.join(', ')}.` : 'Add it to  sections  there.',
    ),
  );

/** @param printed how to print a name without an author file */
export const unknownAuthor = <At extends object>(
  place: At,
  id: string,
  known: readonly string[],
  printed: 'byline' | 'component',
): At & Finding =>
  error(
    'unknown-author',
    place,
    `There is no author file content/authors/${id}.yaml.`,
    didYouMean(
      nearest(id, known),
      printed === 'byline'
        ? `Add the file, or write the name as it should be printed:  { name: "${id}" } .`
        : 'Add the file, or write  name="…"  instead of  author="…" .',
    ),
  );

/** @param name of the story's file or folder */
export const slugEmpty = <At extends object>(place: At, name: string): At & Finding =>
  error(
    'slug-empty',
    place,
    `The file name "${name}" has no character that can be used in an address.`,
    'Add a line  slug: …  with letters or digits.',
  );

export const sectionNeeded = <At extends object>(place: At, permalink: string, example: string): At & Finding =>
  error(
    'missing-key',
    place,
    `This story has no  section , which the permalink of site.yaml needs (${permalink}).`,
    `Add a line  section: ${example} .`,
  );

export const pictureUnused = <At extends object>(place: At, name: string): At & Finding =>
  warning(
    'picture-unused',
    place,
    `The text does not show a picture "${name}", so these words are not printed.`,
    'Correct the name, or delete the entry.',
  );

export const topicEmpty = <At extends object>(place: At, topic: string): At & Finding =>
  error(
    'topic-empty',
    place,
    `topics: "${topic}" has no letter, digit or symbol that can be used in an address.`,
    `Give it an id in content/topics.yaml:  my-topic: { title: ${doubleQuoted(topic)} } , and write  my-topic  here.`,
  );

export const seriesEmpty = <At extends object>(place: At, title: string): At & Finding =>
  error(
    'series-empty',
    place,
    `series: "${title}" has no letter, digit or symbol that can be used in an address.`,
    'Give the series a title with letters or digits.',
  );

export const relatedItself = <At extends object>(place: At, name: string): At & Finding =>
  warning(
    'related-itself',
    place,
    `related: "${name}" is this story itself. It is not listed.`,
    'Delete it from the list.',
  );

export const relatedTwice = <At extends object>(place: At, name: string): At & Finding =>
  warning(
    'related-twice',
    place,
    `related: "${name}" is listed twice. It is printed once.`,
    'Delete one of the two entries.',
  );

/** @param key with the keys around it @param mistake of `addressMistake` */
export const wrongAddress = <At extends object>(
  place: At,
  key: string | undefined,
  mistake: { message: string; hint: string },
): At & Finding =>
  error('link-scheme', place, `${key === undefined ? '' : `${key}: `}${mistake.message}`, mistake.hint);
