import type { Nodes } from 'mdast';
import { bodyIds } from '../../story/body/headings.ts';
import { wordsOf } from '../markdown-words.ts';
import { decodePath } from '../old-address.ts';
import { textOfHtml } from '../plain-words.ts';
import type { BodyContext, LinkAnswer } from './context.ts';
import type { BodyParts } from './parts.ts';

/**
 * Answers links to a place in the same text. Each tool derives the ids of headings in its own way, so such a link gets
 * the id that the heading has now: `#what-s-next` becomes `#whats-next`.
 */
export function withPlaces(parts: BodyParts, text: string, context: BodyContext): BodyContext {
  if (!/\(<?#|"#|'#|\]:\s*<?#/.test(text)) return context;
  let places: ReturnType<typeof placesOf> | undefined;
  return {
    ...context,
    link: (url) => {
      if (!url.startsWith('#')) return context.link(url);
      places ??= placesOf(parts, text);
      return placeAnswer(url, places);
    },
  };
}

function placeAnswer(url: string, { ids, byLetters }: ReturnType<typeof placesOf>): LinkAnswer {
  const wanted = decodePath(url.slice(1));
  if (wanted === '' || ids.has(wanted)) return { kind: 'keep' };
  const found = byLetters.get(lettersOf(wanted));
  return found === undefined || found === wanted ? { kind: 'keep' } : { kind: 'place', url: `#${found}` };
}

function placesOf({ tree, tags }: BodyParts, text: string) {
  const given = bodyIds();
  const ids = new Set<string>();
  const byLetters = new Map<string, string>();
  const add = (id: string): void => {
    if (id === '') return;
    ids.add(id);
    if (!byLetters.has(lettersOf(id))) byLetters.set(lettersOf(id), id);
  };
  for (const [at, { name, isClose, end, attributes }] of tags.entries()) {
    for (const key of name === 'a' ? ['id', 'name'] : ['id']) add(attributes.get(key) ?? '');
    if (isClose || !/^h[1-6]$/.test(name)) continue;
    const close = tags.find((other, place) => place > at && other.isClose && other.name === name);
    if (close) add(given.forHeading(textOfHtml(text.slice(end, close.start))));
  }
  (function visit(node: Nodes): void {
    if (node.type === 'heading') add(given.forHeading(wordsOf(node)));
    else if ('children' in node) for (const child of node.children) visit(child);
  })(tree);
  return { ids, byLetters };
}

/** What all tools keep of a heading. */
const lettersOf = (id: string): string => id.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
