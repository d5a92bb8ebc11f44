import { isRoleLine, readBylineLine, readNameLine } from '../lines/byline-line.ts';
import { readDateLine } from '../lines/date-line.ts';
import { readDateline } from '../lines/dateline.ts';
import { isFurniture } from '../lines/furniture-line.ts';
import { readOrder } from '../lines/order-line.ts';
import type { Arrangement } from './arrangement.ts';
import { type Block, type BlockPicture, isSameText } from './block.ts';
import { readFigure } from './figure.ts';
import { findHeadline, headBlocksMax, isKicker, isStandfirst, splitNameAndDate } from './headline.ts';

/**
 * Reads what comes before the running text.
 *
 * @returns the picture at the top, and the blocks that are left, in their order
 */
export function arrangeHead(
  blocks: readonly Block[],
  arrangement: Arrangement,
): { lead?: BlockPicture; rest: Block[] } {
  const { options, fields, readings } = arrangement;
  const left = blocks.filter((block) => !isDropped(block, arrangement));
  takeOrders(left, arrangement);
  const at = findHeadline(left, options);
  const rest: Block[] = [];
  let lead: BlockPicture | undefined;
  let index = 0;
  let hasHeadline = false;

  if (at === undefined) {
    if (options.title !== undefined) fields.set('headline', options.title);
  } else {
    for (; index <= at; index++) {
      const block = left[index];
      if (block === undefined) break;
      if (index === at) {
        fields.set('headline', block.text);
        readings.push({ text: block.text, became: 'the headline' });
        hasHeadline = true;
      } else if (takeLine(block, arrangement)) continue;
      else if (block.kind === 'picture' && lead === undefined) {
        const figure = readFigure(left, index, arrangement);
        lead = figure.picture;
        index += figure.length - 1;
      } else if (isKicker(block) && !fields.has('kicker')) take(block, 'kicker', 'the kicker');
      else rest.push(block);
    }
  }

  for (const end = Math.min(left.length, index + headBlocksMax); index < end; index++) {
    const block = left[index];
    if (block === undefined) break;
    const headline = fields.get('headline');
    if (hasHeadline && typeof headline === 'string' && block.kind !== 'picture' && isSameText(block.text, headline)) {
      readings.push({ text: block.text, reason: 'it repeats the headline' });
      continue;
    }
    if (takeLine(block, arrangement)) continue;
    if (block.role === 'standfirst' && !fields.has('standfirst')) {
      take(block, 'standfirst', 'the standfirst');
      continue;
    }
    if (takeNames(left, index, arrangement)) continue;
    const isPicture = block.kind === 'picture' || (options.isCopy && !options.hasPictures && isCaption(left, index));
    if (isPicture && lead === undefined) {
      const figure = readFigure(left, index, arrangement);
      lead = figure.picture;
      index += figure.length - 1;
      continue;
    }
    if (isPicture) break;
    if (hasHeadline && isStandfirst(left, index) && !fields.has('standfirst')) {
      take(block, 'standfirst', 'the standfirst');
      continue;
    }
    // "Heard on Morning Edition" between the headline and the byline. It stays in the text.
    if (options.isCopy && isSmallLine(block) && left.slice(index + 1, index + 5).some(isWhoOrWhen)) {
      rest.push(block);
      continue;
    }
    break;
  }
  rest.push(...left.slice(index));
  takeDateline(rest, arrangement);
  return { ...(lead ? { lead } : {}), rest };

  function take(block: Block, key: string, became: string): void {
    fields.set(key, block.text);
    readings.push({ text: block.text, became });
  }
}

const isSmallLine = (block: Block): boolean =>
  block.kind === 'paragraph' && block.role === undefined && block.text.length <= 80 && !/[.!?…]$/.test(block.text);

const isWhoOrWhen = (block: Block): boolean =>
  block.kind === 'paragraph' && (readDateLine(block.text) !== undefined || readBylineLine(block.text) !== undefined);

function isDropped(block: Block, { options, readings }: Arrangement): boolean {
  if (!options.isCopy || block.role !== undefined) return false;
  const isPart =
    (block.kind === 'paragraph' || block.kind === 'heading') && isFurniture(block.text)
      ? true
      : block.kind === 'list' && block.items !== undefined && block.items.length > 0 && block.items.every(isFurniture);
  if (isPart) readings.push({ text: block.text, reason: 'it is part of the page that it was copied from' });
  return isPart;
}

/** Lines such as "Embargo: …" and the head of an e-mail. They are moved wherever they are near the top. */
function takeOrders(left: Block[], arrangement: Arrangement): void {
  for (let index = 0; index < Math.min(left.length, headBlocksMax); index++) {
    const block = left[index];
    if (block === undefined || (block.kind !== 'paragraph' && block.kind !== 'heading')) continue;
    const order = readOrder(block.text, arrangement.options.isDayFirst);
    if (order === undefined) continue;
    const { fields, readings } = arrangement;
    if (order.kind === 'embargo') {
      if (order.until === undefined) arrangement.draft ??= `it says “${block.text}”`;
      else fields.set('embargo', order.until);
      readings.push({ text: block.text, became: order.until === undefined ? 'the reason for a draft' : 'the embargo' });
    } else if (order.kind === 'hold') {
      arrangement.draft ??= `it says “${block.text}”`;
      readings.push({ text: block.text, became: 'the reason for a draft' });
    } else if (order.kind === 'subject') {
      if (!left.some(({ role }) => role === 'title')) {
        left[index] = { ...block, text: order.words, role: 'title' };
        continue;
      }
      readings.push({ text: block.text, reason: 'it is part of the head of an e-mail' });
    } else if (order.kind === 'release') {
      if (!fields.has('kicker') && order.words !== undefined) fields.set('kicker', order.words);
      readings.push(
        order.words === undefined
          ? { text: block.text, reason: 'it is a note for editors' }
          : { text: block.text, became: 'the kicker' },
      );
    } else readings.push({ text: block.text, reason: 'it is part of the head of an e-mail' });
    left.splice(index--, 1);
  }
}

/** A line that says who or when, wherever it is in the head. */
function takeLine(block: Block, { options, fields, readings, byline }: Arrangement): boolean {
  if (block.kind !== 'paragraph' && block.kind !== 'heading') return false;
  if (block.role === 'caption' || block.role === 'title') return false;
  const date = readDateLine(block.text, options.isDayFirst);
  if (date) {
    const became: string[] = [];
    if (date.published !== undefined && !fields.has('published')) {
      fields.set('published', date.published);
      became.push('the date');
    } else if (date.published !== undefined && fields.get('published') !== date.published && !fields.has('updated')) {
      fields.set('updated', date.published);
      became.push('the date of the update');
    }
    if (date.updated !== undefined && !fields.has('updated')) {
      fields.set('updated', date.updated);
      became.push('the date of the update');
    }
    if (date.place !== undefined && !fields.has('dateline')) {
      fields.set('dateline', date.place);
      became.push('the dateline');
    }
    readings.push(
      became.length > 0
        ? { text: block.text, became: became.join(' and ') }
        : { text: block.text, reason: 'it repeats the date' },
    );
    return true;
  }
  const { name, date: dateAfter } = splitNameAndDate(block.text, options.isDayFirst);
  const line = readBylineLine(name) ?? (block.role === 'byline' || dateAfter ? readNameLine(name) : undefined);
  if (line === undefined) {
    if (block.role === 'kicker' && !fields.has('kicker')) {
      fields.set('kicker', block.text);
      readings.push({ text: block.text, became: 'the kicker' });
      return true;
    }
    if (block.role === 'dateline' && !fields.has('dateline')) {
      fields.set('dateline', block.text);
      readings.push({ text: block.text, became: 'the dateline' });
      return true;
    }
    return false;
  }
  if (dateAfter?.published !== undefined && !fields.has('published')) fields.set('published', dateAfter.published);
  if (dateAfter?.updated !== undefined && !fields.has('updated')) fields.set('updated', dateAfter.updated);
  if (line.place !== undefined && !fields.has('dateline')) fields.set('dateline', line.place);
  const names = line.names.filter((each) => !byline.some((known) => known.names.some((one) => isSameText(one, each))));
  if (names.length > 0) byline.push({ ...line, names });
  readings.push({ text: block.text, became: dateAfter ? 'the byline and the date' : 'the byline' });
  return true;
}

/** A name alone is a byline only beside a date or beside what the person is. */
function takeNames(left: readonly Block[], index: number, arrangement: Arrangement): boolean {
  const block = left[index];
  if (block === undefined || block.kind !== 'paragraph') return false;
  const { readings, byline, options } = arrangement;
  const last = readings.at(-1);
  const isBelowByline = last?.became === 'the byline';
  if (isBelowByline && isRoleLine(block.text) && byline.at(-1)?.role === undefined) {
    const person = byline.at(-1);
    if (person) person.role = block.text;
    readings.push({ text: block.text, became: 'the role in the byline' });
    return true;
  }
  const names = readNameLine(block.text);
  if (names === undefined) return false;
  const next = left[index + 1];
  const isBesideDate =
    last?.became?.includes('the date') === true ||
    (next !== undefined &&
      (readDateLine(next.text, options.isDayFirst) !== undefined ||
        (isRoleLine(next.text) && readNameLine(next.text) === undefined)));
  if (!isBesideDate || byline.some((known) => known.names.some((each) => isSameText(each, names.names[0] ?? ''))))
    return false;
  byline.push(names);
  readings.push({ text: block.text, became: 'the byline' });
  return true;
}

/** Whether a line of a copy belongs to a picture that did not come along. */
function isCaption(left: readonly Block[], index: number): boolean {
  const block = left[index];
  if (block === undefined) return false;
  return readFigure.canBegin(left, index);
}

/** The first paragraph can begin with where and when it was filed. */
function takeDateline(rest: Block[], { fields, readings }: Arrangement): void {
  const index = rest.findIndex(({ kind }) => kind === 'paragraph');
  const block = rest[index];
  if (block === undefined || index > 2 || fields.has('dateline')) return;
  const found = readDateline(block.text);
  // In HTML the dateline can be bold. It is moved only if the element begins with it as plain text.
  const opening = /^<p[^>]*>(?:<(?:strong|b|em|i)>)*/.exec(block.html)?.[0];
  if (found === undefined || opening === undefined) return;
  const plain = block.text.slice(0, found.length);
  const body = block.html.slice(opening.length);
  if (!body.startsWith(plain.trimEnd()) || opening !== '<p>') return;
  fields.set('dateline', found.dateline);
  readings.push({ text: plain.trim(), became: 'the dateline' });
  rest[index] = {
    ...block,
    text: block.text.slice(found.length).trim(),
    html: opening + body.slice(plain.trimEnd().length).trimStart(),
  };
}
