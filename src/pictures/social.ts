import { createHash } from 'node:crypto';
import { absoluteHrefOf, type Site } from '../site/site.ts';
import { type PlainPicture, renditionAddress } from './hrefs.ts';

/*
 * Social pictures: what networks show beside a link to a page that has no picture of its own. They are drawn from words
 * (`social-draw.ts`), and the name of a file says which words, so each is drawn once. Templates and the press compute
 * the name with the same functions.
 */

/** The words of a social picture, and how they are set. */
export interface SocialCard {
  /** The headline, or the name of a list or person. */
  title: string;
  /** A line above it, such as the section. */
  label?: string;
  /** The name of the paper. */
  name: string;
  /** The colour of the label: `#rrggbb`. */
  colour: string;
  /** Whether lines begin at the right. */
  isRtl: boolean;
}

export const socialSize = { widthPx: 1200, heightPx: 630 };

/** Everything besides the words that determines the bytes. Raise `version` if social-draw.ts or the fonts change. */
const socialRecipe = { version: 3, sharp: '0.35.5', ...socialSize };

/** The colours of sections in the light palette of `styles/tokens.css`, and the accent first. */
export const socialColours = [
  '#0b5069',
  '#a2161f',
  '#1c5c3e',
  '#2b4a9b',
  '#6b4c06',
  '#7d2468',
  '#0b5069',
  '#8f3308',
] as const;

/** What a page says about itself, for its social picture. */
export interface Shared {
  title: string;
  label?: string | undefined;
  /** The id of its section. */
  section?: string | undefined;
  isRtl: boolean;
}

/**
 * The social picture of a page: with its own words, or those of the paper if the fonts do not have all of its letters.
 *
 * @returns undefined if the fonts do not have the letters of the paper's name either
 */
export function socialCard(site: Pick<Site, 'name' | 'sections'>, shared?: Shared): SocialCard | undefined {
  const name = drawn(site.name);
  if (name === undefined) return undefined;
  const title = shared && drawn(shared.title);
  const place = site.sections.findIndex(({ id }) => id === shared?.section);
  const colour = socialColours[place < 0 ? 0 : (place % 7) + 1]!;
  if (!shared || title === undefined) return { title: name, name, colour: socialColours[0], isRtl: isRtlText(name) };
  const label = shared.label === undefined ? undefined : drawn(shared.label);
  return { title, ...(label !== undefined && { label }), name, colour, isRtl: shared.isRtl };
}

/** The file of a social picture. The first part is the key of its ledger. */
export function socialName(card: SocialCard): string {
  const key = createHash('sha256')
    .update(JSON.stringify([card, socialRecipe]))
    .digest('hex')
    .slice(0, 20);
  return `${key}-social-${socialSize.widthPx}.png`;
}

export const socialKey = (name: string): string => name.slice(0, 20);

/** A social picture for the head of a page. */
export const socialPicture = (site: Pick<Site, 'url'>, card: SocialCard): PlainPicture & { alt: string } => ({
  url: absoluteHrefOf(site, renditionAddress(socialName(card))),
  ...socialSize,
  alt: card.label === undefined ? card.title : `${card.label}: ${card.title}`,
});

/** Letters of scripts that the fonts have (`press/social-fonts.ts`). */
const known =
  /^(?:\P{L}|[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Devanagari}ªºʻʼـµ])*$/u;

/** Signs without a glyph in any font of a newspaper: emoji, flags, and what joins them. Not ©, ®, ™, digits, # or *. */
const undrawable =
  /[\u{1F000}-\u{1FAFF}\u{E0020}-\u{E007F}\u2600-\u27BF\u2B00-\u2BFF\u231A-\u23FF]|[\uFE00-\uFE0F]|\u20E3/gu;

/** The longest text that is drawn. Longer ones are cut at a word. */
const charactersMax = 200;

/** A text as it is drawn, or undefined if the fonts do not have its letters or nothing remains of it. */
export function drawn(text: string): string | undefined {
  const plain = text
    .normalize('NFC')
    .replace(undrawable, '')
    // Spaces that hold words together stay.
    .replace(/(?:\p{Cc}|[^\S\u00a0\u202f])+/gu, ' ')
    .trim();
  // What joins emoji has no letter of its own.
  if (!/[^\p{Cf}\p{Mn}\p{Z}]/u.test(plain) || !known.test(plain)) return undefined;
  const letters = [...plain];
  if (letters.length <= charactersMax) return plain;
  const cut = letters.slice(0, charactersMax - 1).join('');
  return `${cut.replace(/\s\S{0,30}$/u, '').trimEnd()}…`;
}

const isRtlText = (text: string): boolean => {
  const first = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(first);
};
