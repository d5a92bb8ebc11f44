import type { ShownBody } from '../../queries/results.ts';
import { originOf, type Site } from '../../site/site.ts';

/** An address that paper can only show in words. */
export interface PrintNote {
  /** `a`, `b` … `z`, `aa`: footnotes have the numbers. */
  letter: string;
  /** Complete, but for `https://`. */
  address: string;
}

// A list of links for readers of a screen; paper leaves it out, and so its addresses.
const screenOnly = new Set(['ReadMore']);

/**
 * Letters the links of a body for paper: each link gets a letter, the same address the same one. On
 * a screen nothing is to be seen of it.
 *
 * @param body as the index gives it; links within the page stay without a letter
 */
export function withPrintNotes(body: ShownBody, site: Pick<Site, 'url'>): { body: ShownBody; notes: PrintNote[] } {
  const letters = new Map<string, string>();
  const mark = (parts: ShownBody): ShownBody =>
    parts.map((part) => {
      if (part.kind === 'element') return screenOnly.has(part.name) ? part : { ...part, children: mark(part.children) };
      if (part.kind !== 'html' || !part.html.includes('<a ')) return part;
      const html = part.html.replace(/<a (?=[^>]*?\bhref="([^"#][^"]*)")/g, (_, href: string) => {
        const address = addressOf(href, site);
        const letter = letters.get(address) ?? letterAt(letters.size);
        letters.set(address, letter);
        return `<a data-note="${letter}" `;
      });
      return { ...part, html };
    });
  const marked = mark(body);
  return { body: marked, notes: [...letters].map(([address, letter]) => ({ letter, address })) };
}

/** What a reader would type: without the scheme, in letters instead of percent signs where that is safe. */
function addressOf(href: string, site: Pick<Site, 'url'>): string {
  const text = href
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&amp;/g, '&');
  const whole = /^\/(?!\/)/.test(text) ? originOf(site) + text : text;
  return whole.replace(/^(?:https?:\/\/|mailto:|tel:)/, '');
}

function letterAt(place: number): string {
  const last = String.fromCharCode(97 + (place % 26));
  return place < 26 ? last : letterAt(Math.floor(place / 26) - 1) + last;
}
