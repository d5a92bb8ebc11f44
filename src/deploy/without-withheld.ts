import type { WithheldStory } from '../index/withheld.ts';
import { isWireAddress } from '../site/address.ts';
import type { Contents, FileDigest } from '../site/manifest.ts';
import { unescapeHtml } from '../site/markup.ts';
import { partOfSite } from './order.ts';
import { canRefer, filesOfAddress, referencesIn } from './references.ts';
import type { Withheld } from './withheld.ts';

/* A rollback must not bring back what was withdrawn, hidden, or deleted since. */

export interface Mixed {
  /** The earlier publish, with some files as they are now. */
  contents: Map<string, FileDigest>;
  /** The stories that would have come back. */
  stories: WithheldStory[];
  /** Files of the earlier publish that stay as they are now, because they show such a story, or because a file that stays needs them. */
  stayed: string[];
}

/**
 * The earlier publish without stories that are withheld now.
 *
 * Its page, and every list and feed that names it, stays as it is now, or stays away. What a page that stays refers to
 * stays, too, and a page that refers to something which stays away is treated in the same way. So nothing refers to a
 * missing file. A picture that only such a story showed stays away.
 *
 * @param old the earlier publish @param now what is at the target, both without the manifest
 * @param textOf the text of a file, by path and digest
 */
export async function withoutWithheld(
  old: Contents,
  now: Contents,
  withheld: Withheld,
  textOf: (path: string, sha256: string) => Promise<string>,
): Promise<Mixed> {
  const contents = new Map(old);
  const isBack = (path: string) => contents.has(path) && contents.get(path)?.sha256 !== now.get(path)?.sha256;
  const returning = [...old.keys()].filter(isBack);
  const referred = new Map<string, Set<string>>();
  for (const path of returning)
    if (canRefer(path)) referred.set(path, referencesIn(await textOf(path, old.get(path)!.sha256), withheld));

  const deleted = await deletedStories(returning, withheld, async (path) => await textOf(path, old.get(path)!.sha256));
  const owners = new Map(
    [...withheld.stories, ...deleted].flatMap((story) =>
      [story.address, ...story.aliases].map((address) => [address, story] as const),
    ),
  );
  const stories = new Set<WithheldStory>();
  const stale: string[] = [];
  for (const path of returning) {
    const own = ownerOf(addressOfFile(path), owners);
    // A story that only links to one can come back, if the link leads somewhere. Lists and feeds would print its words.
    const named =
      partOfSite(path) === 'story' ? [] : [...(referred.get(path) ?? [])].flatMap((at) => ownerOf(at, owners));
    const found = [...own, ...named];
    if (found.length === 0) continue;
    for (const story of found) stories.add(story);
    stale.push(path);
  }
  if (stale.length === 0) return { contents, stories: [], stayed: [] };

  const stayed = new Set<string>();
  const staysAway = new Set<string>();
  const waiting = [...stale];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (stayed.has(path) || staysAway.has(path)) continue;
    const here = now.get(path);
    if (!here) {
      staysAway.add(path);
      contents.delete(path);
      for (const [other, addresses] of referred) if (isBack(other) && refersTo(addresses, path)) waiting.push(other);
      continue;
    }
    stayed.add(path);
    contents.set(path, here);
    if (!canRefer(path)) continue;
    for (const address of referencesIn(await textOf(path, here.sha256), withheld))
      for (const file of filesOfAddress(address)) if (!contents.has(file) && now.has(file)) waiting.push(file);
  }
  dropUnusedPictures(contents, now, referred, isBack);
  keepSearch(contents, now);
  return { contents, stories: [...stories], stayed: [...stayed].sort() };
}

/** Stories and pages whose files the newsroom does not have any more. */
async function deletedStories(
  returning: readonly string[],
  { stories, isKnown }: Withheld,
  textOf: (path: string) => Promise<string>,
): Promise<WithheldStory[]> {
  const hidden = new Set(stories.flatMap(({ address, aliases }) => [address, ...aliases]));
  const deleted: WithheldStory[] = [];
  for (const path of returning) {
    const address = addressOfFile(path);
    if (partOfSite(path) !== 'story' || isWireAddress(`/${path}`) || hidden.has(address) || isKnown(address)) continue;
    const text = await textOf(path);
    // The page of an old address leads to one that stays away.
    if (/<meta http-equiv="refresh"/i.test(text)) continue;
    const headline = headlineOf(text) ?? address;
    deleted.push({ id: address, headline, address, aliases: [], why: 'deleted' });
  }
  return deleted;
}

function headlineOf(page: string): string | undefined {
  const [, escaped] = /<meta property="og:title" content="([^"]*)"/.exec(page) ?? /<title>([^<]*)/.exec(page) ?? [];
  return escaped === undefined ? undefined : unescapeHtml(escaped);
}

const addressOfFile = (path: string): string => `/${path.replace(/(^|\/)index\.html$/, '$1')}`;

/** The story at an address, or the one whose folder contains it: its documents are there. */
function ownerOf(address: string, owners: ReadonlyMap<string, WithheldStory>): WithheldStory[] {
  const exact = owners.get(address) ?? owners.get(`${address}/`);
  if (exact) return [exact];
  const folder = owners.get(address.slice(0, address.lastIndexOf('/') + 1));
  return folder && address !== '/' ? [folder] : [];
}

const refersTo = (addresses: ReadonlySet<string>, path: string): boolean =>
  addresses.has(`/${path}`) ||
  addresses.has(addressOfFile(path)) ||
  addresses.has(addressOfFile(path).replace(/\/$/, ''));

/**
 * The search index holds the words of every story of a year, so an earlier one would bring back those of the stories that
 * are withheld. It stays as it is now: a reader can find a story that the rollback took back, and its page is missing.
 */
function keepSearch(contents: Map<string, FileDigest>, now: Contents): void {
  const isSearch = (path: string) => path.startsWith('pagefind/');
  for (const path of [...contents.keys()]) if (isSearch(path) && !now.has(path)) contents.delete(path);
  for (const [path, file] of now) if (isSearch(path)) contents.set(path, file);
}

/** A picture comes back only if something that comes back shows it. */
function dropUnusedPictures(
  contents: Map<string, FileDigest>,
  now: Contents,
  referred: ReadonlyMap<string, ReadonlySet<string>>,
  isBack: (path: string) => boolean,
): void {
  const used = new Set<string>();
  for (const [path, addresses] of referred) if (isBack(path)) for (const address of addresses) used.add(address);
  for (const path of [...contents.keys()])
    if (path.startsWith('assets/pictures/') && !now.has(path) && !used.has(`/${path}`)) contents.delete(path);
}
