import type { Body, BodyPicture } from '../body/body.ts';
import { kindOfSign, letter, notAWord, wholeWord } from './signs.ts';
import { hasStrayWords } from './tag-words.ts';

/*
 * Every ingested story is counted, so the count is one pass over the source and one over the result, without an object
 * for each word. A word is a hash of its characters, and only the number of occurrences of each hash is kept. Words
 * with the same hash share a counter. This can hide one lost word in ten thousand, but never reports a loss that did
 * not happen.
 */
const counters = new Int16Array(1 << 14);
const mask = counters.length - 1;

/**
 * Whether every word in the source is printed at least as often as it is written.
 *
 * @returns false also if only the slow count can decide
 */
export function isCountRight(text: string, body: Body): boolean {
  counters.fill(0);
  addBody(body);
  return takeSource(text);
}

function addBody(body: Body): void {
  for (const part of body) {
    if (part.kind === 'html') addHtml(part.html);
    else if (part.kind === 'picture') addPicture(part);
    else if (part.kind === 'link') {
      addText(`story ${part.target} ${part.fragment} ${part.title ?? ''}`);
      addBody(part.children);
    } else {
      for (const value of Object.values(part.attributes)) if (typeof value === 'string') addText(value);
      addBody(part.children);
    }
  }
}

function addPicture(picture: BodyPicture): void {
  for (const value of Object.values(picture)) if (typeof value === 'string') addText(value);
  // Its own kind is always "picture", a built-in word.
  addWord('picture', -1);
}

function addWord(word: string, by: number): void {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = (Math.imul(hash, 31) + word.charCodeAt(at)) | 0;
  counters[slotOf(hash)]! += by;
}

const slotOf = (hash: number): number => (hash ^ (hash >>> 14)) & mask;

function addText(text: string): void {
  const end = text.length;
  let hash = 0;
  let isInWord = false;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    const kind = kindOfSign[code];
    if (kind === letter) {
      hash = isInWord ? (Math.imul(hash, 31) + code) | 0 : code;
      isInWord = true;
      continue;
    }
    if (isInWord) counters[slotOf(hash)]!++;
    isInWord = false;
    if (kind === wholeWord) counters[slotOf(code)]!++;
  }
  if (isInWord) counters[slotOf(hash)]!++;
}

/** Text between tags, and the texts and targets of links. */
function addHtml(html: string): void {
  const end = html.length;
  let hash = 0;
  let isInWord = false;
  for (let at = 0; at < end; at++) {
    const code = html.charCodeAt(at);
    const kind = kindOfSign[code];
    if (kind === letter) {
      hash = isInWord ? (Math.imul(hash, 31) + code) | 0 : code;
      isInWord = true;
      continue;
    }
    if (isInWord) counters[slotOf(hash)]!++;
    isInWord = false;
    if (kind === notAWord) {
      if (code === 0x3c) {
        const close = endOfTag(html, at);
        const first = html.charCodeAt(at + 1);
        // <a>, <abbr>, <dfn>, <del>, <time>, <ol>: the elements whose attributes contain text.
        if ((first === 0x61 || first === 0x64 || first === 0x74 || first === 0x6f) && close - at > 6)
          for (const [, value] of html.slice(at, close).matchAll(/ (?:href|title|datetime|start)="([^"]*)"/g))
            addText(value!);
        at = close;
      } else if (code === 0x26) {
        const close = html.indexOf(';', at);
        if (close > 0 && close - at < 8) at = close;
      }
    } else if (kind === wholeWord) counters[slotOf(code)]!++;
  }
  if (isInWord) counters[slotOf(hash)]!++;
}

function endOfTag(html: string, at: number): number {
  const close = html.indexOf('>', at);
  return close < 0 ? html.length : close;
}

/** Subtracts the words of the source from the counters. @returns whether there were enough */
function takeSource(text: string): boolean {
  const end = text.length;
  let hash = 0;
  let isInWord = false;
  /** So far this line has only spaces, `>`, `-`, and digits, so a number may be that of a list. */
  let isLineStart = true;
  let isNumber = false;
  for (let at = 0; at <= end; at++) {
    const code = at < end ? text.charCodeAt(at) : 0x0a;
    const kind = kindOfSign[code];
    if (kind === letter) {
      if (!isInWord) {
        hash = code;
        isInWord = true;
        isNumber = isLineStart && code < 0x3a;
      } else {
        hash = (Math.imul(hash, 31) + code) | 0;
        if (code >= 0x3a) isNumber = false;
      }
      if (!isNumber) isLineStart = false;
      continue;
    }
    if (isInWord) {
      isInWord = false;
      const isOfList = isNumber && (code === 0x2e || code === 0x29);
      if (!isOfList && --counters[slotOf(hash)]! < 0) return false;
    }
    if (kind === wholeWord) {
      isLineStart = false;
      if (--counters[slotOf(code)]! < 0) return false;
    } else if (code === 0x0a) isLineStart = true;
    else if (code === 0x3c) {
      const next = text.charCodeAt(at + 1);
      // Comments and the like are left to the slow count.
      if (next === 0x21 || next === 0x3f) return false;
      const isTag = (next >= 0x41 && next <= 0x5a) || (next >= 0x61 && next <= 0x7a) || next === 0x2f;
      if (!isTag) continue;
      const close = takeTag(text, at);
      if (close < 0) return false;
      at = close;
      isLineStart = false;
    } else if (code !== 0x20 && code !== 0x3e && code !== 0x2d && code !== 0x2a) isLineStart = false;
  }
  return true;
}

/**
 * A tag on one line. Its values in quotation marks are words, but its names are not.
 *
 * @returns where it ends, or -1 if that is uncertain or words are missing
 */
function takeTag(text: string, from: number): number {
  let at = from + 1;
  for (; ; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x3e) return hasStrayWords(text.slice(from, at + 1)) ? -1 : at;
    if (code === 0x0a || Number.isNaN(code) || code === 0x3c || code === 0x27 || code === 0x3a) return -1;
    if (code !== 0x22) continue;
    const close = text.indexOf('"', at + 1);
    if (close < 0 || !takeValue(text, at + 1, close)) return -1;
    at = close;
  }
}

function takeValue(text: string, from: number, to: number): boolean {
  let hash = 0;
  let isInWord = false;
  for (let at = from; at <= to; at++) {
    const code = at < to ? text.charCodeAt(at) : 0x22;
    const kind = kindOfSign[code];
    if (kind === letter) {
      hash = isInWord ? (Math.imul(hash, 31) + code) | 0 : code;
      isInWord = true;
      continue;
    }
    if (isInWord && --counters[slotOf(hash)]! < 0) return false;
    isInWord = false;
    if (kind === wholeWord && --counters[slotOf(code)]! < 0) return false;
  }
  return true;
}
