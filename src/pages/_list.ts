import type { Address } from '../site/address.ts';
import type { Card } from '../story/card.ts';

/** How many of its latest stories the front of a list shows; the archive has the rest. */
export const listLength = 24;

/** Whether headlines of opinion are among them: these are set in italics, which a first visit must ask for early. */
export const hasOpinion = (cards: Card[]): boolean => cards.some(({ type }) => type === 'opinion');

/** The address as one of the kind that the page is for; the middleware leads no other kind here. */
export function addressed<Kind extends Address['kind']>(
  address: Address,
  kind: Kind,
): Extract<Address, { kind: Kind }> {
  if (address.kind !== kind) throw new Error(`the page for ${kind} was asked for ${address.kind}`);
  return address as Extract<Address, { kind: Kind }>;
}
