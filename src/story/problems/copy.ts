import { type Place, type Problem, warning } from '../../problems/problem.ts';
import type { Rule } from '../../problems/rules.ts';
import type { Slip, SlipKind } from '../copy/finding.ts';
import { short } from './shared.ts';

/* What a copy editor would mark in a story. */

type Said = (before: string, after: string | undefined) => [message: string, hint?: string];

const rules = {
  'joined-words': 'copy-joined-words',
  'doubled-word': 'copy-doubled-word',
  'doubled-caption': 'copy-doubled-caption',
  'hyphen-for-dash': 'copy-hyphen-for-dash',
  'quotation-mark': 'copy-quotation-mark',
  'broken-characters': 'copy-broken-characters',
  'invisible-character': 'copy-invisible-character',
} as const satisfies Record<SlipKind, Rule>;

const says: Record<SlipKind, Said> = {
  'joined-words': (before, after) => [`There is no space between two words: ${before}`, `Write  ${after} .`],
  'doubled-word': (before, after) => [`The same word is here twice: ${before}`, `Write  ${after} .`],
  'doubled-caption': (before) => [`Readers get the same words twice: ${before}`, 'Delete one of them.'],
  'hyphen-for-dash': (before, after) => [`There is a hyphen where a dash belongs: ${before}`, `Write  ${after} .`],
  'quotation-mark': (before, after) => [
    `A quotation mark is wrong or has no partner: ${before}`,
    after === undefined ? 'Add the missing mark, or delete this one.' : `Write  ${after} .`,
  ],
  'broken-characters': (before, after) => [
    `These characters were damaged when the text was converted: ${before}`,
    after === undefined ? 'Type the character that belongs here.' : `Write  ${after} .`,
  ],
  'invisible-character': (before, after) => [
    `There are characters that nobody can see: ${before}`,
    after === undefined ? 'Delete them.' : `Write  ${after} , without them.`,
  ],
};

/** @param text in which the slip is */
export function copySlip<At extends Place>(place: At, text: string, { kind, at, end, write, why }: Slip): Problem {
  const [from, to] = around(text, at, end);
  const before = visible(text.slice(from, to));
  const after = write === undefined ? undefined : visible(text.slice(from, at) + write + text.slice(end, to));
  const [message, hint] = says[kind](before, after);
  // A paragraph that is to be deleted has nothing to write instead.
  const isWhole = write === '' && kind === 'doubled-caption';
  return warning(
    rules[kind],
    place,
    why === undefined ? message : `${why.replace(/\.$/, '')}: ${before}`,
    isWhole ? 'Delete this paragraph.' : hint,
  );
}

/** @param more how many are not listed */
export const moreSlips = (file: string, kind: SlipKind, more: number): Problem =>
  warning(
    rules[kind],
    { file, line: 1 },
    more === 1 ? 'This file has one more of these.' : `This file has ${more} more of these.`,
    'broadsheet check --fix  corrects those that are certain.',
  );

/** The words around a place, on its line. */
function around(text: string, at: number, end: number): [from: number, to: number] {
  const from = /\S{0,40}\s?\S{0,40}$/.exec(text.slice(Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 40), at))![0]
    .length;
  const rest = text.slice(end, end + 40);
  const line = rest.includes('\n') ? rest.slice(0, rest.indexOf('\n')) : rest;
  return [at - from, end + /^\S{0,40}\s?\S{0,40}/.exec(line)![0].length];
}

/** Characters that nobody sees, by their code points, so that an editor can find them. */
const visible = (text: string): string =>
  short(
    text.replace(
      /\u034F|[\u00A0\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B-\u200F\u2028-\u202F\u2060-\u206F\uFEFF]/g,
      (sign) => `[U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
    ),
  );
