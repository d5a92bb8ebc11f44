import { listed } from '../problems/listed.ts';
import { nearest } from '../problems/nearest.ts';
import { error, type Place, type Problem, warning } from '../problems/problem.ts';

/* Problems with links to stories by name and to addresses of this site. */

export function storyLinkDead(place: Place, name: string, known: readonly string[], isOfFront: boolean): Problem {
  const meant = nearest(name, known);
  return error(
    'story-link-dead',
    place,
    `There is no story "${name}".`,
    meant
      ? `Did you mean  ${meant} ?`
      : `Name a story by its  id  or by its path below content/stories, such as  ${isOfFront ? '' : 'story:'}2025/02/harbour-reopens .`,
  );
}

export const frontStoryWaiting = (place: Place, name: string, isWithdrawn: boolean): Problem =>
  warning(
    'front-story-waiting',
    place,
    isWithdrawn
      ? `The story "${name}" is withdrawn, so the front does not show it.`
      : `The story "${name}" is not public yet. The front shows it when it is published.`,
  );

export const storyLinkWaiting = (place: Place, name: string): Problem =>
  warning(
    'story-link-waiting',
    place,
    `The story "${name}" is not public yet, so the link is printed as plain text until it is.`,
  );

export const linkWaiting = (place: Place, written: string, address: string): Problem =>
  warning(
    'link-waiting',
    place,
    `"${written}" leads to a story that is not public yet (${address}). Readers get “page not found” there until it is.`,
    'Write  story:NAME  instead. Such a link appears on the day the story is published.',
  );

export const linkMoved = (place: Place, written: string, to: string): Problem =>
  warning('link-moved', place, `"${written}" is an old address, which redirects to ${to} .`, `Write  ${to} .`);

export const linkNearly = (place: Place, written: string, address: string): Problem =>
  warning(
    'link-nearly',
    place,
    `There is no page at "${written}", but there is one at ${address} . Not every host redirects from one to the other.`,
    `Write  ${address} .`,
  );

export const linkEmptyList = (place: Place, written: string): Problem =>
  warning(
    'link-empty-list',
    place,
    `"${written}" leads to a list without public stories, so there is no page at that address.`,
    'Check the spelling, or delete the link.',
  );

/**
 * @param address that the link resolves to
 * @param meant what it looks like, for example a complete address without its scheme
 * @param suggestion an address that exists
 * @param isNavigation the link is in the navigation of site.yaml, so it is an error
 */
export function linkDead(
  place: Place,
  { written, address }: { written: string; address: string },
  { meant, suggestion }: { meant: string | undefined; suggestion: string | undefined },
  isNavigation: boolean,
): Problem {
  const isWhole = written.startsWith('/') || /^https?:/i.test(written);
  const message = meant?.startsWith('mailto:')
    ? `"${written}" is an email address without  mailto: , so browsers look for a page with that name.`
    : meant
      ? `"${written}" has no  https:// , so browsers look for a page of this site.`
      : `There is nothing at "${written}"${isWhole ? '' : `, which is ${address}`}.`;
  const hint = meant ?? suggestion;
  const say = isNavigation ? error : warning;
  return say(
    'link-dead',
    place,
    message,
    hint ? `Did you mean  ${hint} ?` : 'Correct the address, or delete the link.',
  );
}

/** An address that a browser can read but that cannot lead anywhere. @param end as `deadEndOf` returns it */
export function linkDeadEnd(
  place: Place,
  written: string,
  { why, hint }: { why: string; hint: string },
  isNavigation: boolean,
): Problem {
  const say = isNavigation ? error : warning;
  return say('link-dead', place, `"${written.length > 120 ? `${written.slice(0, 119)}…` : written}" ${why}.`, hint);
}

/** Why a link to a file of `content/` leads to nothing. */
export type UnpublishedFile =
  | { kind: 'hidden' | 'picture' | 'elsewhere' }
  | { kind: 'missing'; similar: string | undefined; beside: 'story' | 'page' }
  | { kind: 'not-a-document'; endings: readonly string[] };

export function linkToFile(place: Place, written: string, found: UnpublishedFile, isNavigation: boolean): Problem {
  const [message, hint] = fileWords(written, found);
  const say = isNavigation ? error : warning;
  return say('link-dead', place, message, hint);
}

function fileWords(written: string, found: UnpublishedFile): [message: string, hint: string] {
  const notPublished = `"${written}" is not published`;
  switch (found.kind) {
    case 'hidden':
      return [
        `${notPublished}, because hidden and temporary files are never published.`,
        'Give the file another name, or link to another one.',
      ];
    case 'missing':
      return [
        `There is no file "${written}" beside this ${found.beside}.`,
        found.similar ? `Did you mean  ${found.similar} ?` : 'Put the file into the same folder, or correct the link.',
      ];
    case 'picture':
      return [
        `${notPublished}, because pictures are shown, not linked to.`,
        `To show it, write  ![What the picture shows](${written}) . To let readers open the file itself, add  original: publish .`,
      ];
    case 'not-a-document':
      return [
        `${notPublished}, because this kind of document is not supported.`,
        `Supported kinds are ${listed(found.endings)}. Put other files into public/ .`,
      ];
    case 'elsewhere':
      return [
        `${notPublished}, because it is not in the folder of this story.`,
        'Copy the file beside the story, or put it into public/ and link to it there.',
      ];
  }
}

/** @param written the link @param known the ids in the text */
export function missingHeading(place: Place, written: string, fragment: string, known: readonly string[]): Problem {
  const meant = nearest(fragment, known);
  return warning(
    'link-fragment',
    place,
    `The page that "${written}" leads to has no heading or place "${fragment}", so the link leads to its top.`,
    meant ? `Did you mean  #${meant} ?` : 'Write the words of the heading in lower case with hyphens.',
  );
}
