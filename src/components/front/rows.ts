import type { Card } from '../../story/card.ts';

/** Groups stories under the heading for their date, in the order given. */
export interface RowGroup {
  heading: string;
  cards: Card[];
}

/**
 * @param headingOf the heading for an instant, such as the name of its day. Adjacent stories with the same heading
 *   form a group
 */
export function groupRows(cards: Card[], headingOf: (instant: number) => string): RowGroup[] {
  return [...Map.groupBy(cards, ({ published }) => headingOf(published))].map(([heading, group]) => ({
    heading,
    cards: group,
  }));
}
