import { marksOf } from './quotation-marks.ts';
import { addressCursor, type Setting, setQuotes } from './set-quotes.ts';

export { thing } from './set-quotes.ts';

/**
 * Smart punctuation. This is the only place that decides it, for every text that readers get.
 *
 * Straight quotation marks become those of the language, or an apostrophe, a prime, or a Hebrew geresh. `--`, `---`,
 * and `...` become dashes and an ellipsis. The spaces that French requires before some characters become no-break
 * spaces. Typographic characters that an author typed stay, so processing a text twice is the same as processing it
 * once. Words that look like an address are left alone.
 *
 * Why it is here, and where it is not applied: docs/decisions/0016-punctuation-is-set-in-one-place.md
 */

/** Plain text of one paragraph, such as a headline. Blank lines separate paragraphs. */
export function setText(text: string, language: string): string {
  if (!candidates.test(text) && !hasSpaces(text, language)) return text;
  if (!text.includes('\n')) return setRuns([text], language)[0]!;
  return text
    .split(/(\n\s*\n)/)
    .map((part, at) => (at % 2 === 1 ? part : setRuns([part], language)[0]!))
    .join('');
}

/** `setText` for a text that may be missing. */
export const setWords = <Text extends string | undefined>(text: Text, language: string): Text =>
  (text === undefined ? text : setText(text, language)) as Text;

const candidates = /["']|--|\.{3}/;
const hasSpaces = (text: string, language: string): boolean =>
  marksOf(language).spaced === true && / [;!?:»]|« /.test(text);

/**
 * Sets the text runs of one paragraph, which markup separates. Each run is set with the others in view.
 *
 * @param runs `thing` for what is not text. It is returned unchanged
 */
export function setRuns(runs: readonly string[], language: string): string[] {
  const whole = runs.length === 1 ? runs[0]! : runs.join('');
  const marks = marksOf(language);
  if (!candidates.test(whole) && !(marks.spaced && / [;!?:»]|« /.test(whole))) return [...runs];
  const setting: Setting = { whole, edits: [], addresses: addressesIn(whole), marks, language };
  setQuotes(setting);
  if (marks.spaced) setSpaces(setting);
  setDashes(setting, runs);
  return applied(setting, runs);
}

function applied({ edits }: Setting, runs: readonly string[]): string[] {
  edits.sort((one, other) => one.at - other.at);
  let next = 0;
  let start = 0;
  return runs.map((run) => {
    const end = start + run.length;
    let set = '';
    let from = start;
    for (let edit = edits[next]; edit && edit.at < end; edit = edits[++next]) {
      if (edit.at < from) continue;
      set += run.slice(from - start, edit.at - start) + edit.text;
      from = edit.at + edit.length;
    }
    set += run.slice(from - start);
    start = end;
    return set;
  });
}

/** Addresses of pages and people in a text, without the character that ends the sentence. */
function addressesIn(whole: string): [number, number][] {
  if (!/:\/\/|www\.|@/i.test(whole)) return [];
  const found = whole.matchAll(
    /(?:\bhttps?:\/\/|\bwww\.)[^\s"'<>“”«»]*[^\s"'<>“”«».,;:!?…)]|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/gi,
  );
  return [...found].map((match) => [match.index, match.index + match[0].length]);
}

function setDashes(setting: Setting, runs: readonly string[]): void {
  const { whole, edits } = setting;
  const isInAddress = addressCursor(setting);
  let end = 0;
  let next = 0;
  dashOrDots.lastIndex = 0;
  for (let match = dashOrDots.exec(whole); match; match = dashOrDots.exec(whole)) {
    let at = match.index;
    const length = match[0].length;
    // Markup can separate hyphens or dots, so each run is processed by itself.
    while (at < match.index + length) {
      while (end <= at) end += runs[next++]!.length;
      const count = Math.min(match.index + length, end) - at;
      const text = count < (whole[at] === '.' ? 3 : 2) ? undefined : whole[at] === '.' ? '…' : dashes(count);
      if (text !== undefined && !isInAddress(at)) edits.push({ at, length: count, text });
      at += count;
    }
  }
}

const dashOrDots = /-{2,}|\.{3}/g;

/** Two hyphens are an en dash, three an em dash. More hyphens are split into these, as in cmark. */
function dashes(count: number): string {
  if (count % 3 === 0) return '—'.repeat(count / 3);
  if (count % 2 === 0) return '–'.repeat(count / 2);
  return count % 3 === 2 ? `${'—'.repeat((count - 2) / 3)}–` : `${'—'.repeat((count - 4) / 3)}––`;
}

/** Only spaces that were typed are changed. None are added. Markup can be on either side of them. */
function setSpaces(setting: Setting): void {
  const { whole, edits } = setting;
  const put = (at: number, length: number, text: string) => {
    for (let more = 0; more < length; more++) edits.push({ at: at + more, length: 1, text: more === 0 ? text : '' });
  };
  for (const { index, 0: found } of whole.matchAll(/« +/g)) put(index + 1, found.length - 1, '\u202F');
  for (const { index, 0: found } of whole.matchAll(/(?<! ) +»/g)) put(index, found.length - 1, '\u202F');
  for (const { index } of whole.matchAll(/(?<=\S) (?=[;!?])/g)) put(index, 1, '\u202F');
  for (const { index } of whole.matchAll(/(?<=\S) (?=:(?:\s|$))/g)) put(index, 1, '\u00A0');
}
