import * as z from 'zod';
import { isLanguage } from './language-tag.ts';
import { isSitePath, isWebAddress } from './link-address.ts';
import { pictureKinds } from './picture-kind.ts';

/**
 * `content/site.yaml`: what the newsroom is. Read through the index like any content, so that a new
 * name or section needs no new templates.
 */

const text = z.string().trim().min(1);
const link = z.strictObject({
  title: text.describe('The words of the link.'),
  url: text.describe('An address of this site, such as `/about/`, or a complete one.'),
});

export const sectionSchema = z.strictObject({
  id: z
    .string()
    .regex(
      /^[\p{Ll}\p{Lo}\p{M}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{M}\p{N}]+)*$/u,
      'a section id has lower-case letters, digits and hyphens',
    )
    .normalize('NFC')
    .describe('Stands in addresses: `world` is at `/world/`.'),
  title: text.describe('The name that readers see.'),
  order: z.number().optional().describe('Place in the navigation, lowest first; else the order of this list.'),
  description: text.optional().describe('A sentence on the section front.'),
});

/** What a form sends its words to. With no script on the page, the browser takes the reader there. */
const action = text.refine(
  (value) => isSitePath(value) || isWebAddress(value),
  'a form is sent to a complete address such as `https://letters.example/join`, or to a path that begins with /',
);
const field = text.regex(/^[^\s"'<>=]+$/, 'the name of a field has no spaces and no quotation marks');
const fields = z
  .record(z.string(), z.string())
  .default({})
  .describe('Further values that the form sends along, by the name of the field.');

const appeal = {
  title: text.describe('The heading of the box.'),
  text: text.describe('One or two sentences, plain text.'),
  button: text.describe('The words on the button.'),
};

export const searchSchema = z.strictObject({
  action: action.describe('The page that answers; the words are added to its address (GET).'),
  field: field.default('q').describe('The name under which it expects the words.'),
  fields,
  by: text.optional().describe('Who searches, when it is not the paper: readers are told.'),
});
export const supportSchema = z.strictObject({
  ...appeal,
  action: action.describe('The page on which readers give; opened as a link, or by a form when there are `amounts`.'),
  amounts: z.array(text).default([]).describe('Amounts to choose from, as printed, such as `£5`.'),
  field: field.default('amount').describe('The name of the field with the amount.'),
  fields,
});
export const newsletterSchema = z.strictObject({
  ...appeal,
  action: action.describe('Where the address of the reader is sent (POST).'),
  field: field.default('email').describe('The name of the field with the e-mail address.'),
  fields,
});
export const tipsSchema = z.strictObject({
  ...appeal,
  action: action.describe('Where the words of the reader are sent (POST).'),
  field: field.default('tip').describe('The name of the field with the words.'),
  contact: field.optional().describe('The name of a field for how to reach the reader, if you want to ask.'),
  fields,
});

/**
 * A host as an editor writes it, fit to stand in a Content Security Policy: nothing in it can end the source or the
 * directive. `*.` in front means its subdomains.
 */
const hostForm =
  /^(?:https?:\/\/)?(?:(?:\*\.)?[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*|\[[\da-f:.]+\])(?::\d{1,5})?$/i;
const host = z
  .string()
  .trim()
  .transform(hostOf)
  .pipe(
    z
      .string()
      .refine(
        (value) =>
          hostForm.test(value) && URL.canParse(`https://${value.replace(/^https?:\/\//i, '').replace('*', 'x')}`),
        'this must be a host such as `forms.example` or `*.forms.example`, without a path',
      ),
  );

/** Browsers know hosts by their ASCII form: `münchen.example` is `xn--mnchen-3ya.example`. */
function hostOf(written: string): string {
  const [, scheme = '', star = '', rest = ''] = /^(https?:\/\/)?(\*\.)?(.*?)\/?$/i.exec(written) ?? [];
  if (/^[\0-\x7f]*$/.test(rest) || !URL.canParse(`https://${rest}`)) return scheme + star + rest;
  return scheme + star + new URL(`https://${rest}`).host;
}

export const allowSchema = z.strictObject({
  form: z
    .array(host)
    .optional()
    .describe(
      'Hosts that may answer a form besides this site and the host it is sent to, such as `pay.example` or `*.letters.example`: some services send readers on to another host.',
    ),
});

export const permalinkDefault = '/{yyyy}/{mm}/{slug}/';
const permalinkParts = ['yyyy', 'mm', 'dd', 'section', 'slug'];

export const siteSchema = z.strictObject({
  name: text.describe('The name of the paper.'),
  url: z
    .string()
    .trim()
    .refine(
      isSiteUrl,
      'url is the complete address of the site, such as `https://post.example` or `https://x.example/paper/`',
    )
    .describe('Where the site will stand. It may have a path; every link begins with it.'),
  language: z
    .string()
    .refine(isLanguage, 'language is a language tag, such as `en-IE`')
    .default('en')
    .describe('Language of the site, a BCP 47 tag.'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'timeZone is a name of the time zone database, such as `Europe/Dublin`')
    .default('UTC')
    .describe('Dates without an offset are read in it, and all dates are printed in it.'),
  description: text.optional().describe('One sentence about the paper.'),
  sections: z.array(sectionSchema).default([]).describe('The desks of the paper.'),
  permalink: z
    .string()
    .refine(isPermalink, `permalink begins and ends with / , holds {slug}, and knows {${permalinkParts.join('}, {')}}`)
    .default(permalinkDefault)
    .describe('Pattern of story addresses.'),
  publisher: z
    .strictObject({
      name: text.describe('The legal name.'),
      url: text.optional().describe('The home page of the publisher.'),
      logo: text.optional().describe('Path of a picture in `public/`, such as `/logo.png`.'),
    })
    .optional()
    .describe('Who publishes the paper; without it, the paper itself.'),
  icon: text
    .optional()
    .describe(
      'Path of a picture in `public/` for the tab of the browser, such as `/favicon.svg`; without it the first letter of `name` stands there.',
    ),
  search: searchSchema
    .optional()
    .describe('A search that answers a plain form. Without it, /search/ lists the ways to a story.'),
  support: supportSchema.optional().describe('A request for support, on the front and below stories.'),
  newsletter: newsletterSchema.optional().describe('The way to a newsletter, on the front and below stories.'),
  tips: tipsSchema.optional().describe('A form for tips and for mistakes, on the front and on /corrections/.'),
  allow: allowSchema
    .optional()
    .describe('Hosts that pages may use, by what for. Browsers refuse all others (Content Security Policy).'),
  pictures: z
    .strictObject({
      credit: text.optional().describe('The credit of a picture when neither story, sidecar nor file names one.'),
      copyright: text.optional().describe('The copyright notice of a picture that has none.'),
      licence: text.optional().describe('The licence of a picture that has none: an address, or its name.'),
      kind: z.enum(pictureKinds).optional().describe('What a picture is when nobody says.'),
      date: z.boolean().optional().describe('True prints the day that the file says it was made.'),
      place: z.boolean().optional().describe('True prints the place that the file names.'),
    })
    .optional()
    .describe('What is printed with pictures when neither story, sidecar nor file says it.'),
  navigation: z.array(link).default([]).describe('Links at the foot of every page, to standing pages for example.'),
});

export type SiteInput = z.input<typeof siteSchema>;
export type Section = z.output<typeof sectionSchema>;
/** Validated, with sections in the order of the navigation. */
export type Site = z.output<typeof siteSchema>;

/** `https://x.example`, without path or trailing slash. */
export const originOf = (site: Pick<Site, 'url'>): string => partsOf(site.url).origin;

/** The path that the site stands under: '' or `/paper`, percent-encoded, without trailing slash. */
export const baseOf = (site: Pick<Site, 'url'>): string => partsOf(site.url).base;

/** Every link of every page asks for them. */
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
 * @param address begins with `/`, as in the index: decoded, without the site's base; may have a fragment
 * @returns the base and the address, percent-encoded
 */
export const hrefOf = (site: Pick<Site, 'url'>, address: string): string => baseOf(site) + encodeAddress(address);

/** `hrefOf` with the origin in front: for canonical links, feeds and structured data. */
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
