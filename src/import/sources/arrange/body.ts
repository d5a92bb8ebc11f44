import { escapeAttribute, escapeText } from '../../../site/markup.ts';
import { readBylineLine } from '../lines/byline-line.ts';
import { readCredit } from '../lines/credit-line.ts';
import { readRelatedLine } from '../lines/furniture-line.ts';
import { isEndMark, isForEditors } from '../lines/order-line.ts';
import type { Arrangement } from './arrangement.ts';
import { type Block, type BlockPicture, comparable, isProse, isSameText, wordCount } from './block.ts';
import { readFigure } from './figure.ts';

const relatedMax = 8;
const relatedCharsMax = 160;
const subheadCharsMax = 80;
const pullQuoteBlocksMax = 1500;

/** The running text as HTML, with its figures, pull quotes, and one list of related stories. */
export function arrangeBody(blocks: readonly Block[], arrangement: Arrangement): string {
  const { options, readings, notes } = arrangement;
  const parts: string[] = [];
  const related: string[] = [];
  let relatedAt: number | undefined;
  // To look for each short line in all others would take too long in a text of thousands of lines.
  const all = blocks.length > pullQuoteBlocksMax ? [] : blocks.map(({ text }) => comparable(text));
  let isOver = false;

  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index];
    if (block === undefined) continue;
    if (block.kind === 'picture') {
      const { picture, length } = readFigure(blocks, index, arrangement);
      parts.push(figureHtml(picture, picture.src ?? arrangement.nextPicture()));
      index += length - 1;
      continue;
    }
    if (options.isCopy && block.role === undefined) {
      const length = takeRelated(blocks, index, arrangement, related);
      if (length > 0) {
        relatedAt ??= parts.length;
        index += length - 1;
        continue;
      }
      if (
        block.kind === 'paragraph' &&
        isSameText(block.text, blocks[index - 1]?.text ?? '') &&
        block.text.length > 300
      ) {
        readings.push({ text: block.text, reason: 'it repeats the paragraph above' });
        continue;
      }
      if (!options.hasPictures && readFigure.canBegin(blocks, index)) {
        const { picture, length: lines } = readFigure(blocks, index, arrangement);
        parts.push(figureHtml(picture, arrangement.nextPicture()));
        index += lines - 1;
        continue;
      }
      if (block.kind === 'paragraph' && isEndMark(block.text)) {
        readings.push({ text: block.text, reason: 'it marks the end of the text' });
        if (blocks.slice(index + 1).some(({ kind }) => kind !== 'rule')) isOver = true;
        continue;
      }
      if (isLastByline(blocks, index, arrangement)) continue;
      const quote = options.hasPictures ? undefined : readPullQuote(blocks, index, all);
      if (quote !== undefined) {
        parts.push(
          `<blockquote class="pull-quote"><p>${escapeText(quote.words)}</p>${quote.by === undefined ? '' : `<cite>${escapeText(quote.by)}</cite>`}</blockquote>`,
        );
        index += quote.length - 1;
        continue;
      }
      if (!options.hasPictures && isSubhead(blocks, index)) {
        parts.push(`<h2>${escapeText(block.text)}</h2>`);
        continue;
      }
    }
    if (block.role === 'pull') {
      parts.push(`<blockquote class="pull-quote">${block.html}</blockquote>`);
      continue;
    }
    if ((block.kind === 'paragraph' || block.kind === 'heading') && isForEditors(block.text)) isOver = true;
    parts.push(block.html);
  }
  if (isOver) {
    arrangement.draft ??= 'the text goes on after its end, with what seems to be meant for editors';
    notes.push('The text has a part that seems to be meant for editors. Remove it before you publish the story.');
  }
  if (related.length > 0)
    parts.splice(
      relatedAt ?? parts.length,
      0,
      `<aside class="bs-read-more"><ul>${related.map((item) => `<li>${item}</li>`).join('')}</ul></aside>`,
    );
  return parts.join('\n');
}

/** A figure in the form that `html-body` reads. */
export function figureHtml({ alt, caption, captionHtml, credit, href }: BlockPicture, src: string): string {
  const words = captionHtml ?? (caption === undefined ? '' : escapeText(caption));
  const name = credit === undefined ? '' : `<span class="credit">${escapeText(credit)}</span>`;
  const below =
    words === '' && name === '' ? '' : `<figcaption>${[words, name].filter(Boolean).join(' ')}</figcaption>`;
  const image = `<img src="${escapeAttribute(src)}" alt="${escapeAttribute(alt ?? '')}">`;
  return `<figure>${href === undefined ? image : `<a href="${escapeAttribute(href)}">${image}</a>`}${below}</figure>`;
}

/** "Read more:" and the titles after it. @returns the number of blocks that belong to it */
function takeRelated(blocks: readonly Block[], index: number, { readings }: Arrangement, related: string[]): number {
  const block = blocks[index];
  if (block === undefined || (block.kind !== 'paragraph' && block.kind !== 'heading')) return 0;
  const found = readRelatedLine(block.text);
  if (found === undefined) return 0;
  const add = (title: string, html = '') => {
    const link = /<a\b[^>]*\shref="[^"#][^>]*>[\s\S]*?<\/a>/.exec(html)?.[0];
    const item = link ?? escapeText(title);
    if (!related.includes(item)) related.push(item);
    readings.push({
      text: title,
      became: link === undefined ? 'a related story without an address' : 'a related story',
    });
  };
  if (found.title !== '') {
    add(found.title, block.html);
    return 1;
  }
  let length = 1;
  for (; length <= relatedMax; length++) {
    const next = blocks[index + length];
    if (next?.kind === 'list' && length === 1) {
      const items = next.html.split('<li').slice(1);
      for (const [at, item] of (next.items ?? []).entries()) add(item, items[at]);
      return 2;
    }
    if (next?.kind !== 'paragraph' || next.text.length > relatedCharsMax || isProse(next)) break;
    if (wordCount(next.text) < 2 || /[.:]$/.test(next.text) || readCredit(next.text) !== undefined) break;
    add(next.text, next.html);
    if (next.isTight === false && blocks[index + 1]?.isTight === true) {
      length++;
      break;
    }
  }
  if (length === 1) return 0;
  readings.push({ text: block.text, reason: 'it is the heading of the related stories' });
  return length;
}

/** A byline can also be the last line: "Text: Ann Example". */
function isLastByline(blocks: readonly Block[], index: number, { byline, readings }: Arrangement): boolean {
  const block = blocks[index];
  if (block === undefined || byline.length > 0 || index < blocks.length - 2 || block.kind !== 'paragraph') return false;
  const found = readBylineLine(block.text);
  if (found === undefined) return false;
  byline.push(found);
  readings.push({ text: block.text, became: 'the byline' });
  return true;
}

/** A line in quotation marks that the running text has too, or that has its speaker on the next line. */
function readPullQuote(
  blocks: readonly Block[],
  index: number,
  all: readonly string[],
): { words: string; by?: string; length: number } | undefined {
  const block = blocks[index];
  if (block?.kind !== 'paragraph' || block.text.length > 300 || wordCount(block.text) < 4) return undefined;
  const [, quoted] = /^["“„«‹»'‘]\s?([^"“”„«»]+?)\s?["”“»«›'’]$/u.exec(block.text) ?? [];
  const words = comparable(block.text);
  const stands = all.some((text, at) => at !== index && text.length > words.length + 10 && text.includes(words));
  const speaker = /^[—–-]\s?(\p{Lu}[^.]{2,80})$/u.exec(blocks[index + 1]?.text ?? '')?.[1];
  if (quoted !== undefined && speaker !== undefined && blocks[index + 1]?.kind === 'paragraph')
    return { words: quoted, by: speaker, length: 2 };
  if (!stands || words.length < 25) return undefined;
  return { words: quoted ?? block.text, length: 1 };
}

/** A short line without a full stop between two paragraphs of running text. */
function isSubhead(blocks: readonly Block[], index: number): boolean {
  const block = blocks[index];
  const before = blocks[index - 1];
  const after = blocks[index + 1];
  if (block?.kind !== 'paragraph' || before === undefined || after === undefined) return false;
  if (block.text.length > subheadCharsMax || (before.isTight === true && block.isTight === false)) return false;
  if (!/^[\p{Lu}\p{N}¿¡"“«„'‘]/u.test(block.text) || /[.,;:…]$/.test(block.text)) return false;
  if (wordCount(block.text) < 1 || wordCount(block.text) > 12) return false;
  return (
    /[.!?…”"»)]$/.test(before.text) &&
    (isProse(after) || (after.text.length >= 60 && /[.!?…][”"»)]*$/.test(after.text)))
  );
}
