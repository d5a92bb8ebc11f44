import type { Address } from '../site/address.ts';

/** How many of its latest stories the front of a list shows; the archive has the rest. */
export const listLength = 24;

/** The address as one of the kind that the page is for; the middleware leads no other kind here. */
export function addressed<Kind extends Address['kind']>(
  address: Address,
  kind: Kind,
): Extract<Address, { kind: Kind }> {
  if (address.kind !== kind) throw new Error(`the page for ${kind} was asked for ${address.kind}`);
  return address as Extract<Address, { kind: Kind }>;
}
