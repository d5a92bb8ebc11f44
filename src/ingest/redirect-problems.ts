import { error, type Place, type Problem, warning } from '../problems/problem.ts';

/* Problems with `redirects` in site.yaml. */

/** @param why as a sentence */
export const redirectTaken = (place: Place, from: string, why: string): Problem =>
  error(
    'redirect-taken',
    place,
    `"${from}" cannot be redirected. ${why}`,
    'Delete this redirect, or give the page another address.',
  );

/** @param steps the addresses in the circle, the first one again at the end */
export const redirectLoop = (place: Place, from: string, steps: readonly string[]): Problem =>
  error(
    'redirect-loop',
    place,
    `"${from}" leads back to itself: ${steps.join(' → ')}.`,
    'Redirect it to the address of a page.',
  );

/** @param last where the chain ends */
export const redirectChain = (place: Place, from: string, to: string, last: string): Problem =>
  warning(
    'redirect-chain',
    place,
    `"${from}" leads to "${to}", which is itself an old address and leads to ${last} .`,
    `Write  ${last} . Each redirect takes readers another request.`,
  );

/** @param meant a page at a nearly identical address */
export const redirectTargetMissing = (place: Place, from: string, to: string, meant?: string): Problem =>
  warning(
    'redirect-target-missing',
    place,
    `"${from}" leads to "${to}", but there is nothing at that address.`,
    meant ? `Did you mean  ${meant} ?` : 'Correct the address, or delete the redirect.',
  );

/** @param page a page in the folder */
export const redirectOverPages = (place: Place, from: string, page: string): Problem =>
  warning(
    'redirect-over-pages',
    place,
    `"${from}" also matches pages of this site, such as ${page} .`,
    'List the old addresses one by one. Most hosts show the pages first, but Cloudflare would not, so it does not get this redirect.',
  );
