import { feedAddress } from '../site/address.ts';
import type { Site } from '../site/site.ts';
import type { SourceKind } from './source.ts';

/**
 * Where the feeds of an old site were, and which feed has the same stories now. An import proposes them as `redirects`
 * in site.yaml, because subscribers go on requesting the old addresses.
 */
export function feedRedirectsOf(kind: SourceKind, { sections }: Pick<Site, 'sections'>): Record<string, string> {
  const ofSections = (old: (id: string) => string) =>
    sections.map(({ id }): [string, string] => [old(id), feedAddress(`section/${id}`)]);
  if (kind === 'wordpress')
    return Object.fromEntries([
      ['/feed/', feedAddress()],
      ['/feed/atom/', feedAddress('site', 'atom')],
      ...ofSections((id) => `/category/${id}/feed/`),
    ]);
  if (kind === 'ghost') return Object.fromEntries([['/rss/', feedAddress()], ...ofSections((id) => `/tag/${id}/rss/`)]);
  return {};
}
