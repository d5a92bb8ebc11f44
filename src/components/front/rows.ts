import type { Card } from '../../story/card.ts';

/** Stories under the heading that their date falls under, in the order given. */
export interface RowGroup {
  heading: string;
  cards: Card[];
}

/** @param headingOf the heading of an instant, such as the name of its day; neighbours with one heading are a group */
export function groupRows(cards: Card[], headingOf: (instant: number) => string): RowGroup[] {
  return [...Map.groupBy(cards, ({ published }) => headingOf(published))].map(([heading, group]) => ({
    heading,
    cards: group,
  }));
}
