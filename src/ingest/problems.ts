import { listed } from '../problems/listed.ts';
import { nearest } from '../problems/nearest.ts';
import { error, type Place, type Problem, warning } from '../problems/problem.ts';
import { slugify } from '../site/slug.ts';
import { doubleQuoted } from '../yaml/write/scalar.ts';

/*
 * Problems with a newsroom as a whole: its files, names, addresses, and lists. Problems with links are in
 * `link-problems.ts`, those with redirects of site.yaml in `redirect-problems.ts`.
 */

/** @param at the file that was expected */
export const noNewsroom = (siteFile: string, at = siteFile): Problem =>
  error(
    'no-newsroom',
    { file: siteFile, line: 1 },
    `There is no newsroom here: ${at} is missing.`,
    'Create one with  broadsheet init , or name another folder with  --site DIR .',
  );

export const newsroomEmpty = (): Problem =>
  error(
    'newsroom-empty',
    { file: 'content/stories', line: 1 },
    'This newsroom has no stories yet.',
    'Create one with  broadsheet new story "A headline" .',
  );

/** @param format of the newsroom's files @param formatMax that this version reads */
export const newerFormat = (place: Place, format: number, formatMax: number): Problem =>
  error(
    'newer-format',
    place,
    `This newsroom has format ${format}, but this version of Broadsheet reads formats up to ${formatMax}.`,
    'Update Broadsheet with  npm install broadsheet@latest , or go back to the files as they were before the upgrade.',
  );

/** @param leads where the link leads */
export const symbolicLink = (file: string, leads: 'nowhere' | 'outside' | 'to-folder'): Problem => {
  const [message, hint] = links[leads];
  return error('symbolic-link', { file, line: 1 }, message, hint);
};

const links = {
  nowhere: ['This symbolic link has no target.', 'Delete it, or put the file itself here.'],
  outside: ['This symbolic link points outside the newsroom.', 'Put the file itself here.'],
  'to-folder': ['This symbolic link points to a folder.', 'Put the folder itself here.'],
} as const;

export const strayFile = (file: string, hint: string): Problem =>
  warning('stray-file', { file, line: 1 }, 'Broadsheet does not read this file.', hint);

/** Where a file was probably meant to be. */
export const strayHints = {
  text: 'Stories go into content/stories/ , pages such as About into content/pages/ .',
  author: 'Author files go directly into content/authors/ , such as content/authors/ann.yaml .',
  front: 'Fronts go directly into content/fronts/ : home.yaml, or the id of a section.',
};

const renameOne = 'Delete or rename one of the two.';

export const storyTwice = (file: string, other: string): Problem =>
  error('story-twice', { file, line: 1 }, `This story has the same name as ${other}.`, renameOne);

/** Two files of a theme for the same page, such as `about.mdx` and `about.astro`. */
export const themePageTwice = (file: string, other: string): Problem =>
  error('page-twice', { file, line: 1 }, `This page has the same name as ${other}.`, renameOne);

/** @param kind of the file */
export const fileTwice = (kind: 'author' | 'page' | 'front', file: string, other: string): Problem =>
  error(`${kind}-twice`, { file, line: 1 }, `This ${kind} has the same name as ${other}.`, renameOne);

export const nameTaken = (place: Place, name: string, other: string): Problem =>
  error(
    'name-taken',
    place,
    `Two stories have the name "${name}": this one and ${other}.`,
    'Give one of them another  id: … .',
  );

/** A page of the theme without front matter. @param message as for a story */
export const themePageFrontMatter = (place: Place, message: string): Problem =>
  error(
    'front-matter-missing',
    place,
    message,
    'A page in  theme/pages/  begins with a line  --- , then  title: … , then another line  --- .',
  );

/** @param message as `claim` returns it: one of `takenBecause` */
export const addressTaken = (place: Place, message: string, hint: string): Problem =>
  error('address-taken', place, message, hint);

/** Why an address cannot be used, as a sentence. */
export const takenBecause = {
  hosts: (address: string) => `The address ${address} is reserved, because hosts use it.`,
  site: (address: string) => `The address ${address} is reserved for the site itself.`,
  same: (address: string, file: string) => `The address ${address} is already used by ${file}.`,
  nearly: (address: string, other: string, file: string) =>
    `The address ${address} differs only in case or Unicode form from ${other} (${file}). On some disks and hosts the two are the same.`,
  below: (address: string, file: string) =>
    `The address ${address} needs a folder where there is already a file: ${file}.`,
};

/** @param message as `claim` returns it @param isBeside the other address is not the same, but no file can hold both */
export const aliasTaken = (place: Place, alias: string, message: string, isBeside = false): Problem =>
  error(
    'alias-taken',
    place,
    `The alias "${alias}" cannot be used. ${message}`,
    isBeside
      ? 'Write it under  redirects:  in content/site.yaml instead. Hosts distinguish the two addresses, but disks may not.'
      : 'Delete the alias, or give the other page another address.',
  );

export const aliasOfNothing = (place: Place, alias: string): Problem =>
  error(
    'alias-taken',
    place,
    `The alias "${alias}" cannot be an old address of this site.`,
    'Write only the path, such as /2014/05/old-name/ .',
  );

/** @param owner of the same address, in the index */
export const aliasOfTwo = (place: Place, alias: string, owner: string): Problem =>
  error('alias-taken', place, `The alias "${alias}" is also an alias of ${owner}.`, 'Delete it from one of the two.');

export const aliasWildcard = (place: Place, alias: string): Problem =>
  warning(
    'alias-wildcard',
    place,
    `The alias "${alias}" redirects only that exact address, because * is not a wildcard here.`,
    'Write each old address in full, or redirect a folder with  redirects:  in content/site.yaml.',
  );

export const aliasForWindows = (place: Place, alias: string): Problem =>
  warning(
    'address-for-windows',
    place,
    `Windows cannot store a file for the alias "${alias}", so a site that is built or stored on Windows has no page at this alias.`,
    'You do not need to do anything on other systems. On Windows, add this redirect to the settings of the host, and delete the alias.',
  );

/** @param pattern what a list of redirects reads as one */
export const aliasLeftOut = (place: Place, alias: string, pattern: string): Problem =>
  warning(
    'alias-wildcard',
    place,
    `The alias "${alias}" is left out of the list of redirects (_redirects), because  ${pattern}  stands for any name in such a list. A page redirects readers instead.`,
    'You do not need to do anything unless your host reads only the list. In that case, add this redirect to the settings of the host.',
  );

export const aliasNotListed = (place: Place, alias: string): Problem =>
  warning(
    'alias-not-listed',
    place,
    `The alias "${alias}" does not redirect anything, because hosts would read it as a pattern for other addresses.`,
    'Write a query as  ?key=value , without * and without a colon before a letter.',
  );

export const sectionTwice = (place: Place, id: string): Problem =>
  error('section-twice', place, `There are two sections with the id "${id}".`, 'Give one of them another id.');

export const feedTwice = (place: Place, id: string): Problem =>
  error('feed-twice', place, `There are two feeds with the id "${id}".`, 'Give one of them another id.');

/** @param topics the topics of the newsroom */
export const feedEmpty = (place: Place, id: string, named: readonly string[], topics: readonly string[]): Problem => {
  const missing = named.filter((topic) => !topics.includes(topic));
  const [first] = missing;
  const similar = first === undefined ? undefined : nearest(first, topics);
  return warning(
    'feed-empty',
    place,
    missing.length > 0
      ? `The feed "${id}" has no stories. No story has the ${missing.length > 1 ? 'topics' : 'topic'} ${listed(missing.map((topic) => `"${topic}"`))}.`
      : `The feed "${id}" has no stories.`,
    similar === undefined
      ? 'Check its  sections  and  topics . If stories will come, you do not need to do anything.'
      : `Did you mean "${similar}"?`,
  );
};

export const authorId = (file: string, id: string): Problem =>
  error(
    'author-id',
    { file, line: 1 },
    `"${id}" cannot be the id of an author, because it cannot be used in an address.`,
    `Rename the file to ${slugify(id) || 'first-last'}.yaml.`,
  );

/** @param suggested an id that works; may be empty */
export const topicId = (place: Place, id: string, suggested: string): Problem =>
  error('topic-id', place, `"${id}" cannot be used in an address.`, idHint(id, suggested));

/** @param suggested an id that works; may be empty */
export const seriesId = (place: Place, id: string, suggested: string): Problem =>
  error('series-id', place, `"${id}" cannot be used in an address.`, idHint(id, suggested));

const idHint = (id: string, suggested: string) =>
  `Write  ${suggested || '…'}:  and, below it,  title: ${doubleQuoted(id)} .`;

export const topicTwice = (place: Place, spelling: string, id: string, other: string): Problem =>
  error(
    'topic-twice',
    place,
    `"${spelling}" is a name of the topic "${id}" and of "${other}".`,
    'Delete it from one of the two.',
  );

export function topicSigns(place: Place, topic: string, spelling: string, other: string): Problem {
  // The spelling that equals the id comes first, because a story's topic is read as an id if possible.
  const [first, second] = spelling === topic ? [spelling, other] : [other, spelling];
  return warning(
    'topic-signs',
    place,
    `The topics "${spelling}" and "${other}" have the same address, /topics/${topic}/, so they are one topic.`,
    `If they are the same topic, spell them the same way. If they are two topics, add to content/topics.yaml:\n${topic}: { title: ${doubleQuoted(first)} }\n${topic}-2: { title: ${doubleQuoted(second)} }`,
  );
}

/** @param known ids of fronts */
export function unknownFront(file: string, id: string, known: string[]): Problem {
  const meant = nearest(id, known);
  return error(
    'unknown-front',
    { file, line: 1 },
    `There is no front "${id}". A front is  home  or the id of a section of content/site.yaml.`,
    meant
      ? `Did you mean  content/fronts/${meant}.yaml ?`
      : `The fronts are: ${known.join(', ')}. Rename the file, or add the section.`,
  );
}

/** @param isPinned whether its first place is the pinned one */
export const frontStoryTwice = (place: Place, name: string, isPinned: boolean): Problem =>
  warning(
    'front-story-twice',
    place,
    `The story "${name}" is named twice. The front shows it only in its first place${isPinned ? ', which is the pinned one' : ''}.`,
    'Delete one of the two.',
  );

/** @param expires as written @param isPast it is too late */
export const securityExpires = (place: Place, expires: string, isPast: boolean): Problem =>
  warning(
    'security-expires',
    place,
    isPast
      ? `The information in security.txt expired on ${expires}, so researchers must not use it any more.`
      : `The information in security.txt expires on ${expires}.`,
    'Check that the addresses under  security  are still correct, and write a later date, less than a year ahead.',
  );

/** @param missing keys of `policies` in site.yaml */
export const policiesMissing = (place: Place, missing: readonly string[]): Problem =>
  warning(
    'policies-missing',
    place,
    `policies  names no page for: ${missing.join(', ')}.`,
    'Write a page in content/pages for each, and name its address here. Search engines show readers what you say about yourself.',
  );
