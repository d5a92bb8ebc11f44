import { comparable } from '../../pictures/plain-text.ts';
import { type Body, type BodyPicture, wordsOfPicture } from '../body/body.ts';
import type { FrontMatter } from '../schema.ts';
import { samePicture } from '../show-picture.ts';
import type { Slip } from './finding.ts';

/** A body with what is needed to know its captions. */
export interface Captioned {
  text: string;
  body: Body;
  pictures: NonNullable<FrontMatter['pictures']>;
  lead: FrontMatter['lead'] | undefined;
  /** The line of the file on which the text begins. */
  bodyLine: number;
}

/** A shorter caption, such as a name, may well be there twice. */
const wordsMin = 4;

/**
 * Captions that readers get twice: below two pictures, as the alt text of a picture that is not there, and as the
 * paragraph below the picture. Texts that were copied from a web page have them.
 */
export function doubledCaptions({ text, body, pictures, lead, bodyLine }: Captioned): Slip[] {
  const shown = picturesIn(body);
  if (shown.length === 0 && !lead?.caption) return [];
  const found: Slip[] = [];
  const known = new Map<string, unknown>();
  const leadCaption = comparable(lead?.caption ?? '');
  if (isLong(leadCaption)) known.set(leadCaption, 'lead');
  for (const { picture, group } of shown) {
    const entry = picture.isUnnamed
      ? undefined
      : Object.entries(pictures).find(([name]) => samePicture(picture.src, name))?.[1];
    const { alt = entry?.alt, caption: written = entry?.caption } = wordsOfPicture(picture);
    if (written === undefined) continue;
    const caption = comparable(written);
    const [at, end] = lineOf(text, picture.line - bodyLine + 1);
    const slip = { kind: 'doubled-caption' as const, at, end };
    if ((picture.wanted ?? entry?.wanted) !== undefined && alt !== undefined && comparable(alt) === caption)
      found.push({ ...slip, why: 'The alt text of this picture repeats its caption.' });
    if (!isLong(caption)) continue;
    // Pictures of one group can share a caption, which is printed once.
    const before = known.get(caption);
    if (before !== undefined && before !== group)
      found.push({ ...slip, why: 'Another picture of this story has the same caption.' });
    known.set(caption, group ?? picture);
    const below = paragraphBelow(text, end);
    if (below && comparable(plain(below.text)) === caption)
      found.push({
        kind: 'doubled-caption',
        at: below.at,
        end: below.end,
        write: '',
        isCertain: true,
        why: 'This paragraph repeats the caption of the picture above it.',
      });
  }
  return found;
}

const isLong = (caption: string): boolean => caption.split(' ').length >= wordsMin;

/** With the gallery or pair that a picture is in. */
function picturesIn(body: Body, group?: object): { picture: BodyPicture; group: object | undefined }[] {
  return body.flatMap((part) => {
    if (part.kind === 'picture') return [{ picture: part, group }];
    return part.kind === 'element' || part.kind === 'link'
      ? picturesIn(part.children, part.kind === 'element' ? part : group)
      : [];
  });
}

/** Where a line is, counted from 1. The end is that of the picture's block. */
function lineOf(text: string, line: number): [at: number, end: number] {
  let at = 0;
  for (let count = 1; count < line; count++) {
    const next = text.indexOf('\n', at);
    if (next < 0) break;
    at = next + 1;
  }
  const end = text.slice(at).search(/\n\s*(?:\n|$)/);
  return [at, end < 0 ? text.length : at + end];
}

function paragraphBelow(text: string, from: number): { at: number; end: number; text: string } | undefined {
  const gap = /^\s*\n\s*\n?/.exec(text.slice(from))?.[0];
  if (gap === undefined) return undefined;
  const at = from + gap.length;
  const length = text.slice(at).search(/\n\s*\n|\n*$/);
  const paragraph = text.slice(at, at + length);
  if (paragraph === '' || /^(?:[#>|<!-]|\d+\.|```|~~~)/.test(paragraph)) return undefined;
  // With the empty lines below it, so that none are left over.
  const after = /^\n\s*\n/.exec(text.slice(at + length))?.[0].length ?? 0;
  return { at, end: at + length + after, text: paragraph };
}

const plain = (markdown: string): string =>
  markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_]{1,3}/g, '')
    .trim();
