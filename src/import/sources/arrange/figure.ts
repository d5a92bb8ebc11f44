import { readBylineLine } from '../lines/byline-line.ts';
import { type CaptionLine, readCredit } from '../lines/credit-line.ts';
import { readDateLine } from '../lines/date-line.ts';
import type { Arrangement } from './arrangement.ts';
import { type Block, type BlockPicture, comparable, isSameText, wordCount } from './block.ts';

const captionCharsMax = 600;
/** "[1/2]" in a slide show. */
const counter = /^\s*[[(]\d+\s*\/\s*\d+[\])]\s*/;
const captionAloneCharsMax = 220;

const labels =
  /^(?:image caption|photo caption|caption|bildunterschrift|bildtext|legende|légende|leyenda|pie de foto|didascalia|legenda|bijschrift|fotobijschrift|billedtekst|kuvateksti|podpis)\s*[,:：]\s*/iu;
/** "Figure 1: A pier" below a picture. The number stays. */
const numberedFigure =
  /^(?:fig(?:ure|ura|\.)?|abb(?:ildung|\.)|bild|photo|foto|illustration|grafik|graphic|chart|map|karte)\s*\d*\s*[:.–—-]\s+\S/iu;
const sources =
  /^(?:image source|picture source|bildquelle|source de l['’]image|fuente de la imagen|fonte da imagem)\s*[,:：]\s*(.+)$/iu;

/**
 * Reads a picture with the lines below it that are its caption and its credit. In a copy of a web page the picture
 * itself is missing, and the lines stand alone.
 *
 * @param index of the picture, or of the first line for which `canBegin` is true
 * @returns the picture, and how many blocks belong to it
 */
export function readFigure(
  blocks: readonly Block[],
  index: number,
  { options, readings }: Pick<Arrangement, 'options' | 'readings'>,
): { picture: BlockPicture; length: number } {
  const first = blocks[index];
  const picture: BlockPicture = { ...first?.picture };
  let length = first?.kind === 'picture' ? 1 : 0;
  let isLabelled = false;
  if (picture.caption !== undefined && picture.credit === undefined) setCaption(picture, picture.caption);
  for (; length < 5; length++) {
    const block = blocks[index + length];
    if (block === undefined || !isLine(block) || block.text.length > captionCharsMax) break;
    const text = block.text.replace(counter, '');
    const source = sources.exec(text)?.[1];
    const next = blocks[index + length + 1];
    if (source !== undefined && picture.credit === undefined) {
      picture.credit = source;
      continue;
    }
    // The alt text and the caption were the same, or the credit stands twice.
    if (length > 0 && picture.caption !== undefined && repeats(text, picture)) {
      const again = readCredit(text);
      const isNew = again !== undefined && picture.credit === undefined;
      picture.credit ??= again?.credit;
      // The first line was the alt text, and this one is the caption with its punctuation.
      if (isNew && again.caption !== undefined) {
        picture.caption = undouble(again.caption.replace(labels, ''));
        delete picture.captionHtml;
      }
      readings.push({
        text,
        ...(isNew ? { became: 'the caption and credit of a picture' } : { reason: 'it repeats the caption' }),
      });
      continue;
    }
    if (length > 0 && picture.credit !== undefined && isSameText(readCredit(text)?.credit ?? text, picture.credit)) {
      readings.push({ text, reason: 'it repeats the credit' });
      continue;
    }
    if (length > 0 && picture.caption !== undefined && labels.test(text) && !isLabelled) {
      // The line above was the alt text, and this one says of itself that it is the caption.
      picture.alt ??= picture.caption;
      picture.caption = text.replace(labels, '');
      delete picture.captionHtml;
      isLabelled = true;
      continue;
    }
    if (picture.caption !== undefined && picture.credit !== undefined) break;
    const found = readCredit(text);
    if (found !== undefined && picture.credit === undefined) {
      if (found.caption === undefined || picture.caption === undefined) {
        if (found.caption !== undefined) {
          picture.caption = undouble(found.caption.replace(labels, ''));
          if (picture.caption === text) picture.captionHtml = inner(block.html);
        }
        picture.credit = found.credit;
        continue;
      }
    }
    if (picture.caption !== undefined) {
      if (block.role === 'credit' && picture.credit === undefined) {
        picture.credit = text;
        continue;
      }
      break;
    }
    const isCaption =
      block.role === 'caption' ||
      labels.test(text) ||
      (first?.kind === 'picture' && text.length <= captionAloneCharsMax && numberedFigure.test(text)) ||
      (picture.alt !== undefined && isSameText(text, picture.alt)) ||
      undouble(text) !== text ||
      // The credit is on the line after it.
      (next !== undefined && (next.role === 'credit' || isCreditAlone(next)) && isCaptionBefore(block, first)) ||
      (options.isCopy && next !== undefined && isLine(next) && startsWith(next.text, text));
    if (!isCaption) break;
    isLabelled = labels.test(text);
    picture.caption = undouble(text.replace(labels, ''));
    if (picture.caption === text) picture.captionHtml = inner(block.html);
  }
  return { picture, length: Math.max(1, length) };
}

/** Whether a line of a copied page is the caption or the credit of a picture that did not come along. */
readFigure.canBegin = (blocks: readonly Block[], index: number): boolean => {
  const block = blocks[index];
  if (block === undefined || !isLine(block) || block.text.length > captionCharsMax) return false;
  if (block.role === 'caption' || sources.test(block.text) || labels.test(block.text)) return true;
  if (readDateLine(block.text) !== undefined || readBylineLine(block.text) !== undefined) return false;
  const found = readCredit(block.text);
  if (found !== undefined) return found.caption === undefined || found.caption.length <= captionCharsMax;
  const next = blocks[index + 1];
  if (next === undefined || !isLine(next)) return false;
  if (wordCount(block.text) >= 3 && block.text.length <= 300 && startsWith(next.text, block.text)) return true;
  return isCreditAlone(next) && isCaptionBefore(block, undefined);
};

const isLine = (block: Block): boolean =>
  block.kind === 'paragraph' && (block.role === undefined || block.role === 'caption' || block.role === 'credit');

function isCreditAlone(block: Block): boolean {
  if (!isLine(block)) return false;
  const found: CaptionLine | undefined = readCredit(block.text);
  return (found !== undefined && found.caption === undefined) || sources.test(block.text);
}

/** A line above a credit is the caption if it is short, and if it is not the end of the text above the picture. */
const isCaptionBefore = (block: Block, picture: Block | undefined): boolean =>
  block.text.length <= captionAloneCharsMax &&
  (picture?.kind === 'picture' || block.isTight === true || !/[.!?…]["”’»)]*$/.test(block.text));

/** Whether a line begins with the whole of another one, so that both are texts of one picture. */
function startsWith(line: string, beginning: string): boolean {
  const [whole, start] = [comparable(line), comparable(beginning)];
  if (start.length < 12 || !whole.startsWith(start)) return false;
  if (whole === start) return true;
  const rest = line.slice(beginning.length);
  return readCredit(line) !== undefined && rest.length <= 120;
}

const repeats = (text: string, picture: BlockPicture): boolean => {
  const found = readCredit(text);
  const words = undouble((found?.caption ?? (found === undefined ? text : '')).replace(labels, ''));
  return words !== '' && isSameText(words, picture.caption ?? '');
};

/** "Boats at dawnBoats at dawn" is the alt text and the caption on one line. */
function undouble(text: string): string {
  const half = /^(.{12,}?)\s*\1$/su.exec(text.trim());
  return half?.[1]?.trim() ?? text.trim();
}

function setCaption(picture: BlockPicture, text: string): void {
  const found = readCredit(text);
  if (found === undefined) return;
  picture.credit = found.credit;
  if (found.caption === undefined) delete picture.caption;
  else picture.caption = found.caption;
  delete picture.captionHtml;
}

/** The content of a paragraph. */
const inner = (html: string): string => /^<(\w+)[^>]*>([\s\S]*)<\/\1>$/.exec(html)?.[2] ?? html;
