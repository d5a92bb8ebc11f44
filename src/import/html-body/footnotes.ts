import type { FootnoteDefinition } from 'mdast';
import type { Converter, Footnotes } from './context.ts';
import { type HtmlElement, type HtmlNode, textIn, wordsIn } from './tree.ts';

export interface FoundFootnotes extends Footnotes {
  /** Identifier → the content of the footnote. */
  contents: Map<string, HtmlNode[]>;
}

/**
 * Finds footnotes, in whatever way an editor has written them: a link to a note, which has a link back. WordPress's own
 * footnotes have no text in the body.
 *
 * @param stored footnotes that the archive stores apart from the body, parsed
 */
export function findFootnotes(root: HtmlElement, stored: ReadonlyMap<string, HtmlNode[]>): FoundFootnotes {
  const references = new Map<HtmlElement, string>();
  const texts = new Set<HtmlElement>();
  const contents = new Map<string, HtmlNode[]>();
  const found: FoundFootnotes = { references, texts, contents };
  const parents = new Map<HtmlElement, HtmlElement>();
  const byId = new Map<string, HtmlElement>();
  const links: HtmlElement[] = [];
  (function visit(node: HtmlElement): void {
    for (const child of node.children) {
      if (typeof child === 'string') continue;
      parents.set(child, node);
      for (const id of [child.attributes.id, child.attributes.name]) if (id && !byId.has(id)) byId.set(id, child);
      if (child.tag === 'a' && /^#./.test(child.attributes.href ?? '')) links.push(child);
      const storedId = child.attributes['data-fn'];
      if (storedId !== undefined && stored.has(storedId)) {
        references.set(child, nameOf(contents.size + 1, contents));
        contents.set(references.get(child) ?? '', stored.get(storedId) ?? []);
      }
      visit(child);
    }
  })(root);

  const identifiers = new Map<HtmlElement, string>();
  const marks = new Map<HtmlElement, HtmlElement>();
  const isBack = new Set<HtmlElement>();
  for (const link of links) {
    if (isBack.has(link)) continue;
    if (wordsIn(link) === '' || wordsIn(link).length > labelCharsMax) continue;
    const mark = byId.get(idOf(link));
    const note = mark && noteAround(mark, parents);
    if (!note || isInside(link, note, parents)) continue;
    const backs = links.filter((other) => isInside(other, note, parents) && pointsAt(other, link, parents, byId));
    if (backs.length === 0) continue;
    for (const back of backs) isBack.add(back);
    const top = superscriptAround(link, parents);
    let identifier = identifiers.get(note);
    if (identifier === undefined) {
      identifier = nameOf(contents.size + 1, contents);
      identifiers.set(note, identifier);
      // The links back of all references to a note are known after the last one.
      contents.set(identifier, []);
      texts.add(note);
      marks.set(note, mark);
    }
    references.set(top, identifier);
  }
  for (const [note, identifier] of identifiers)
    contents.set(identifier, withoutMarks(note, isBack, marks.get(note) ?? note));
  dropEmptyLists(texts, parents);
  return found;
}

const labelCharsMax = 12;

const idOf = (link: HtmlElement): string => {
  const id = (link.attributes.href ?? '').slice(1);
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
};

const nameOf = (number: number, taken: ReadonlyMap<string, unknown>): string => {
  for (let at = number; ; at++) if (!taken.has(String(at))) return String(at);
};

/** The block that contains the target of a reference. */
function noteAround(mark: HtmlElement, parents: ReadonlyMap<HtmlElement, HtmlElement>): HtmlElement | undefined {
  for (let at: HtmlElement | undefined = mark; at; at = parents.get(at))
    if (/^(?:li|p|div|aside|dd|td)$/.test(at.tag)) return at;
  return undefined;
}

function isInside(node: HtmlElement, outer: HtmlElement, parents: ReadonlyMap<HtmlElement, HtmlElement>): boolean {
  for (let at: HtmlElement | undefined = node; at; at = parents.get(at)) if (at === outer) return true;
  return false;
}

/** Whether a link leads back to a reference, or to the element around it. */
function pointsAt(
  back: HtmlElement,
  link: HtmlElement,
  parents: ReadonlyMap<HtmlElement, HtmlElement>,
  byId: ReadonlyMap<string, HtmlElement>,
): boolean {
  const target = byId.get(idOf(back));
  if (!target) return false;
  const isNear = target === link || parents.get(link) === target || parents.get(target) === link;
  return isNear || (/^(?:sup|span)$/.test(target.tag) && isInside(link, target, parents));
}

function superscriptAround(link: HtmlElement, parents: ReadonlyMap<HtmlElement, HtmlElement>): HtmlElement {
  const parent = parents.get(link);
  return parent && parent.tag === 'sup' && wordsIn(parent) === wordsIn(link) ? parent : link;
}

/** The content of a note without its links back and its number. */
function withoutMarks(note: HtmlElement, backs: ReadonlySet<HtmlElement>, mark: HtmlElement): HtmlNode[] {
  const strip = (nodes: readonly HtmlNode[]): HtmlNode[] =>
    nodes.flatMap((child): HtmlNode[] => {
      if (typeof child === 'string') return [child];
      if (backs.has(child) || (child === mark && child !== note && wordsIn(child).length <= labelCharsMax)) return [];
      const children = strip(child.children);
      const isEmptied =
        children.length < child.children.length && children.every((inner) => textIn(inner).trim() === '');
      return isEmptied ? [] : [{ ...child, children }];
    });
  const children = strip(note.children);
  // "1. The text" or "[1] The text" in a paragraph.
  const first = children[0];
  if (typeof first === 'string' && note.tag !== 'li')
    children[0] = first.replace(/^\s*(?:\[?\d{1,3}\]?[.):]?|\^|↑)\s+/, '');
  return children;
}

/** A list of nothing but notes is left out, together with its heading. */
function dropEmptyLists(texts: Set<HtmlElement>, parents: ReadonlyMap<HtmlElement, HtmlElement>): void {
  for (const note of [...texts]) {
    for (let at = parents.get(note); at && at.tag !== ''; at = parents.get(at)) {
      const isEmpty = at.children.every((child) =>
        typeof child === 'string'
          ? child.trim() === ''
          : texts.has(child) || child.tag === 'hr' || isNotesHeading(child),
      );
      if (!isEmpty) {
        dropHeadingBefore(at, texts);
        break;
      }
      texts.add(at);
      const parent = parents.get(at);
      if (parent?.tag === '') dropHeadingBefore(parent, texts);
    }
    const parent = parents.get(note);
    if (parent) dropHeadingBefore(parent, texts);
  }
}

const isNotesHeading = (node: HtmlElement): boolean =>
  /^h[1-6]$/.test(node.tag) &&
  /^(?:foot ?notes?|notes?|endnotes?|references|fußnoten|anmerkungen|notas?|note|remarques|voetnoten|noter|fotnoter)\s*:?$/i.test(
    wordsIn(node),
  );

function dropHeadingBefore(parent: HtmlElement, texts: Set<HtmlElement>): void {
  const solid = parent.children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  for (const [at, child] of solid.entries()) {
    if (typeof child === 'string' || !texts.has(child)) continue;
    const before = solid[at - 1];
    if (typeof before === 'object' && (isNotesHeading(before) || before.tag === 'hr')) texts.add(before);
  }
}

/** The texts of all footnotes, which stand at the end of a body. */
export function footnoteDefinitions({ contents }: FoundFootnotes, converter: Converter): FootnoteDefinition[] {
  return [...contents].flatMap(([identifier, nodes]) => {
    const children = converter.blocks(nodes);
    return children.length === 0
      ? [
          {
            type: 'footnoteDefinition' as const,
            identifier,
            label: identifier,
            children: [{ type: 'paragraph' as const, children: [{ type: 'text' as const, value: '…' }] }],
          },
        ]
      : [{ type: 'footnoteDefinition' as const, identifier, label: identifier, children: children as never }];
  });
}
