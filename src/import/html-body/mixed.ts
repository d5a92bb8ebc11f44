import type { Paragraph, PhrasingContent, Text } from 'mdast';
import type { Flow, Mixed } from './context.ts';

const phrasingTypes = new Set([
  'text',
  'emphasis',
  'strong',
  'delete',
  'inlineCode',
  'break',
  'link',
  'image',
  'html',
  'footnoteReference',
  'mdxJsxTextElement',
]);

/** Whether a node is running text. */
export const isPhrasing = (node: Mixed): node is PhrasingContent => phrasingTypes.has(node.type);

/** Puts running text between blocks into paragraphs. */
export function toBlocks(mixed: readonly Mixed[]): Flow[] {
  const blocks: Flow[] = [];
  let run: PhrasingContent[] = [];
  const flush = (): void => {
    for (const part of atDoubleBreaks(run)) {
      const children = tidy(part);
      if (children.length > 0) blocks.push({ type: 'paragraph', children });
    }
    run = [];
  };
  for (const node of mixed) {
    if (isPhrasing(node)) run.push(node);
    else {
      flush();
      if (node.type !== 'paragraphEnd') blocks.push(node);
    }
  }
  flush();
  return blocks;
}

/** Two line breaks in a row are how old editors end a paragraph. */
function atDoubleBreaks(run: readonly PhrasingContent[]): PhrasingContent[][] {
  const parts: PhrasingContent[][] = [[]];
  for (let at = 0; at < run.length; at++) {
    const node = run[at]!;
    let next = at + 1;
    while (isBlankText(run[next])) next++;
    if (node.type === 'break' && run[next]?.type === 'break') {
      parts.push([]);
      while (run[next]?.type === 'break' || isBlankText(run[next])) next++;
      at = next - 1;
    } else parts.at(-1)?.push(node);
  }
  return parts;
}

const isBlankText = (node: Mixed | undefined): boolean => node?.type === 'text' && /^[\s\u00a0]*$/.test(node.value);

/**
 * Running text as a paragraph needs it: texts joined, one space at most between words, none at the ends, and no line
 * breaks at the ends.
 *
 * @returns nothing if there is nothing to read
 */
export function tidy(run: readonly PhrasingContent[]): PhrasingContent[] {
  const joined = joinTexts(run);
  let isAfterSpace = true;
  const collapse = (nodes: PhrasingContent[]): void => {
    for (const [at, node] of nodes.entries()) {
      if (node.type === 'text') {
        node.value = node.value.replace(/[ \t\n\f\r]+/g, ' ');
        if (isAfterSpace) node.value = node.value.replace(/^ /, '');
        if (nodes[at + 1]?.type === 'break') node.value = node.value.trimEnd();
        if (node.value !== '') isAfterSpace = node.value.endsWith(' ');
      } else if (node.type === 'break') isAfterSpace = true;
      else if ('children' in node) collapse(node.children as PhrasingContent[]);
      else isAfterSpace = false;
    }
  };
  collapse(joined);
  const isNothing = (node: PhrasingContent | undefined): boolean => node?.type === 'break' || isBlankText(node);
  while (isNothing(joined[0])) joined.shift();
  while (isNothing(joined.at(-1))) joined.pop();
  trimEnd(joined);
  return joined.filter((node) => !(node.type === 'text' && node.value === ''));
}

function trimEnd(nodes: PhrasingContent[]): void {
  const last = nodes.at(-1);
  if (last?.type === 'text') last.value = last.value.replace(/[ \t\n]+$/, '');
  else if (last && 'children' in last && last.type !== 'link') trimEnd(last.children as PhrasingContent[]);
}

function joinTexts(run: readonly PhrasingContent[]): PhrasingContent[] {
  const joined: PhrasingContent[] = [];
  for (const node of run) {
    const last = joined.at(-1);
    if (node.type === 'text' && last?.type === 'text') joined[joined.length - 1] = text(last.value + node.value);
    else if ((node.type === 'strong' || node.type === 'emphasis') && last?.type === node.type && 'children' in last)
      joined[joined.length - 1] = { ...last, children: joinTexts([...last.children, ...node.children]) };
    else joined.push(node);
  }
  return joined;
}

export const text = (value: string): Text => ({ type: 'text', value });

type Wrapper = (children: PhrasingContent[]) => PhrasingContent;

/**
 * Wraps running text, for example in emphasis. Blocks inside are not wrapped, but their running text is, because an
 * editor of HTML can put emphasis around a whole paragraph. Spaces at the ends move outside, as Markdown needs them.
 */
export function wrap(mixed: readonly Mixed[], wrapper: Wrapper): Mixed[] {
  const wrapped: Mixed[] = [];
  let run: PhrasingContent[] = [];
  const flush = (): void => {
    wrapped.push(...wrapRun(run, wrapper));
    run = [];
  };
  for (const node of mixed) {
    if (isPhrasing(node)) run.push(node);
    else {
      flush();
      // A paragraph without children is a picture (see `pictures.ts`), which must stay the same node.
      if ((node.type === 'paragraph' && node.children.length > 0) || node.type === 'heading')
        wrapped.push({ ...node, children: wrapRun(node.children, wrapper) } as Paragraph);
      else wrapped.push(node);
    }
  }
  flush();
  return wrapped;
}

function wrapRun(run: readonly PhrasingContent[], wrapper: Wrapper): PhrasingContent[] {
  const inner = joinTexts(run);
  const before: PhrasingContent[] = [];
  const after: PhrasingContent[] = [];
  while (inner[0]?.type === 'break' || isBlankText(inner[0])) before.push(inner.shift()!);
  while (inner.at(-1)?.type === 'break' || isBlankText(inner.at(-1))) after.unshift(inner.pop()!);
  const first = inner[0];
  if (first?.type === 'text' && /^\s/.test(first.value)) {
    before.push(text(' '));
    inner[0] = text(first.value.trimStart());
  }
  const last = inner.at(-1);
  if (last?.type === 'text' && /\s$/.test(last.value)) {
    after.unshift(text(' '));
    inner[inner.length - 1] = text(last.value.trimEnd());
  }
  // A caption is Markdown already (see `lineNode`), which can begin and end with the same signs.
  if (inner.length === 0 || inner.some(({ type }) => type === 'html')) return [...before, ...inner, ...after];
  return [...before, onlyOnce(wrapper(inner)), ...after];
}

/** Markdown has no sign for emphasis in the same emphasis. */
function onlyOnce(node: PhrasingContent): PhrasingContent {
  if (!('children' in node) || node.type === 'mdxJsxTextElement') return node;
  const flat = (children: readonly PhrasingContent[]): PhrasingContent[] =>
    children.flatMap((child) =>
      !('children' in child)
        ? [child]
        : child.type === node.type
          ? flat(child.children)
          : [{ ...child, children: flat(child.children) } as PhrasingContent],
    );
  return { ...node, children: joinTexts(flat(node.children)) } as PhrasingContent;
}

/** Only the running text of mixed content, with blocks as lines of it. */
export function toPhrasing(mixed: readonly Mixed[]): PhrasingContent[] {
  const run: PhrasingContent[] = [];
  for (const node of mixed) {
    if (isPhrasing(node)) run.push(node);
    else if (node.type === 'paragraphEnd') run.push(text(' '));
    else run.push(text(' '), ...phrasingOf(node), text(' '));
  }
  return tidy(run);
}

function phrasingOf(node: Flow): PhrasingContent[] {
  if (node.type === 'paragraph' || node.type === 'heading') return node.children;
  if ('children' in node) return toPhrasing(node.children as Mixed[]);
  return 'value' in node ? [text(node.value)] : [];
}
