import type { Body, BodyPicture } from '../body/body.ts';
import { codeUnitsOf } from '../code-units.ts';
import { kindOfSign, letter, notAWord } from './signs.ts';
import { hasStrayWords } from './tag-words.ts';

/*
 * Every ingested story is counted, so the first count is as cheap as possible. Each letter has a number, and the sum
 * over the source is compared with the sum over what would be printed. Equal sums mean that all letters are there. For
 * most stories they are equal, and nothing else is done. This takes about a hundredth of the time in which the story is
 * compiled and rendered.
 */

/** A number for each letter, by UTF-16 code unit, or 0 for characters that are not part of a word. */
const numberOf = new Int32Array(0x10000);
for (let code = 0; code < numberOf.length; code++)
  // Multiplied, so that the letters of one word do not compensate for those of another.
  if (kindOfSign[code] !== notAWord) numberOf[code] = Math.imul(Math.imul(code, 0x9e3779b1) ^ (code << 7), 0x85ebca6b);

/** Whether the letters of the source and of the body are the same. False also if only a closer look can decide. */
export function hasSameLetters(text: string, body: Body): boolean {
  return firstLook(text, body).hasSameLetters;
}

/** The result of one pass over the source and one over the body. */
export interface FirstLook {
  /** False also if only a closer look can decide. */
  hasSameLetters: boolean;
  /** Some printed characters could be markup that was not understood. */
  hasSigns: boolean;
}

export function firstLook(text: string, body: Body): FirstLook {
  hasSigns = false;
  const printed = sumOfBody(body);
  const written = sumOfSource(text);
  return { hasSameLetters: written === printed, hasSigns };
}

/** Set by the pass over the body, so that the pass creates no object. */
let hasSigns = false;

/** Characters with which a tag, an entity, or leftover markup begins. */
const isLookedAt = new Uint8Array(0x10000);
for (const sign of '<&[{*~#|:=`!?.$') isLookedAt[sign.charCodeAt(0)] = 1;

/**
 * Whether a character in a page could be markup that was not understood. Most characters are ordinary: "[sic]" costs a
 * closer look, but "10:30" does not.
 */
function isSuspicious(html: string, at: number, code: number): boolean {
  const next = html.charCodeAt(at + 1);
  switch (code) {
    case 0x5b: // [
    case 0x7b: // {
      return true;
    case 0x2a: // **
    case 0x7e: // ~~
    case 0x3d: // ==
    case 0x60: // ``
      return next === code;
    case 0x3a: // :::
      return next === code && html.charCodeAt(at + 2) === code;
    case 0x24: // ${
      return next === 0x7b;
    case 0x26: // &lt;b, &amp;nbsp
      return /^&(?:lt;[a-z/!%?]|amp;[a-z#])/i.test(html.slice(at, at + 7));
    default: {
      // # | ! ? . at the beginning of a line
      const before = html.charCodeAt(at - 1);
      return (before === 0x3e || before === 0x0a) && (code !== 0x2e || next === 0x2e);
    }
  }
}

function sumOfBody(body: Body): number {
  let sum = 0;
  for (const part of body) {
    if (part.kind === 'html') sum += sumOfHtml(part.html);
    else if (part.kind === 'picture') sum += sumOfPicture(part);
    else if (part.kind === 'link') {
      sum += storyScheme + sumOf(part.target) + sumOf(part.fragment) + sumOf(part.title ?? '');
      sum += sumOfBody(part.children);
    } else {
      for (const value of Object.values(part.attributes)) if (typeof value === 'string') sum += sumOfLine(value);
      sum += sumOfBody(part.children);
    }
    sum |= 0;
  }
  return sum;
}

function sumOfPicture(picture: BodyPicture): number {
  let sum = 0;
  for (const [key, value] of Object.entries(picture))
    if (key !== 'kind' && typeof value === 'string') sum += sumOfLine(value);
  return sum | 0;
}

/** A caption, a title, or a file name. */
function sumOfLine(text: string): number {
  if (/[[{*~&<=`]/.test(text)) hasSigns = true;
  return sumOf(text);
}

function sumOf(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (sum + numberOf[text.charCodeAt(at)]!) | 0;
  return sum;
}

const storyScheme = sumOf('story');

/** Text between tags, and the texts and targets of links. */
function sumOfHtml(html: string): number {
  const units = codeUnitsOf(html);
  const end = html.length;
  let sum = 0;
  for (let at = 0; at < end; at++) {
    const code = units[at]!;
    sum = (sum + numberOf[code]!) | 0;
    if (isLookedAt[code] === 0) continue;
    if (code === 0x3c) {
      const from = at;
      while (at < end && units[at] !== 0x3e) at++;
      if (at === end) break;
      // Only <a>, <abbr>, <del>, <dfn>, <time>, and <ol> have attributes that contain text.
      if (at - from > 6) {
        const first = units[from + 1]!;
        if (first === 0x61 || first === 0x64 || first === 0x74 || first === 0x6f)
          sum = (sum + sumOfTag(html.slice(from, at))) | 0;
      }
      continue;
    }
    if (!hasSigns && isSuspicious(html, at, code)) hasSigns = true;
    if (code === 0x26) {
      const close = html.indexOf(';', at);
      if (close > 0 && close - at < 8) at = close;
    }
  }
  return sum;
}

function sumOfTag(tag: string): number {
  let sum = 0;
  for (const [, value] of tag.matchAll(/ (?:href|title|datetime)="([^"]*)"/g))
    sum += sumOf(value!.includes('&') ? value!.replace(/&(?:amp|lt|gt|quot|#x27);/g, '') : value!);
  return sum | 0;
}

/** List numbers and tag names are left out. @returns undefined if a closer look is needed */
function sumOfSource(text: string): number | undefined {
  const units = codeUnitsOf(text);
  const end = text.length;
  let sum = -numbersAt(units, 0, end) | 0;
  for (let at = 0; at < end; at++) {
    const code = units[at]!;
    sum = (sum + numberOf[code]!) | 0;
    if (code === 0x0a) sum = (sum - numbersAt(units, at + 1, end)) | 0;
    else if (code === 0x3c) {
      const next = at + 1 < end ? units[at + 1]! : 0x0a;
      if (next === 0x21 || next === 0x3f) return undefined;
      if (kindOfSign[next] !== letter && next !== 0x2f) continue;
      const tag = /^<\/?[A-Za-z][\w-]*(?: [A-Za-z][\w-]*(?:="[^"\n]*")?)* ?\/?>/.exec(text.slice(at, at + 1_000))?.[0];
      if (tag === undefined || hasStrayWords(tag)) return undefined;
      for (const [, value] of tag.matchAll(/="([^"]*)"/g)) sum = (sum + sumOf(value!)) | 0;
      at += tag.length - 1;
    }
  }
  return sum;
}

/** What the numbers of lists add at the beginning of a line. */
function numbersAt(units: Uint16Array, from: number, end: number): number {
  let at = from;
  while (at < end && (units[at] === 0x20 || units[at] === 0x3e)) at++;
  const begin = at;
  while (at < end && units[at]! >= 0x30 && units[at]! <= 0x39) at++;
  const isNumber = at > begin && at + 1 < end && (units[at] === 0x2e || units[at] === 0x29) && units[at + 1] === 0x20;
  let sum = 0;
  if (isNumber) for (let digit = begin; digit < at; digit++) sum = (sum + numberOf[units[digit]!]!) | 0;
  return sum;
}
