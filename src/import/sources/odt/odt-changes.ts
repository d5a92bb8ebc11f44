import {
  byName,
  type ChildNode,
  child,
  type Element,
  elementsOf,
  isTag,
  isText,
  type ParentNode,
  remove,
  replace,
  text,
  wordsOf,
} from '../markup/tree.ts';

export interface OdtChanges {
  insertions: number;
  deletions: number;
  reviewers: Set<string>;
}

/**
 * Counts the tracked changes of a text, and rejects them if that is wanted. The text of the document has what was
 * inserted, and what was deleted is kept apart, so nothing has to be done to accept them.
 */
export function trackOdtChanges(body: ParentNode, wanted: 'accept' | 'reject'): OdtChanges {
  const changes: OdtChanges = { insertions: 0, deletions: 0, reviewers: new Set() };
  const regions = new Map<string, Element>();
  for (const region of byName(body, 'text:changed-region')) {
    const change = child(region, 'text:insertion') ?? child(region, 'text:deletion');
    if (change === undefined) continue;
    if (change.name === 'text:insertion') changes.insertions++;
    else changes.deletions++;
    const author = byName(change, 'dc:creator')[0];
    if (author) changes.reviewers.add(wordsOf(author));
    const id = region.attribs['xml:id'] ?? region.attribs['text:id'];
    if (id !== undefined) regions.set(id, change);
  }
  for (const tracked of byName(body, 'text:tracked-changes')) remove(tracked);
  if (wanted === 'accept') return changes;

  const open = new Set<string>();
  const touched = new Set<Element>();
  for (const node of inOrder(body)) {
    if (isTag(node)) {
      const id = node.attribs['text:change-id'] ?? '';
      const change = regions.get(id);
      if (node.name === 'text:change-start' && change?.name === 'text:insertion') open.add(id);
      else if (node.name === 'text:change-end') open.delete(id);
      else if (node.name === 'text:change' && change?.name === 'text:deletion')
        replace(node, [
          text(
            byName(change, 'text:p', 'text:h')
              .map((part) => wordsOf(part))
              .join(' '),
          ),
        ]);
      else if (open.size > 0 && (node.name === 'text:p' || node.name === 'text:h')) touched.add(node);
    } else if (isText(node) && open.size > 0) node.data = '';
  }
  for (const paragraph of touched)
    if (wordsOf(paragraph) === '' && byName(paragraph, 'draw:frame').length === 0) remove(paragraph);
  return changes;
}

function inOrder(root: ParentNode): ChildNode[] {
  const found: ChildNode[] = [];
  const stack: ChildNode[] = [...root.children].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    found.push(node);
    if ('children' in node)
      for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at] as ChildNode);
  }
  return found;
}

/** Comments are no part of the text. */
export function takeComments(body: ParentNode): string[] {
  return elementsOf(body)
    .filter(({ name }) => name === 'office:annotation')
    .map((comment) => {
      const author = child(comment, 'dc:creator');
      const words = byName(comment, 'text:p')
        .map((part) => wordsOf(part))
        .join(' ');
      remove(comment);
      return `A comment by ${author === undefined ? 'somebody' : wordsOf(author)} was left out: “${words}”`;
    });
}
