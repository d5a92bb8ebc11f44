import type { ShownBody } from '../../queries/results.ts';
import { unescapeHtml } from '../../site/markup.ts';
import { originOf, type Site } from '../../site/site.ts';

/** An address that a printed page has to show as text. */
export interface PrintNote {
  /** `a`, `b` … `z`, `aa`, because footnotes have numbers. */
  letter: string;
  /** Complete, but without `https://`. */
  address: string;
}

// A list of links for reading on a screen. It is not printed, so neither are its addresses.
const screenOnly = new Set(['ReadMore']);

/**
 * Marks the links of a body with letters for print. Each address has one letter. On a screen, the letters are
 * invisible.
 *
 * @param body as the index returns it. Links within the page get no letter
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

/** What a reader would type: without the scheme, and with letters instead of percent signs where that is safe. */
function addressOf(href: string, site: Pick<Site, 'url'>): string {
  const text = unescapeHtml(href);
  const whole = /^\/(?!\/)/.test(text) ? originOf(site) + text : text;
  return whole.replace(/^(?:https?:\/\/|mailto:|tel:)/, '');
}

function letterAt(place: number): string {
  const last = String.fromCharCode(97 + (place % 26));
  return place < 26 ? last : letterAt(Math.floor(place / 26) - 1) + last;
}
