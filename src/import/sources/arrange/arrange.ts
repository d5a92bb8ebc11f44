import type { Arrangement, ArrangeOptions } from './arrangement.ts';
import type { Arranged, Block, Reading } from './block.ts';
import { arrangeBody } from './body.ts';
import { arrangeHead } from './head.ts';

/**
 * Makes a story of the blocks of a text: its headline, kicker, standfirst, byline, dates, and dateline become fields,
 * and the lines below pictures their captions and credits. Only what is certain by its style, its place, or its form is
 * moved. Everything else stays, and everything that was moved or left out is in `readings`.
 */
export function arrange(blocks: readonly Block[], options: ArrangeOptions): Arranged {
  let pictures = 0;
  const arrangement: Arrangement = {
    options,
    fields: new Map(),
    readings: [],
    notes: [],
    byline: [],
    nextPicture: () => `picture-${++pictures}`,
  };
  const { lead, rest } = arrangeHead(blocks, arrangement);
  if (lead) {
    const { captionHtml: _, ...cover } = lead;
    arrangement.fields.set('lead', { ...cover, src: lead.src ?? arrangement.nextPicture() });
  }
  const html = arrangeBody(rest, arrangement);
  const { fields, readings, notes, byline, draft } = arrangement;
  if (byline.length > 0)
    fields.set(
      'byline',
      byline.flatMap(({ names, role }) => names.map((name) => ({ name, ...(role === undefined ? {} : { role }) }))),
    );
  return { fields, html, readings, notes, ...(draft === undefined ? {} : { draft }) };
}

/** What a receipt says of the lines that were moved or left out. */
export const readingNotes = (readings: readonly Reading[]): string[] =>
  readings.map(({ text, became, reason }) =>
    became === undefined ? `“${text}” was left out: ${reason}` : `“${text}” became ${became}`,
  );
