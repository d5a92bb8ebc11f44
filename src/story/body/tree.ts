import { createRequire } from 'node:module';
import type { Element, ElementContent, Nodes, Root, RootContent } from 'hast';
import { type Features, markdownToHast, mdxToHast } from 'satteri';
import { VFile } from 'vfile';
import { nearest } from '../../problems/nearest.ts';
import { escapeAsNumbers } from '../../site/markup.ts';
import type { StoryElement } from '../elements.ts';
import * as problem from '../problems/components.ts';
import type { BodyProblem } from '../problems/shared.ts';
import { attributeExpression, expressionInStory, importInStory } from '../problems/text.ts';
import { explainMdx, isMdxError } from './mdx-errors.ts';
import { quoteValues, readRaw, report } from './raw-tags.ts';
import { type Call, depthMax, placeOf, type Reading, TooDeep } from './reading.ts';
import { componentTag, phrasing, sanitise } from './sanitise.ts';

export interface BodyTree {
  /**
   * Contains only what Markdown creates and what `sanitise` allowed of raw HTML. Components are elements with the tag
   * `componentTag`, whose `index` refers to `calls`.
   */
  root: Root;
  calls: Call[];
  hasHtml: boolean;
  problems: BodyProblem[];
}

/** A JSX node as satteri leaves it in a tree. */
interface JsxNode {
  type: string;
  name: string | null;
  attributes: { type: string; name?: string; value?: string | null | { value: string } }[];
  children: AnyNode[];
  value?: string;
  position?: Nodes['position'];
}
type AnyNode = RootContent | (JsxNode & { type: 'jsx' });

/**
 * Parses a body into a tree that contains nothing hostile. Nothing is evaluated: expressions, imports, and exports
 * become problems, and components become calls.
 *
 * @throws TooDeep if elements are nested more than `depthMax` levels deep
 */
export function parseTree(
  text: string,
  format: 'md' | 'mdx',
  features: Features,
  known: Record<string, StoryElement>,
  firstLine: number,
): BodyTree {
  const problems: BodyProblem[] = [];
  const calls: Call[] = [];
  let root: Root;
  try {
    root = (format === 'mdx' ? mdxToHast(text, { features }) : markdownToHast(quoteValues(text), { features })) as Root;
  } catch (error) {
    if (format === 'mdx' && isMdxError(error))
      return {
        root: { type: 'root', children: [] },
        calls,
        hasHtml: false,
        problems: [explainMdx(error.message, text, firstLine)],
      };
    throw error;
  }
  const state: Reading = { problems, calls, known, hasHtml: false };
  root.children = format === 'mdx' ? readJsx(root.children, state, 0) : root.children;
  if (format === 'md') readRaw(root.children, state, 0);
  if (!state.hasHtml) {
    if (calls.length > 0) markCalls(root);
    return { root, calls, hasHtml: false, problems };
  }
  const whole = htmlParser().raw(root, { passThrough: ['component'], file: new VFile(text) }) as Root;
  report(whole.children, state, 0);
  markCalls(whole);
  return { root: sanitise(whole) as Root, calls, hasHtml: true, problems };
}

/** Loaded with the first text that needs it, during compilation, so `import()` cannot be used. */
const htmlParser = (): typeof import('./raw-html.ts') =>
  createRequire(import.meta.url)(import.meta.url.endsWith('.ts') ? './raw-html.ts' : '../story/body/raw-html.js');

/** Turns components into calls, HTML tags into raw HTML, and code into problems. */
function readJsx(nodes: AnyNode[], state: Reading, depth: number): RootContent[] {
  const read: RootContent[] = [];
  for (const node of nodes) {
    if (depth > depthMax) throw new TooDeep(placeOf(node).line);
    const jsx = node as JsxNode;
    switch (node.type as string) {
      case 'mdxjsEsm':
        state.problems.push(importInStory(placeOf(jsx), jsx.value ?? ''));
        break;
      case 'mdxFlowExpression':
      case 'mdxTextExpression':
        // A comment that readers do not see. It runs nothing.
        if (!/^\s*\/\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.test(jsx.value ?? ''))
          state.problems.push(expressionInStory(placeOf(jsx), jsx.value ?? ''));
        break;
      case 'mdxJsxFlowElement':
      case 'mdxJsxTextElement': {
        const children = readJsx(jsx.children, state, depth + 1);
        if (jsx.name !== null && /^[a-z][a-z0-9-]*$/.test(jsx.name))
          read.push(...rawTag(jsx, jsx.name, children, state));
        else {
          if (node.type === ('mdxJsxTextElement' as string) && nodes.some(isText))
            state.problems.push(problem.componentInParagraph(placeOf(jsx), jsx.name ?? ''));
          const index = readCall(jsx, children, state);
          if (index !== undefined)
            read.push({ type: 'component', index, children, position: node.position } as unknown as RootContent);
        }
        break;
      }
      default:
        if ('children' in node)
          (node as Element).children = readJsx(node.children, state, depth + 1) as ElementContent[];
        read.push(node as RootContent);
    }
  }
  return read;
}

/** Text, or something within text. */
const isText = (node: AnyNode): boolean =>
  (node.type === 'text' && node.value.trim() !== '') || (node.type === 'element' && phrasing.has(node.tagName));

function rawTag(jsx: JsxNode, name: string, children: RootContent[], state: Reading): RootContent[] {
  state.hasHtml = true;
  let attributes = '';
  for (const attribute of jsx.attributes) {
    if (attribute.type !== 'mdxJsxAttribute' || (attribute.value && typeof attribute.value === 'object'))
      state.problems.push(
        attributeExpression(
          placeOf(jsx),
          name,
          attribute.name,
          typeof attribute.value === 'object' ? (attribute.value?.value ?? '') : String(attribute.value ?? ''),
        ),
      );
    else if (/^[a-z][\w:.-]*$/i.test(attribute.name ?? '')) {
      const value = escapeAsNumbers(String(attribute.value ?? ''));
      attributes += ` ${attribute.name === 'className' ? 'class' : attribute.name}="${value}"`;
    }
  }
  const tag = (value: string) => ({ type: 'raw', value, position: jsx.position }) as unknown as RootContent;
  if (voids.has(name)) return [tag(`<${name}${attributes}>`)];
  return [tag(`<${name}${attributes}>`), ...children, tag(`</${name}>`)];
}

const voids = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

/** Checks a call against its schema. @returns its number, or undefined if it cannot be printed */
function readCall(jsx: JsxNode, children: RootContent[], state: Reading): number | undefined {
  const place = placeOf(jsx);
  const name = jsx.name ?? '';
  const element = Object.hasOwn(state.known, name) ? state.known[name] : undefined;
  if (!element) {
    state.problems.push(problem.unknownElement(place, jsx.name, Object.keys(state.known)));
    return undefined;
  }
  const before = state.problems.length;
  const attributes: Record<string, string | boolean> = {};
  const names = Object.keys(element.attributes.shape);
  for (const attribute of jsx.attributes) {
    const key = attribute.name ?? '';
    if (attribute.type !== 'mdxJsxAttribute')
      state.problems.push(attributeExpression(place, name, undefined, String(attribute.value ?? '')));
    else if (attribute.value && typeof attribute.value === 'object')
      state.problems.push(attributeExpression(place, name, key, attribute.value.value));
    else if (Object.hasOwn(attributes, key)) state.problems.push(problem.doubledAttribute(place, name, key));
    else
      Object.defineProperty(attributes, key, { value: attribute.value ?? true, enumerable: true, configurable: true });
  }
  const refused = new Set(jsx.attributes.map((attribute) => attribute.name));
  const checked = element.attributes.safeParse(attributes);
  for (const issue of checked.error?.issues ?? []) {
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) state.problems.push(problem.unknownAttribute(place, name, key, names));
    else {
      const key = String(issue.path[0] ?? '');
      if (Object.hasOwn(attributes, key)) state.problems.push(problem.wrongAttribute(place, name, key, issue.message));
      // An attribute in braces was reported above, so it does not count as missing too. The same goes for a misspelled
      // one.
      else if (
        !refused.has(key) &&
        !Object.keys(attributes).some((written) => nearest(written, names) === key && !names.includes(written))
      )
        state.problems.push(problem.missingAttribute(place, name, key));
    }
  }
  if (element.children === 'none' && children.some((child) => child.type !== 'text' || child.value.trim() !== ''))
    state.problems.push(problem.childrenNotAllowed(place, name));
  if (state.problems.length > before || !checked.success) return undefined;
  return state.calls.push({ name, attributes: checked.data as Call['attributes'], line: place.line }) - 1;
}

/** A component becomes an element whose tag no parser can create. */
function markCalls(node: Nodes): void {
  if (!('children' in node)) return;
  for (const child of node.children as (RootContent & { index?: number })[]) {
    if ((child.type as string) === 'component')
      Object.assign(child, { type: 'element', tagName: componentTag, properties: { index: child.index } });
    markCalls(child);
  }
}
