import { type Finder, languageOf, type Slip } from './finding.ts';

/**
 * A hyphen with a space on either side, where a dash belongs. Broadsheet prints `--` as a dash, but leaves a single
 * hyphen as it is.
 */
export const hyphensForDashes: Finder = (text, language) => {
  const found: Slip[] = [];
  let dash: string | undefined | null = null;
  for (let at = text.indexOf(' - '); at >= 0; at = text.indexOf(' - ', at + 1)) {
    const [before, after] = [text.slice(Math.max(0, at - 12), at), text.slice(at + 3, at + 5)];
    if (!/[\p{L}\p{N}"”’»)\]*_.,!?%…]$/u.test(before) || !/^[\p{L}\p{N}"“„‘«([*_]/u.test(after)) continue;
    // A subtraction or a result.
    if (/\d\s*$/.test(before) && /^\d/.test(after)) continue;
    const line = text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - 300), at);
    // The label of an item: a link, then what it leads to.
    if (/^\s*(?:\||(?:[-*+]|\d+\.)\s+\\?\[.*[\])]$)/.test(line)) continue;
    const isRange = /\d(?:\s?[ap]\.?m\.?|st|nd|rd|th|\.| Uhr)?$/i.test(before) && /^\d/.test(after);
    if (dash === null) dash = dashOf(text, language);
    const write = isRange ? '–' : dash;
    found.push({
      kind: 'hyphen-for-dash',
      at: at + 1,
      end: at + 2,
      write: write ?? '–',
      isCertain: write !== undefined,
    });
  }
  return found;
};

/** The dash that the text uses elsewhere, or that of its language. Undefined where the press has no single habit. */
function dashOf(text: string, language: string): string | undefined {
  const [en, em] = [text.split(' – ').length, text.split(' — ').length];
  if (en !== em) return en > em ? '–' : '—';
  const base = languageOf(language);
  if (base === 'es' || base === 'pt') return undefined;
  return ['ru', 'uk', 'be', 'bg'].includes(base) || /^en-(?:us|ca)$/i.test(language) ? '—' : '–';
}
