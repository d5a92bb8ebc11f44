import * as z from 'zod';
import { allowSchema } from './allow.ts';
import { crawlersSchema } from './crawlers.ts';
import { feedIdentitySchema, partnerFeedsSchema } from './feed-settings.ts';
import { newsletterSchema, searchSchema, supportSchema, tipsSchema } from './forms.ts';
import { type Hosting, headersSchema, hostsSchema, redirectsSchema } from './hosting.ts';
import { isLanguage } from './language-tag.ts';
import { isPublicKey } from './minisign.ts';
import { isPackageName } from './package-name.ts';
import { pictureKinds } from './picture-kind.ts';
import { policiesSchema } from './policies.ts';
import { securitySchema } from './security.ts';
import { analyticsSchema, commentsSchema } from './service-settings.ts';
import { siteWireSchema } from './wire.ts';

/**
 * `content/site.yaml`: the settings of the newsroom. They are read through the index like any content, so that a new
 * name or section does not require a new build of the templates.
 */

const text = z.string().trim().min(1);
const link = z.strictObject({
  title: text.describe('The text of the link.'),
  url: text.describe('A path on this site, such as `/about/`, or a complete address.'),
});

export const sectionSchema = z.strictObject({
  id: z
    .string()
    .regex(
      /^[\p{Ll}\p{Lo}\p{M}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{M}\p{N}]+)*$/u,
      'a section id can contain only lower-case letters, digits, and hyphens',
    )
    .normalize('NFC')
    .describe('The id is part of addresses: `world` is at `/world/`.'),
  title: text.describe('The name that readers see.'),
  order: z
    .number()
    .optional()
    .describe('The position in the navigation, lowest first. Defaults to the order of this list.'),
  description: text.optional().describe('A sentence shown on the section front.'),
});

export const permalinkDefault = '/{yyyy}/{mm}/{slug}/';
const permalinkParts = ['yyyy', 'mm', 'dd', 'section', 'slug'];

export const siteSchema = z.strictObject({
  broadsheet: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe(
      'The format of the files in this newsroom, for `broadsheet upgrade`. Defaults to 1. If a version of Broadsheet is too old for the format, it tells you.',
    ),
  theme: z
    .string()
    .refine(
      isPackageName,
      'theme is the name of a package on npm, such as `broadsheet-theme-x`; your own files are in the folder `theme/`',
    )
    .optional()
    .describe(
      'The package of a theme on npm, which you install with `npm install`. Your own `theme/` takes precedence over it.',
    ),
  name: text.describe('The name of the paper.'),
  url: z
    .string()
    .trim()
    .refine(
      isSiteUrl,
      'this must be the complete address of the site, such as `https://post.example` or `https://x.example/paper/`',
    )
    .describe('The address of the site. If it has a path, every link begins with that path.'),
  language: z
    .string()
    .refine(isLanguage, 'this must be a language tag, such as `en-IE`')
    .default('en')
    .describe('The language of the site, as a BCP 47 tag.'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'this must be a name from the time zone database, such as `Europe/Dublin`')
    .default('UTC')
    .describe('The time zone in which dates without an offset are read and all dates are printed.'),
  description: text.optional().describe('One sentence about the paper.'),
  sections: z.array(sectionSchema).default([]).describe('The sections of the paper.'),
  permalink: z
    .string()
    .refine(
      isPermalink,
      `this must begin and end with / , contain {slug}, and use only {${permalinkParts.join('}, {')}}`,
    )
    .default(permalinkDefault)
    .describe('The pattern of story addresses.'),
  publisher: z
    .strictObject({
      name: text.describe('The legal name of the publisher.'),
      url: text.optional().describe('The home page of the publisher.'),
      logo: text.optional().describe('The path of a picture in `public/`, such as `/logo.png`.'),
    })
    .optional()
    .describe('The publisher of the paper. Defaults to the paper itself.'),
  icon: text
    .optional()
    .describe(
      'The path of a picture in `public/` for the browser tab, such as `/favicon.svg`. Defaults to the first letter of `name`.',
    ),
  search: z
    .union([z.boolean(), searchSchema])
    .default(true)
    .describe(
      'Whether /search/ searches the stories, in the browser and without a service ([docs/search.md](search.md)). If it is false, /search/ lists other ways to find a story. It can also be a search service that accepts a plain form.',
    ),
  support: supportSchema.optional().describe('A request for support, on the front page and below stories.'),
  newsletter: newsletterSchema.optional().describe('A newsletter sign-up, on the front page and below stories.'),
  tips: tipsSchema
    .optional()
    .describe('A form for tips and for reporting mistakes, on the front page and on /corrections/.'),
  allow: allowSchema
    .optional()
    .describe(
      'Other hosts that pages can use, by purpose. Browsers block all others (Content Security Policy): see [what you can add](additions.md#other-hosts).',
    ),
  analytics: analyticsSchema
    .optional()
    .describe(
      'A program of your own that counts visits: see [what you can add](additions.md#counting-visits). Without it, nothing is counted.',
    ),
  comments: commentsSchema
    .optional()
    .describe(
      'A program of your own for comments below stories: see [what you can add](additions.md#comments). Without it, there are none.',
    ),
  pictures: z
    .strictObject({
      credit: text
        .optional()
        .describe('The credit of a picture if neither the story, the sidecar, nor the file names one.'),
      copyright: text.optional().describe('The copyright notice for pictures without their own.'),
      licence: text.optional().describe('The licence for pictures without their own: its address or its name.'),
      kind: z
        .enum(pictureKinds)
        .optional()
        .describe('The kind of a picture if neither the story nor the sidecar names one.'),
      date: z.boolean().optional().describe('If true, pages show the date that is stored in the picture file.'),
      place: z.boolean().optional().describe('If true, pages show the place that is stored in the picture file.'),
    })
    .optional()
    .describe('Defaults for pictures, used if neither the story, the sidecar, nor the file has a value.'),
  security: securitySchema
    .optional()
    .describe(
      'Where to report a vulnerability of the site. It is published as `/.well-known/security.txt` (RFC 9116).',
    ),
  publicKey: z
    .string()
    .trim()
    .refine(isPublicKey, 'this must be the line of `minisign.pub` that begins with RW')
    .optional()
    .describe('The public key of minisign with which the manifest is signed. The secret key is never in the newsroom.'),
  manifest: z
    .boolean()
    .default(true)
    .describe(
      'Whether the site contains a manifest of its files, `.well-known/broadsheet.json`, with which anyone can check that nothing was changed at the host (`broadsheet verify`).',
    ),
  policies: policiesSchema
    .optional()
    .describe(
      'The pages on which you say how you work: a path such as `/ethics/`, or a complete address. Search engines read them from the front page.',
    ),
  crawlers: crawlersSchema
    .optional()
    .describe(
      'What robots.txt says to crawlers of AI companies. Search engines can always read the site. Defaults to allowing all crawlers.',
    ),
  feedIdentity: feedIdentitySchema,
  feeds: partnerFeedsSchema,
  wire: siteWireSchema,
  navigation: z.array(link).default([]).describe('Links at the bottom of every page, for example to standing pages.'),
  redirects: redirectsSchema,
  hosts: hostsSchema,
  headers: headersSchema,
});

export type SiteInput = z.input<typeof siteSchema>;
export type Section = z.output<typeof sectionSchema>;
/** What site.yaml says to crawlers, and to anyone who checks the site. Only security.txt and robots.txt print it. */
export type Trust = Pick<z.output<typeof siteSchema>, 'security' | 'publicKey' | 'manifest' | 'crawlers'>;
/**
 * Validated, with sections in the order of the navigation. Without what only hosts, partners, and those who check the
 * site, read: pages do not depend on it.
 */
export type Site = Omit<z.output<typeof siteSchema>, keyof Hosting | keyof Trust | 'feeds'>;

/** `https://x.example`, without a path or a trailing slash. */
export const originOf = (site: Pick<Site, 'url'>): string => partsOf(site.url).origin;

/** The path of the site's address: '' or `/paper`, percent-encoded, without a trailing slash. */
export const baseOf = (site: Pick<Site, 'url'>): string => partsOf(site.url).base;

/** Cached, because every link of every page needs them. */
const parts = new Map<string, { origin: string; base: string }>();

function partsOf(url: string): { origin: string; base: string } {
  let known = parts.get(url);
  if (!known) {
    const { origin, pathname } = new URL(url);
    known = { origin, base: pathname.replace(/\/+$/, '') };
    parts.set(url, known);
  }
  return known;
}

/**
 * The link to an address of the site.
 *
 * @param address begins with `/`, as in the index: decoded, without the site's base. It can have a fragment
 * @returns the base and the address, percent-encoded
 */
export const hrefOf = (site: Pick<Site, 'url'>, address: string): string => baseOf(site) + encodeAddress(address);

/** `hrefOf` with the origin in front, for canonical links, feeds, and structured data. */
export const absoluteHrefOf = (site: Pick<Site, 'url'>, address: string): string =>
  originOf(site) + hrefOf(site, address);

const encodeAddress = (address: string): string =>
  /^[\w/.#-]*$/.test(address)
    ? address
    : encodeURI(address)
        .replace(/%25([0-9A-F]{2})/gi, '%$1')
        .replace(/\?/g, '%3F');

function isSiteUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && url.username === '';
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

function isPermalink(value: string): boolean {
  const parts = [...value.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '');
  const between = value.replace(/\{[^}]*\}/g, 'x');
  return (
    value.startsWith('/') &&
    value.endsWith('/') &&
    !/\/\/|\.\.|[?#{}\\%*:|<>"\s\p{Cc}]/u.test(between) &&
    parts.includes('slug') &&
    parts.every((part) => permalinkParts.includes(part))
  );
}
