import { error, type Place, type Problem, warning } from '../problems/problem.ts';

/* Problems with `allow` in site.yaml. */

/** @param written as in site.yaml @param why a sentence */
export const allowHost = (place: Place, written: string, why: string, hint: string): Problem =>
  error('allow-host', place, `"${written.slice(0, 80)}" cannot be allowed. ${why}`, hint);

/** @param kind such as `script` @param isEverywhere whether the first entry is for every page */
export const allowHostTwice = (place: Place, host: string, kind: string, isEverywhere: boolean): Problem =>
  error(
    'allow-host-twice',
    place,
    isEverywhere
      ? `"${host}" is already allowed on every page under  allow: ${kind} .`
      : `"${host}" is twice under  allow: ${kind} .`,
    isEverywhere ? 'Delete this entry.' : 'Write one entry, with all of its pages in  on .',
  );

/** @param meant a kind of page with a similar name */
export const allowPage = (
  place: Place,
  written: string,
  meant: string | undefined,
  kinds: readonly string[],
): Problem =>
  error(
    'allow-page',
    place,
    `"${written.slice(0, 80)}" is not a kind of page.`,
    meant
      ? `Did you mean  ${meant} ?`
      : `One of: ${kinds.join(', ')}. The address of a page begins with a slash, such as  /contact/ .`,
  );

/** @param kind the kind of page at the address, if it is a built-in one @param meant the address of a page */
export const allowPageMissing = (
  place: Place,
  address: string,
  { kind, meant }: { kind: string | undefined; meant: string | undefined },
): Problem =>
  warning(
    'allow-page-missing',
    place,
    `There is no page at "${address}", so this host is not allowed there.`,
    kind !== undefined
      ? `Write  ${kind}  for pages of that kind.`
      : meant !== undefined
        ? `Did you mean  ${meant} ?`
        : 'Write the address of a page as readers see it, without the host, with a slash at its end.',
  );
