import * as z from 'zod';
import { readAlias } from './alias.ts';
import { isWebAddress } from './link-address.ts';

/* The keys of site.yaml that only hosts read. No page depends on them, so a change renders no page again. */

/** Hosts for which a build writes files of their own, besides `_headers` and `_redirects`. */
export const hostNames = ['netlify', 'cloudflare', 'vercel', 'azure', 'apache', 'github'] as const;
export type HostName = (typeof hostNames)[number];

/** The files of a site that only hosts read, each with the host that must be named for it. */
export const hostFiles = [
  { name: '_redirects' },
  { name: '_headers' },
  { name: 'vercel.json', host: 'vercel' },
  { name: 'staticwebapp.config.json', host: 'azure' },
  { name: '.htaccess', host: 'apache' },
  { name: '.nojekyll', host: 'github' },
] as const satisfies { name: string; host?: HostName }[];
export type HostFile = (typeof hostFiles)[number]['name'];

export const hostsSchema = z
  .array(z.enum(hostNames))
  .optional()
  .describe(
    'The hosts that the site is published on. Each gets its own files: see [hosting](hosting.md#what-a-build-writes-for-hosts).',
  );

const from = z
  .string()
  .trim()
  .refine(
    (value) =>
      /^\/(?!\/)/.test(value) &&
      (folderOf(value) !== undefined || (!value.includes('*') && readAlias(value) !== undefined)),
    'this must be a path of this site, such as `/rss.xml`, or a folder, such as `/blog/*`',
  );
const to = z
  .string()
  .trim()
  .refine(
    isTarget,
    'this must be a path of this site, such as `/feed.xml`, or a complete address such as `https://shop.example/`',
  );
const status = z.literal([301, 302]).default(301);
const redirect = z.strictObject({
  from: from.describe('The old address: a path such as `/rss.xml`, or all addresses in a folder: `/blog/*`.'),
  to: to.describe(
    'Where it leads: a path of this site or a complete address. If both end in `*`, the rest of the address stays.',
  ),
  status: status.describe('301 if it is for good, 302 if not.'),
});

/** A list of redirects, or the short form: a map from old addresses to new ones. */
export const redirectsSchema = z
  .union([z.array(redirect), z.record(z.string(), to).superRefine(checkNames(from))])
  .transform((given) =>
    Array.isArray(given) ? given : Object.entries(given).map(([from, to]) => ({ from, to, status: 301 as const })),
  )
  .optional()
  .describe(
    'Old addresses and where they lead now, for what is not a story or page (`aliases` are for those): a list of `{ from, to, status }`, or `old: new` for each.',
  );

/** Names of headers that describe the file itself, or that only the host can know. */
const ofTheFile =
  /^(?:content-(?:type|length|encoding|range|location)|transfer-encoding|connection|keep-alive|date|etag|last-modified|location|set-cookie|server|vary|age|allow|accept-ranges|upgrade|trailer|te|cache-control)$/i;

const headerName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z\d-]*$/, 'the name of a header has only letters, digits, and hyphens')
  .refine((name) => !ofTheFile.test(name), 'Broadsheet or the host sets this header');
const headerValue = z.union([
  z.literal(false),
  z
    .string()
    .trim()
    .regex(/^[\x20-\x7e]+$/, 'the value of a header is one line of ASCII characters')
    .refine((value) => !/[$`\\]/.test(value), 'a host could read $, ` or \\ as something else'),
]);

export const headersSchema = z
  .record(z.string(), headerValue)
  .superRefine(checkNames(headerName))
  .optional()
  .describe('Headers that hosts send with every file, by name. `false` leaves out one that Broadsheet would send.');

/** Checks the names of a map. A schema for its keys would only say that one is invalid. */
function checkNames(schema: z.ZodType<string>): (map: Record<string, unknown>, context: z.RefinementCtx) => void {
  return (map, context) => {
    for (const name of Object.keys(map))
      for (const { message } of schema.safeParse(name).error?.issues ?? [])
        context.addIssue({ code: 'custom', path: [name], message });
  };
}

/** What site.yaml says to hosts. */
export interface Hosting {
  hosts?: HostName[] | undefined;
  redirects?: SiteRedirect[] | undefined;
  headers?: Record<string, string | false> | undefined;
}
export type SiteRedirect = z.output<typeof redirect>;

/** An old address and where it leads. */
export interface Redirect {
  /** A path, decoded and without the site's base. With `isFolder`, every address that begins with it. */
  from: string;
  /** The query that the address must have, as written. */
  query?: string;
  isFolder?: boolean;
  /** An address of this site, decoded and without its base, or a complete address. */
  to: string;
  /** What follows the folder is added to `to`. */
  keepsRest?: boolean;
  status: 301 | 302;
  /** There is a page at the old address that redirects readers too. */
  hasPage?: boolean;
  /** The folder contains pages of this site, so only a host that looks for files first can have this redirect. */
  isOverPages?: boolean;
}

/** The form of an entry of `redirects` in which hosts get it. */
export function redirectOf({ from, to, status }: SiteRedirect): Redirect {
  const folder = folderOf(from);
  if (folder !== undefined)
    return to.endsWith('/*')
      ? { from: folder, isFolder: true, to: decoded(to.slice(0, -1)), keepsRest: true, status }
      : { from: folder, isFolder: true, to: decoded(to), status };
  const read = readAlias(from);
  const address = read === undefined ? from : 'address' in read ? read.address : read.listOnly;
  const [path = '', query] = address.split(/\?(.*)/s);
  return { from: asFile(path, from), ...(query === undefined ? {} : { query }), to: decoded(to), status };
}

/** Old addresses such as `/rss.xml` are files, so they do not get a slash at the end. */
const asFile = (path: string, written: string): string =>
  /\.[a-z\d]+$/i.test(path.slice(0, -1)) && !/\/(?:[?#]|$)/.test(written) ? path.replace(/\/$/, '') : path;

/** A path of this site in the form that the index has. Complete addresses stay as they are. */
function decoded(to: string): string {
  if (!to.startsWith('/')) return to;
  try {
    return decodeURI(to).normalize('NFC');
  } catch {
    return to;
  }
}

/** The folder of `/blog/*` with its slashes, decoded, or undefined if an address is not a folder. */
export function folderOf(written: string): string | undefined {
  const [, folder] = /^(\/[^*?#]+\/)\*$/.exec(written) ?? [];
  const read = folder === undefined ? undefined : readAlias(folder);
  return read && 'address' in read ? read.address : undefined;
}

function isTarget(value: string): boolean {
  const plain = value.endsWith('/*') ? value.slice(0, -1) : value;
  if (plain.includes('*') || /\p{Cc}|\\/u.test(plain)) return false;
  return isWebAddress(plain) || (/^\/(?!\/)/.test(plain) && !/(?:^|\/)\.\.?(?:\/|$)/.test(plain));
}
