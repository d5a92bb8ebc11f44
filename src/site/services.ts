import type { Sources } from './allow.ts';
import { isSitePath } from './link-address.ts';
import { absoluteHrefOf, originOf, type Site } from './site.ts';

/* What `analytics.ts` and `comments.ts` have in common. */

/** The complete address of a program, with a slash at its end. */
export const serviceBase = (site: Pick<Site, 'url'>, written: string): string =>
  `${isSitePath(written) ? absoluteHrefOf(site, written) : new URL(written).href}`.replace(/\/*$/, '/');

/** Sources of a policy, without those that are on the site itself, which `'self'` covers. */
export const sourcesElsewhere = (site: Pick<Site, 'url'>, sources: Sources): Sources =>
  Object.fromEntries(
    Object.entries(sources).flatMap(([kind, list]) => {
      const elsewhere = list.filter((source) => new URL(source).origin !== originOf(site));
      return elsewhere.length > 0 ? [[kind, elsewhere]] : [];
    }),
  );

/** A text as a part of an inline script. `<` is escaped so that nothing can close the script. */
export const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
