import * as problem from '../problems/lost.ts';
import type { BodyProblem, TextPlace } from '../problems/shared.ts';
import { placeOf } from './causes.ts';
import { isCode } from './reading.ts';
import { hasStrayWords } from './tag-words.ts';

const mayBeTag = /<(?:[abiqsu]|em|strong|del|ins|mark|small|su[bp]|kbd|cite|big|font|tt|strike)[\s>]/i;

const signsOfAccidents = ['\n---', '\n===', '/>', ']:', '```', '~~~', '<<<<<<<', '>>>>>>>', '\nimport ', '\nexport '];

/** Whether a source can contain an accident at all. Most contain none. */
export const mayHaveAccidents = (text: string): boolean =>
  signsOfAccidents.some((sign) => text.includes(sign)) ||
  /^\s*(?:import |export |[a-z]+[ \t]*:)/.test(text) ||
  (text.includes('<') && mayBeTag.test(text));

/** The most that are reported for one rule. Anyone who corrects these can find the others. */
const ofARuleMax = 5;

/**
 * What Markdown or HTML understands, but probably not as it was meant: lines that became a heading, code that never
 * ends, tags that a slash does not close, and what `git` or a second front matter left behind.
 *
 * @param map the kind of each character of the source, from a plain reading
 * @param openFence where a code block begins that never ends
 */
export function accidentsIn(
  text: string,
  format: 'md' | 'mdx',
  map: Uint8Array,
  openFence: number | undefined,
): BodyProblem[] {
  const problems: BodyProblem[] = [];
  const told = new Map<string, number>();
  const warn = (at: number, make: (place: TextPlace) => BodyProblem) => {
    const found = make(placeOf(text, at));
    const count = told.get(found.rule) ?? 0;
    told.set(found.rule, count + 1);
    if (count < ofARuleMax) problems.push(found);
  };

  const block =
    /^\s*(?:headline|title|standfirst|kicker|section|topics|tags|byline|author|dateline|published|date|summary|slug|lead)[ \t]*:[ \t]*\S[^\n]*\n(?:[^\n]*\n){0,40}?---[ \t]*(?:\n|$)/.exec(
      text,
    );
  const ofFrontMatter = block?.[0].length ?? 0;
  if (block) warn(text.search(/\S/), problem.frontMatterInText);

  if (openFence !== undefined) warn(openFence, problem.codeNotClosed);

  for (const found of headingsByAccident(text, map))
    if (found.at >= ofFrontMatter) warn(found.at, (place) => problem.headingByAccident(place, found.words, found.sign));

  for (const { 0: sign, index } of text.matchAll(/^(?:<{7}|>{7})(?=[ \t]|$)/gm))
    if (map[index] !== isCode) warn(index, (place) => problem.mergeMark(place, sign));

  if (format === 'md')
    for (const { 0: line, index } of text.matchAll(
      /^(?:import\s[^\n]*\sfrom\s+["'][^\n]+["'];?|export\s+(?:const|default|function|let)\s[^\n]+)$/gm,
    ))
      if (map[index] !== isCode) warn(index, (place) => problem.codeInText(place, line));

  const targets = new Map<string, string>();
  for (const { 1: label = '', 2: target = '', index } of text.matchAll(
    /^ {0,3}\[([^\]\n^][^\]\n]{0,200})\]:[ \t]*(\S+)/gm,
  )) {
    if (map[index] === isCode) continue;
    const known = targets.get(label.toLowerCase());
    if (known === undefined) targets.set(label.toLowerCase(), target);
    else if (known !== target) warn(index, (place) => problem.referenceTwice(place, label, known));
  }

  if (format === 'md')
    for (const { 0: tag, 1: name = '', index } of text.matchAll(
      /<(a|b|i|em|strong|u|s|del|ins|mark|small|sub|sup|code|kbd|q|cite|big|font|tt|h[1-6]|pre)\b[^<>\n]*\/>/gi,
    )) {
      if (map[index] === isCode || text[index - 1] === '\\') continue;
      if (name.toLowerCase() === 'a' && !/\shref/i.test(tag)) continue;
      warn(index, (place) => problem.htmlSelfClosed(place, tag, name));
    }
  if (format === 'md')
    for (const { name, at } of tagsLeftOpen(text, map)) warn(at, (place) => problem.htmlNotClosed(place, name));
  return problems;
}

/** Inline elements that HTML never closes by itself, such as the `<b>` in `if a<b>c`. */
function tagsLeftOpen(text: string, map: Uint8Array): { name: string; at: number }[] {
  const open = new Map<string, number[]>();
  for (const { 0: tag, 1: slash, 2: written = '', index } of text.matchAll(inlineTag)) {
    if (map[index] === isCode || isEscaped(text, index) || tag.endsWith('/>') || isIndentedCode(text, index)) continue;
    const name = written.toLowerCase();
    // An anchor that only names a place needs no end tag.
    if (name === 'a' && slash === '' && !/\shref/i.test(tag)) continue;
    const places = open.get(name) ?? [];
    open.set(name, places);
    if (slash === '/') places.pop();
    else if (!hasStrayWords(tag)) places.push(index);
  }
  return [...open].flatMap(([name, places]) => places.map((at) => ({ name, at }))).sort((a, b) => a.at - b.at);
}

/** Whether a position is on a line that is code because of four spaces. */
const isIndentedCode = (text: string, at: number): boolean =>
  /^(?: {4}|\t)/.test(text.slice(text.lastIndexOf('\n', at) + 1, at + 1));

const inlineTag =
  /<(\/?)(a|b|i|em|strong|u|s|del|ins|mark|small|sub|sup|kbd|q|cite|big|font|tt|strike)(?=[\s>])[^<>]{0,1000}>/gi;

const isEscaped = (text: string, at: number): boolean =>
  /(?:^|[^\\])(?:\\\\)*\\$/.test(text.slice(Math.max(0, at - 20), at));

/** Paragraphs that became a heading because of a line of hyphens or equals signs below them. */
function headingsByAccident(text: string, map: Uint8Array): { at: number; words: string; sign: string }[] {
  const found: { at: number; words: string; sign: string }[] = [];
  for (const { 0: line, index } of text.matchAll(/(?<=\n) {0,3}(?:-{2,}|={2,})[ \t]*(?=\n|$)/g)) {
    if (map[index] === isCode) continue;
    let begin = index - 1;
    let count = 0;
    let last = '';
    while (begin > 0 && count < 50) {
      const from = text.lastIndexOf('\n', begin - 1) + 1;
      const above = text.slice(from, begin);
      if (above.trim() === '' || /^\s*(?:[>#|<]|[-*+] |\d+[.)] |```|~~~|\[[^\]]+\]:)/.test(above)) break;
      count++;
      last = above;
      begin = from - 1;
      if (from === 0) break;
    }
    // A single line is a heading, unless it is as long as a paragraph.
    if (count >= 2 || (count === 1 && last.length > 120))
      found.push({
        at: begin + 1,
        words: last.trim().slice(0, 60),
        sign: line.includes('=') ? 'equals signs' : 'hyphens',
      });
  }
  return found;
}
