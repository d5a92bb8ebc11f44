import type { Finder, Slip } from './finding.ts';

/** Characters that nobody sees and that break searches and line ends, except where a script or an emoji needs them. */
export const invisibleCharacters: Finder = (text) => {
  const found: Slip[] = [];
  if (!suspicious.test(text)) return found;
  for (const { 0: match, index } of text.matchAll(runs)) {
    const [previous, next] = [before(text, index), after(text, index + match.length)];
    const kept = [...match].filter((sign) => isNeeded(sign, previous, next)).join('');
    if (kept === match) continue;
    found.push({
      kind: 'invisible-character',
      at: index,
      end: index + match.length,
      // Without any space, the words on both sides would be one word that was two lines before.
      write: kept === '' && /[\u2028\u2029]/.test(match) && /\S/.test(previous) && /\S/.test(next) ? ' ' : kept,
      isCertain: true,
    });
  }
  for (const { 0: match, index } of text.matchAll(spaces)) {
    const [previous, next] = [before(text, index), after(text, index + match.length)];
    // At the beginning of a line, they are an indentation that somebody wanted.
    if (previous === '' || previous === '\n') continue;
    // Columns of figures or of a command, which somebody aligned.
    const count = match.split('\u00A0').length - 1;
    const isEnd = next === '' || next === '\n';
    const isAligned = isEnd
      ? /(?:^|\n)\u00A0|\u00A0{2}/.test(text.slice(text.lastIndexOf('\n', index - 1) + 1, index))
      : count > 3 || (count > 1 && /[\p{L}\p{N}]/u.test(previous)) || /[\d|]/.test(previous + next);
    if (isAligned) continue;
    found.push({
      kind: 'invisible-character',
      at: index,
      end: index + match.length,
      // In French, a space that does not break belongs before these marks.
      write: next === '' || next === '\n' ? '' : /[;:!?»%]/.test(next) || previous === '«' ? '\u00A0' : ' ',
      isCertain: true,
      why: 'There are several spaces in a row, some of which never break.',
    });
  }
  return found;
};

const signs =
  '\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFEFF';
const suspicious = new RegExp(`[${signs}]|\\u00A0[ \\u00A0]| \\u00A0`, 'u');
const spaces = /\u00A0[ \u00A0]+| +\u00A0[ \u00A0]*/g;
const runs = new RegExp(`[${signs}]+`, 'gu');

const before = (text: string, at: number): string => [...text.slice(Math.max(0, at - 4), at)].at(-1) ?? '';
const after = (text: string, at: number): string => [...text.slice(at, at + 4)][0] ?? '';

/** Whether a script or an emoji needs the character here. */
function isNeeded(sign: string, previous: string, next: string): boolean {
  const isRightToLeft = (text: string) =>
    /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text);
  switch (sign) {
    case '\u200B':
      // After a dash, a slash, or an ellipsis, it is a place where a line can break.
      return withoutSpaces.test(previous) || withoutSpaces.test(next) || /[-–—/\\_.:@…]/.test(previous + next);
    case '\u200C':
      return joining.test(previous) && previous !== '';
    case '\u200D':
      return joining.test(previous) || /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F/u.test(previous);
    // They decide the direction beside right-to-left text. Further away, nothing can be said.
    case '\u061C':
    case '\u200E':
    case '\u200F':
    case '\u202A':
    case '\u202B':
    case '\u202C':
    case '\u2066':
    case '\u2067':
    case '\u2068':
    case '\u2069':
      return (
        isRightToLeft(previous) ||
        isRightToLeft(next) ||
        /[\s\p{P}\p{N}]|^$/u.test(previous) ||
        /[\s\p{P}\p{N}]|^$/u.test(next)
      );
    case '\u17B4':
    case '\u17B5':
      return /\p{Script=Khmer}/u.test(previous);
    case '\u115F':
    case '\u1160':
      return /[\u1100-\u11FF]/u.test(previous + next);
    case '\u180E':
      return /\p{Script=Mongolian}/u.test(previous);
    case '\u034F':
      return /\p{M}/u.test(previous + next);
    default:
      return false;
  }
}

const withoutSpaces =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Javanese}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Scripts whose letters join, or whose marks combine. */
const joining =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
