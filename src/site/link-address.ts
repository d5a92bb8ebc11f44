/**
 * Whether readers may be sent to an address that an editor wrote into the front matter, site.yaml or a file beside
 * them. The URL parser of browsers (WHATWG) has the last word, because readers' browsers decide where a link leads:
 * `/\evil.example` and `/<tab>/evil.example` look like paths of this site and are not.
 */

/** What is wrong with a written address. */
export type AddressFault =
  /** Spaces, tabs, line ends or other control characters: browsers drop some of them and read on. */
  | 'characters'
  /** A backslash, which browsers read as a slash. */
  | 'backslash'
  /** `//host/` leaves this site without saying so. */
  | 'no-scheme'
  /** A scheme that is none of those below, such as `javascript:`. */
  | 'scheme'
  /** `https://name:password@host/`: the password is published, or the name passes for the host. */
  | 'password'
  /** It begins like a complete address and no browser can read it. */
  | 'broken'
  /** Neither a path that begins with `/` nor a complete address. */
  | 'neither';

const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:', 'sms:']);

/**
 * Judges an address that is a path of this site, begins with `#`, or is complete.
 *
 * @returns undefined when readers may be sent there
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
  // `https:/host` and `https:host` are read as complete by one browser and as a path by another.
  if (!/^https?:\/\/[^/]/i.test(written)) return 'broken';
  const { username, password } = new URL(written);
  return username || password ? 'password' : undefined;
}

/** The same of addresses that must be complete: `https://` or `http://`. */
export const isWebAddress = (written: string): boolean =>
  /^https?:/i.test(written) && faultOfAddress(written) === undefined;

/** The same of paths of this site. */
export const isSitePath = (written: string): boolean =>
  written.startsWith('/') && faultOfAddress(written) === undefined;

function isOfThisSite(path: string): boolean {
  // Two hosts: what comes out the same for both was decided by the path alone.
  const of = (origin: string) => (URL.canParse(path, origin) ? new URL(path, origin).origin === origin : false);
  return of('https://a.invalid') && of('http://b.invalid');
}

/**
 * What is wrong with an address, and what to write.
 *
 * @returns nothing when readers may be sent there
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

/** The complete address that somebody meant by `www.example.org` or `jo@example.org`; undefined when neither is meant. */
export function meantAddress(written: string): string | undefined {
  const text = written.trim();
  // The scheme is there but for one of its signs: `https//host`, `http:host`, `ttps://host`.
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

/** `report.pdf` is a file, though there could be a domain of that name; `index.html` too. */
const isFileEnding = (host: string): boolean =>
  /\.(?:html?|xhtml|php\d?|aspx?|jsp|cgi|md|mdx|txt|pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|tsv|epub|zip|gz|ics|gpx|json|geojson|xml|ya?ml|jpe?g|png|gif|webp|avif|svg|tiff?|mp[34]|m4[av]|og[gav]|opus|wav|flac|webm|mov|css|m?js|ts)$/i.test(
    host,
  );
