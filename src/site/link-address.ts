/**
 * Whether an address that an editor wrote in the front matter, in site.yaml, or in a file beside them is safe for
 * readers. The URL parser of browsers (WHATWG) decides, because readers' browsers resolve the link: `/\evil.example`
 * and `/<tab>/evil.example` look like paths on this site but are not.
 */

/** What is wrong with an address. */
export type AddressFault =
  /** Spaces, tabs, line endings, or other control characters. Browsers ignore some of them. */
  | 'characters'
  /** A backslash, which browsers read as a slash. */
  | 'backslash'
  /** `//host/`, which leaves this site without a scheme. */
  | 'no-scheme'
  /** A scheme that is not in the list below, such as `javascript:`. */
  | 'scheme'
  /** `https://name:password@host/`. The password would be published, or the name could be mistaken for the host. */
  | 'password'
  /** It begins like a complete address, but browsers cannot read it. */
  | 'broken'
  /** Neither a path that begins with `/` nor a complete address. */
  | 'neither';

const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:', 'sms:']);

/**
 * Checks an address that is a path on this site, begins with `#`, or is complete.
 *
 * @returns undefined if the address is safe for readers
 * @see https://url.spec.whatwg.org/#concept-basic-url-parser
 */
export function faultOfAddress(written: string): AddressFault | undefined {
  if (/[\0-\x20\x7f-\x9f\u2028\u2029]/.test(written) || !written.isWellFormed()) return 'characters';
  if (written.startsWith('#')) return undefined;
  if (/^[^?#]*\\/.test(written)) return 'backslash';
  if (written.startsWith('//')) return 'no-scheme';
  if (written.startsWith('/')) return isOfThisSite(written) ? undefined : 'broken';
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(written)?.[0].toLowerCase();
  if (scheme === undefined) return 'neither';
  if (!schemes.has(scheme)) return 'scheme';
  if (!URL.canParse(written)) return 'broken';
  if (!/^https?:$/.test(scheme)) return new URL(written).pathname === '' ? 'broken' : undefined;
  // `https:/host` and `https:host` are complete addresses in one browser and paths in another.
  if (!/^https?:\/\/[^/]/i.test(written)) return 'broken';
  const { username, password } = new URL(written);
  return username || password ? 'password' : undefined;
}

/** The same for addresses that must be complete: `https://` or `http://`. */
export const isWebAddress = (written: string): boolean =>
  /^https?:/i.test(written) && faultOfAddress(written) === undefined;

/** The same for paths on this site. */
export const isSitePath = (written: string): boolean =>
  written.startsWith('/') && faultOfAddress(written) === undefined;

function isOfThisSite(path: string): boolean {
  // Two hosts. If the result is the same for both, the path alone decided it.
  const of = (origin: string) => (URL.canParse(path, origin) ? new URL(path, origin).origin === origin : false);
  return of('https://a.invalid') && of('http://b.invalid');
}

/**
 * What is wrong with an address, and what to write instead.
 *
 * @returns undefined if the address is safe for readers
 */
export function addressMistake(written: string): { message: string; hint: string } | undefined {
  const fault = faultOfAddress(written);
  if (fault === undefined) return undefined;
  const shown = JSON.stringify(written.length > 120 ? `${written.slice(0, 119)}…` : written);
  return {
    message: `${shown} cannot be used as a link: ${why[fault]}.`,
    hint: hintOf(written, fault),
  };
}

const why: Record<AddressFault, string> = {
  characters: 'it contains a space or a control character',
  backslash: 'browsers read its backslash as a slash',
  'no-scheme': 'it leads to another site but does not begin with  https: ',
  scheme: 'a link can begin only with  https: ,  http: ,  mailto: ,  tel:  or  sms: ',
  password: 'it contains a user name or a password',
  broken: 'no browser can read it',
  neither: 'it is neither a path on this site nor a complete address',
};

function hintOf(written: string, fault: AddressFault): string {
  const meant = meantAddress(written);
  if (meant !== undefined) return `Did you mean  ${meant} ?`;
  if (fault === 'characters') return 'Write %20 for a space, and delete the other characters.';
  return 'Write a path on this site that begins with / , or a complete address that begins with https:// .';
}

/**
 * The complete address that somebody meant by `www.example.org` or `jo@example.org`. Undefined if the text is neither.
 */
export function meantAddress(written: string): string | undefined {
  const text = written.trim();
  // The scheme lacks one of its characters: `https//host`, `http:host`, `ttps://host`.
  const rest = /^(?:h?t)?tps?(?::\/{0,4}|\/{2,4})(?=[\p{L}\p{N}])(.+)$/iu.exec(text)?.[1];
  if (rest !== undefined) {
    const whole = `http${/^[^:/]*s/i.test(text) ? 's' : ''}://${rest}`;
    if (whole !== text && /^[^/?#]*\.[^/?#]/.test(rest) && faultOfAddress(whole) === undefined) return whole;
  }
  if (/^[^\s@/?#:<>"]+@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:\?[^\s#]*)?$/u.test(text)) return `mailto:${text}`;
  const host =
    /^(?:\/\/)?((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,24})(?::\d{1,5})?(?:[/?#]\S*)?$/u.exec(
      text,
    )?.[1];
  if (host === undefined || !URL.canParse(`https://${text.replace(/^\/\//, '')}`)) return undefined;
  if (!/^www\./i.test(host) && !text.startsWith('//') && isFileEnding(host)) return undefined;
  return `https://${text.replace(/^\/\//, '')}`;
}

/** `report.pdf` is a file, although a domain with that name could exist. The same goes for `index.html`. */
const isFileEnding = (host: string): boolean =>
  /\.(?:html?|xhtml|php\d?|aspx?|jsp|cgi|md|mdx|txt|pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|tsv|epub|zip|gz|ics|gpx|json|geojson|xml|ya?ml|jpe?g|png|gif|webp|avif|svg|tiff?|mp[34]|m4[av]|og[gav]|opus|wav|flac|webm|mov|css|m?js|ts)$/i.test(
    host,
  );
