import type { Address } from '../site/address.ts';
import type { Card } from '../story/card.ts';

/** How many of its latest stories the front of a list shows. The archive has the rest. */
export const listLength = 24;

/** Whether they include opinion headlines. These are set in italics, which a first visit has to request early. */
export const hasOpinion = (cards: Card[]): boolean => cards.some(({ type }) => type === 'opinion');

/** The address as one of the kind that the page is for. The middleware passes no other kind to it. */
export function addressed<Kind extends Address['kind']>(
  address: Address,
  kind: Kind,
): Extract<Address, { kind: Kind }> {
  if (address.kind !== kind) throw new Error(`the page for ${kind} was requested for ${address.kind}`);
  return address as Extract<Address, { kind: Kind }>;
}
