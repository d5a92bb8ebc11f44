/**
 * "a, b, and c", in the English of the messages. `Intl` takes 20 ms to load, so call this only for a text that is shown,
 * never in a build without problems.
 */
export const listed = (items: readonly unknown[], word: 'and' | 'or' = 'and'): string =>
  new Intl.ListFormat('en', { type: word === 'and' ? 'conjunction' : 'disjunction' }).format(items.map(String));
