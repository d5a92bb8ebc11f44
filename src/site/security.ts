import * as z from 'zod';
import { isLanguage } from './language-tag.ts';
import { isWebAddress } from './link-address.ts';
import { readDate } from './read-date.ts';

/* `security` in site.yaml. `feeds/security.ts` prints `/.well-known/security.txt` from it (RFC 9116). */

/** Each value is a line of its own, so an address with a line end would be two fields. */
const isUri = (value: string): boolean => !/[\s\p{Cc}<>"]/u.test(value) && URL.canParse(value);

const isHttps = (value: string): boolean => /^https:/i.test(value) && isWebAddress(value) && isUri(value);

const isMail = (value: string): boolean => isUri(value) && /^mailto:[^@/?]+@[^@/?]+(?:\?|$)/i.test(value);
const isTelephone = (value: string): boolean => /^tel:\+?[\d().-]+$/i.test(value);

const contact = z
  .string()
  .trim()
  .refine(
    (value) => isHttps(value) || isMail(value) || isTelephone(value),
    'this must be an address such as `mailto:security@post.example`, `tel:+353-1-555-0100`, or `https://post.example/security/`',
  );
const https = z
  .string()
  .trim()
  .refine(
    isHttps,
    'this must be a complete address that begins with https:// , such as `https://post.example/security/`',
  );

export const securitySchema = z.strictObject({
  contact: z
    .array(contact)
    .min(1)
    .describe(
      'Where to report a vulnerability, preferred first: addresses that begin with `mailto:`, `https:`, or `tel:`.',
    ),
  expires: z
    .string()
    .trim()
    .refine(
      (value) => /^\d{4}-\d{2}-\d{2}/.test(value) && readDate(value, 'UTC') !== undefined,
      'this must be a date such as `2027-06-01`, or with a time, such as `2027-06-01T12:00:00Z`',
    )
    .describe(
      'When this information is no longer valid. It is recommended that this is less than a year ahead. Broadsheet warns you 30 days before.',
    ),
  encryption: z
    .array(
      z
        .string()
        .trim()
        .refine(
          (value) => isHttps(value) || (isUri(value) && /^(?:openpgp4fpr|dns):\S+$/i.test(value)),
          'this must be the address of a key: `https:`, `openpgp4fpr:`, or `dns:`',
        ),
    )
    .default([])
    .describe('Addresses of keys with which a report can be encrypted.'),
  languages: z
    .array(z.string().refine(isLanguage, 'this must be a language tag, such as `en-IE`'))
    .default([])
    .describe('The languages in which reports can be written. Defaults to the language of the site.'),
  policy: https.optional().describe('The address of your policy for reports.'),
  acknowledgments: https.optional().describe('The address of a page that thanks those who reported something.'),
  canonical: z
    .array(https)
    .default([])
    .describe(
      'The addresses of this file. Defaults to its address below `url`. If the site has a path, copy the file to the root of the host, and name that address here.',
    ),
});

export type SecurityInput = z.output<typeof securitySchema>;

/** How long before its end the information is reported as about to expire. */
export const expiresSoonMs = 30 * 24 * 60 * 60 * 1000;

/** The instant at which the information expires. A date without a time means the beginning of that day. */
export const expiryOf = ({ expires }: Pick<SecurityInput, 'expires'>, timeZone: string): number =>
  readDate(expires, timeZone)?.instant ?? Number.NaN;
