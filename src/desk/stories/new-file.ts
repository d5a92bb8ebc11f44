import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { reservedSegments } from '../../site/address.ts';
import { canWindowsHold } from '../../site/address-limits.ts';
import type { Site } from '../../site/site.ts';
import { cleanSlug, idOfTitle, shortSlug } from '../../site/slug.ts';
import { localDay } from '../../site/zone.ts';
import { isAuthorId } from '../../story/names.ts';
import { frontMatterSchema } from '../../story/schema.ts';
import { writeFrontMatter, writeYaml } from '../../yaml/write/front-matter.ts';

/** What somebody wants to begin. */
export type NewFile =
  | { kind: 'story'; headline: string; type?: string | undefined; section?: string | undefined }
  | { kind: 'page' | 'author' | 'topic' | 'series'; name: string }
  | { kind: 'front'; name: string };

/** A file to write, or why there can be none, for the person at the desk. */
export type Begun = { path: string; text: string } | { refused: string };

/**
 * A story to begin with: a draft with a headline, and with a path that no other story has. It is MDX, so that it can
 * contain components.
 *
 * @param root the newsroom's folder
 * @param now in ms
 */
export function newStory(
  root: string,
  site: Site,
  { headline, type, section }: { headline: string; type?: string | undefined; section?: string | undefined },
  now: number,
): Begun {
  const slug = slugOf(headline, 'story');
  if (!slug) return { refused: `No address can be made from "${headline}". Write a headline with letters or digits.` };
  const folder = `stories/${localDay(now, site.timeZone).slice(0, 7).replace('-', '/')}`;
  const path = freePath(
    root,
    (name) => [
      `${folder}/${name}/index.mdx`,
      `${folder}/${name}/index.md`,
      `${folder}/${name}.md`,
      `${folder}/${name}.mdx`,
      `${folder}/${name}`,
    ],
    slug,
  );
  const fields = {
    headline,
    ...(section && { section }),
    ...(type && type !== 'news' && { type }),
    draft: true,
  };
  return { path, text: `${writeFrontMatter(fields, frontMatterSchema)}\n` };
}

/** A standing page to begin with, as a draft. */
export function newPage(root: string, site: Site, headline: string): Begun {
  const slug = slugOf(headline, 'page');
  if (!slug) return { refused: `No address can be made from "${headline}". Write a name with letters or digits.` };
  const isTaken =
    reservedSegments.includes(slug) || site.sections.some(({ id }) => id === slug) || /^\d{4}$/.test(slug);
  const path = freePath(root, (name) => [`pages/${name}.mdx`, `pages/${name}.md`], isTaken ? `${slug}-page` : slug);
  return { path, text: `${writeFrontMatter({ headline, draft: true })}\n` };
}

/** An author to begin with. */
export function newAuthor(root: string, name: string): Begun {
  const id = slugOf(name, 'author');
  if (!id || !isAuthorId(id)) return { refused: `No file name can be made from "${name}". Write a name with letters.` };
  return {
    path: freePath(root, (one) => [`authors/${one}.yaml`, `authors/${one}.yml`], id),
    text: writeYaml({ name }),
  };
}

/** The layout of a front that has none yet. @param name `home`, or the id of a section */
export function newFront(root: string, site: Site, name: string): Begun {
  if (name !== 'home' && !site.sections.some(({ id }) => id === name))
    return { refused: `There is no section "${name}". A front is for home or for a section.` };
  for (const path of [`fronts/${name}.yaml`, `fronts/${name}.yml`])
    if (existsSync(join(root, 'content', path))) return { path, text: '' };
  return { path: `fronts/${name}.yaml`, text: '{}\n' };
}

/** The id of a new topic or series. */
export const idOfNew = (title: string, site: Site): string => idOfTitle(title, site.language);

function slugOf(name: string, what: string): string | undefined {
  const slug = shortSlug(cleanSlug(name.toLowerCase()));
  return slug === '' ? undefined : canWindowsHold(slug) ? slug : `${slug}-${what}`;
}

/** The first path that is free: `harbour`, `harbour-2` … @param spellings all paths that would be the same thing */
export function freePath(root: string, spellings: (name: string) => string[], name: string): string {
  for (let number = 1; ; number++) {
    const paths = spellings(number === 1 ? name : `${name}-${number}`);
    if (paths.every((path) => !existsSync(join(root, 'content', path)))) return paths[0]!;
  }
}
