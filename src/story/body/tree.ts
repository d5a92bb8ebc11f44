import { createRequire } from 'node:module';
import type { Element, ElementContent, Nodes, Root, RootContent } from 'hast';
import { type Features, markdownToHast, mdxToHast } from 'satteri';
import { VFile } from 'vfile';
import { nearest } from '../../problems/nearest.ts';
import { escapeAsNumbers, escapeText } from '../../site/markup.ts';
import type { StoryElement } from '../elements.ts';
import * as problem from '../problems/components.ts';
import type { BodyProblem } from '../problems/shared.ts';
import {
  attributeExpression,
  capitalTag,
  expressionInStory,
  importInStory,
  posterLeftOut,
  removedTag,
  unknownTag,
  wrongLink,
} from '../problems/text.ts';
import { inSmallScheme, judgeLink } from './links.ts';
import { explainMdx, isMdxError } from './mdx-errors.ts';
import { componentTag, phrasing, printedTags, sanitise, stripped, turned } from './sanitise.ts';

/** A component as a story uses it. */
export interface Call {
  name: string;
  attributes: Record<string, string | boolean>;
  line: number;
}

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

/** The maximum nesting depth. Nobody needs more, and browsers stop at 512. */
export const depthMax = 100;

export class TooDeep extends Error {
  readonly line: number;
  constructor(line: number) {
    super('too deep');
    this.line = line;
  }
}

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

interface Reading {
  problems: BodyProblem[];
  calls: Call[];
  known: Record<string, StoryElement>;
  hasHtml: boolean;
}

const placeOf = (node: { position?: Nodes['position'] }) => ({
  line: node.position?.start?.line ?? 1,
  column: node.position?.start?.column ?? 1,
});

/**
 * The parser does not support a tag with a slash in an unquoted value, `<a href=/x>`, although HTML allows it and
 * archives are full of it. So such values get quotation marks and a marker. If it turns out not to be a tag (in code,
 * for example), both are removed again.
 */
const quoteValues = (text: string): string =>
  /<[a-z][^<>]*=[^\s"'=<>`]*\//i.test(text) && !text.includes(quoted)
    ? text.replace(/<[a-z][a-z0-9-]*\s(?:"[^"]*"|'[^']*'|[^"'<>])*>/gi, (tag) =>
        tag.replace(
          /("[^"]*"|'[^']*')|=([^\s"'=<>`]*\/[^\s"'=<>`]*?)(?=\s|\/?>$)/g,
          (whole, given?: string, value?: string) => (given ? whole : `="${quoted}${value}"`),
        ),
      )
    : text;

const quoted = '\uE0FF';
const unquote = (text: string): string =>
  text.includes(quoted) ? text.replace(/["“”]\uE0FF([^\s"“”]*)["“”]/g, '$1').replaceAll(quoted, '') : text;

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

/** Checks the raw HTML in Markdown: a tag that HTML does not have is text. */
function readRaw(nodes: RootContent[], state: Reading, depth: number): void {
  for (const node of nodes) {
    if (depth > depthMax) throw new TooDeep(placeOf(node).line);
    if ((node.type as string) === 'raw') {
      state.hasHtml = true;
      const html = node as unknown as { value: string };
      html.value = html.value.replaceAll(quoted, '');
      if (html.value.startsWith('<!--')) continue;
      const reported = new Set<string>();
      html.value = html.value.replace(
        /<(\/?)([A-Z][\w.:-]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)>/g,
        (tag, slash, name: string, rest: string, at: number) => {
          if (isHtml(name.toLowerCase()) && !isComponent(name, rest, state.known)) return tag;
          if (slash === '' && !reported.has(name)) {
            reported.add(name);
            const line = placeOf(node).line + html.value.slice(0, at).split('\n').length - 1;
            state.problems.push(capitalTag({ line }, tag));
          }
          return tag.replace(/[<>]/g, (sign) => escapeText(sign));
        },
      );
    } else if (node.type === 'text') node.value = unquote(node.value);
    else if ('children' in node) readRaw(node.children, state, depth + 1);
  }
}

/**
 * Some components have the name of an HTML tag. In a Markdown file, they are known by an attribute that only the
 * component has, because old archives write `<Table>`.
 */
function isComponent(name: string, attributes: string, known: Reading['known']): boolean {
  const keys = Object.hasOwn(known, name) ? Object.keys(known[name]!.attributes.shape) : [];
  return [...attributes.matchAll(/\s([a-z]+)\s*=/g)].some(([, key = '']) => keys.includes(key));
}

/** Reports what the sanitiser will remove, while it is still there. */
function report(nodes: RootContent[], state: Reading, depth: number, line = 1, said = new Set<string>()): void {
  if (depth > depthMax) throw new TooDeep(line);
  for (const node of nodes) {
    const at = node.position?.start?.line ?? line;
    if (node.type === 'element') {
      const name = node.tagName;
      if (name === 'strike') node.tagName = 's';
      else if (name === 'tt') node.tagName = 'code';
      else if (name === 'acronym') node.tagName = 'abbr';
      if (stripped.includes(name)) {
        if (!said.has(name)) state.problems.push(removedTag({ line: at }, name));
        said.add(name);
        continue;
      }
      if (!isHtml(name) && !name.includes('-') && !said.has(name) && !isSentence(node)) {
        said.add(name);
        state.problems.push(unknownTag({ line: at }, name));
      }
      const { href, poster } = node.properties;
      if (name === 'video' && typeof poster === 'string' && poster !== '')
        state.problems.push(posterLeftOut({ line: at }, poster));
      if (name === 'a' && typeof href === 'string') {
        const link = judgeLink(href, '');
        if (link.kind === 'wrong' && link.fault === 'scheme') {
          state.problems.push(wrongLink({ line: at }, link.fault, href, link.scheme));
          delete node.properties.href;
        }
        // The sanitiser compares schemes character by character, and would remove the link.
        else node.properties.href = inSmallScheme(href.trim());
      }
    }
    if ('children' in node) report(node.children, state, depth + 1, at, said);
  }
}

/** `<the mayor said>` is text and not a tag. The count of words reports it (story/lost). */
const isSentence = ({ properties }: Element): boolean => {
  const values = Object.values(properties);
  return values.length > 0 && values.every((value) => value === '');
};

const isHtml = (name: string): boolean =>
  printedTags.has(name) || turned.has(name) || stripped.includes(name) || unwrapped.has(name);

/** HTML whose text stays and whose tag is removed without a message: layout, landmarks, and forms of an older page. */
const unwrapped = new Set(
  `html body main article aside header footer nav hgroup address center font big tt strike acronym nobr marquee blink basefont
  picture track param form label button fieldset legend optgroup option output progress meter datalist keygen isindex
  data slot search dir menu menuitem area image multicol listing bgsound frame rb rtc`.split(/\s+/),
);

/** A component becomes an element whose tag no parser can create. */
function markCalls(node: Nodes): void {
  if (!('children' in node)) return;
  for (const child of node.children as (RootContent & { index?: number })[]) {
    if ((child.type as string) === 'component')
      Object.assign(child, { type: 'element', tagName: componentTag, properties: { index: child.index } });
    markCalls(child);
  }
}
