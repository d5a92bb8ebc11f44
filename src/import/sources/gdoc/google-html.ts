import {
  byName,
  type ChildNode,
  classesOf,
  closest,
  type Element,
  element,
  elementsOf,
  firstByName,
  isTag,
  isText,
  type ParentNode,
  remove,
  replace,
  setChildren,
  text,
  unwrap,
  wordsOf,
} from '../markup/tree.ts';

interface Look {
  isBold?: boolean;
  isItalic?: boolean;
  isStruck?: boolean;
  position?: 'sup' | 'sub';
}

/**
 * Makes ordinary HTML of a document from Google Docs. There, bold and italic are classes, lists of all levels stand flat
 * one after the other, links go through google.com, and notes and comments are paragraphs at the end.
 *
 * @returns the content of the document, and notes for the receipt
 */
export function cleanGoogleHtml(root: ParentNode): { root: ParentNode; title?: string; notes: string[] } {
  const notes: string[] = [];
  const looks = readStyles(
    byName(root, 'style')
      .map((style) => wordsOf(style))
      .join('\n'),
  );
  const title = firstByName(root, 'title');
  const content =
    elementsOf(root).find(({ attribs }) => attribs.id === 'contents') ??
    elementsOf(root).find((each) => classesOf(each).includes('doc-content')) ??
    firstByName(root, 'body') ??
    root;
  for (const each of byName(content, 'style', 'script')) remove(each);
  takeComments(content, notes);
  const footnotes = takeFootnotes(content);
  for (const rule of byName(content, 'hr'))
    if (/page-break|display:\s*none/.test(rule.attribs.style ?? '')) remove(rule);
  for (const link of byName(content, 'a')) cleanLink(link);
  for (const paragraph of byName(content, 'p')) {
    const classes = classesOf(paragraph);
    if (classes.includes('title')) paragraph.attribs.class = 'bs-title';
    else if (classes.includes('subtitle')) paragraph.attribs.class = 'bs-standfirst';
    else delete paragraph.attribs.class;
  }
  for (const span of byName(content, 'span', 'b', 'i', 'font')) cleanSpan(span, looks);
  nestLists(content);
  for (const cell of byName(content, 'td', 'th'))
    for (const name of ['colspan', 'rowspan']) if (cell.attribs[name] === '1') delete cell.attribs[name];
  if (footnotes) setChildren(content, [...content.children, footnotes]);
  const named = title === undefined ? '' : wordsOf(title).replace(/\s+-\s+Google (?:Docs|Drive|Документы)$/i, '');
  return { root: content, ...(named === '' ? {} : { title: named }), notes };
}

/** The look of each class. The classes of the next document mean something else. */
function readStyles(css: string): Map<string, Look> {
  const looks = new Map<string, Look>();
  for (const [, name = '', rules = ''] of css.matchAll(/\.(c\d+)\s*\{([^{}]*)\}/g)) {
    const look = lookOf(rules);
    if (Object.keys(look).length > 0) looks.set(name, { ...looks.get(name), ...look });
  }
  return looks;
}

function lookOf(rules: string): Look {
  const look: Look = {};
  const weight = /font-weight:\s*(\w+)/.exec(rules)?.[1];
  if (weight !== undefined && (weight === 'bold' || Number(weight) >= 600)) look.isBold = true;
  if (/font-style:\s*italic/.test(rules)) look.isItalic = true;
  if (/text-decoration:[^;]*line-through/.test(rules)) look.isStruck = true;
  const position = /vertical-align:\s*(super|sub)\b/.exec(rules)?.[1];
  if (position !== undefined) look.position = position === 'super' ? 'sup' : 'sub';
  return look;
}

function cleanSpan(span: Element, looks: ReadonlyMap<string, Look>): void {
  // The clipboard puts everything into a <b> that is not bold.
  const isWrapper = span.name !== 'span' && /docs-internal-guid/.test(span.attribs.id ?? '');
  const style = span.attribs.style ?? '';
  if ((span.name === 'b' || span.name === 'i') && !isWrapper && !/font-weight:\s*(?:normal|400)/.test(style)) return;
  const look = { ...lookOf(style) };
  for (const name of classesOf(span)) Object.assign(look, looks.get(name));
  const isInHeading = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].some((name) => closest(span, name) !== undefined);
  const isTitle = /^bs-/.test(closest(span, 'p')?.attribs.class ?? '');
  const words = wordsOf(span);
  let nodes: ChildNode[] = span.children;
  const around = (name: string): void => {
    nodes = [element(name, {}, nodes)];
  };
  if (words !== '' && !isWrapper) {
    if (look.position) around(look.position);
    if (look.isStruck) around('s');
    if (look.isItalic && !isTitle) around('em');
    // Headings are bold by nature.
    if (look.isBold && !isInHeading && !isTitle) around('strong');
  }
  replace(span, nodes);
}

function cleanLink(link: Element): void {
  const { href } = link.attribs;
  if (href === undefined) {
    unwrap(link);
    return;
  }
  const target = resolveGoogleUrl(href);
  // The headings of the document lose their ids.
  if (/^#(?:h\.|bookmark|id\.|heading=|kix\.)/.test(target)) unwrap(link);
  else link.attribs = { href: target, ...(link.attribs.id && /^#foot/.test(target) ? { id: link.attribs.id } : {}) };
}

/** The address behind `https://www.google.com/url?q=…`. */
export function resolveGoogleUrl(href: string): string {
  let url = href;
  for (let steps = 0; steps < 5; steps++) {
    if (!/^https?:\/\/(?:www\.)?google\.[a-z.]+\/url\?/i.test(url) || !URL.canParse(url)) return url;
    const parameters = new URL(url).searchParams;
    const next = parameters.get('q') ?? parameters.get('url');
    if (next === null || next === '') return url;
    url = next;
  }
  return url;
}

function takeComments(content: ParentNode, notes: string[]): void {
  for (const link of byName(content, 'a')) {
    if (/^#cmnt\d/.test(link.attribs.href ?? '')) remove(around(link, 'sup') ?? link);
    else if (/^#cmnt_ref/.test(link.attribs.href ?? '')) {
      const paragraph = closest(link, 'p');
      const box = closest(link, 'div', content) ?? paragraph;
      remove(link);
      if (box === undefined || box === content) continue;
      const words = wordsOf(box);
      if (words !== '') notes.push(`A comment was left out: “${words}”`);
      remove(box);
    }
  }
}

const around = (node: Element, name: string): Element | undefined => {
  const found = closest(node, name);
  return found !== undefined && wordsOf(found) === wordsOf(node) ? found : undefined;
};

function takeFootnotes(content: ParentNode): Element | undefined {
  const items: Element[] = [];
  const numbers = new Map<string, number>();
  for (const link of byName(content, 'a')) {
    const id = /^#ftnt_ref(\d+)$/.exec(link.attribs.href ?? '')?.[1];
    if (id === undefined) continue;
    const box = closest(link, 'div', content) ?? closest(link, 'p');
    if (box === undefined || box === content) continue;
    const number = numbers.size + 1;
    numbers.set(id, number);
    const after = link.next;
    const space = after !== null && isTag(after) ? after.children[0] : after;
    if (space !== null && space !== undefined && isText(space)) space.data = space.data.replace(/^[\s\u00a0]+/, '');
    remove(link);
    const back = element('a', { href: `#footnote-ref-${number}` }, [text('↑')]);
    const children = box.name === 'p' ? [element('p', {}, box.children)] : box.children;
    const last = children.findLast(isTag);
    if (last !== undefined && last.name === 'p') setChildren(last, [...last.children, text(' '), back]);
    items.push(element('li', { id: `footnote-${number}` }, children));
    remove(box);
  }
  for (const link of byName(content, 'a')) {
    const id = /^#ftnt(\d+)$/.exec(link.attribs.href ?? '')?.[1];
    const number = id === undefined ? undefined : numbers.get(id);
    if (number === undefined) continue;
    const made = element('sup', {}, [
      element('a', { href: `#footnote-${number}`, id: `footnote-ref-${number}` }, [text(`[${number}]`)]),
    ]);
    replace(around(link, 'sup') ?? link, [made]);
  }
  if (items.length === 0) return undefined;
  // The line above the notes.
  const rule = content.children.findLast((node) => isTag(node) && node.name === 'hr');
  if (
    rule !== undefined &&
    content.children.slice(content.children.indexOf(rule) + 1).every((node) => wordsOf(node) === '')
  )
    remove(rule);
  return element('ol', {}, items);
}

/** A list of level 1 after one of level 0 belongs into its last item. */
function nestLists(content: ParentNode): void {
  const parents = new Set(byName(content, 'ul', 'ol').map(({ parent }) => parent));
  for (const parent of parents) {
    if (parent === null || (isTag(parent) && parent.name === 'li')) continue;
    const made: ChildNode[] = [];
    let open: { list: Element; level: number }[] = [];
    for (const node of parent.children) {
      const level = isTag(node) ? levelOf(node) : undefined;
      if (!isTag(node) || level === undefined) {
        if (!isText(node) || node.data.trim() !== '') open = [];
        made.push(node);
        continue;
      }
      while (open.length > 0 && (open.at(-1)?.level ?? 0) > level) open.pop();
      const same = open.at(-1);
      if (same !== undefined && same.level === level && same.list.name === node.name) {
        setChildren(same.list, [...same.list.children, ...node.children]);
        continue;
      }
      if (same !== undefined && same.level === level) open.pop();
      const above = open.at(-1);
      const item = above?.list.children.findLast(isTag);
      const list = element(node.name, {}, node.children);
      if (item !== undefined) setChildren(item, [...item.children, list]);
      else made.push(list);
      open.push({ list, level });
    }
    setChildren(parent, made);
  }
}

function levelOf(node: Element): number | undefined {
  if (node.name !== 'ul' && node.name !== 'ol') return undefined;
  const name = classesOf(node).find((each) => each.startsWith('lst-kix'));
  const level = /-(\d)$/.exec(name ?? '')?.[1];
  return level === undefined ? undefined : Number(level);
}
