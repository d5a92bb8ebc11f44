import type { Element, RootContent } from 'hast';
import { escapeText } from '../../site/markup.ts';
import { capitalTag, posterLeftOut, removedTag, unknownTag, wrongLink } from '../problems/text.ts';
import { inSmallScheme, judgeLink } from './links.ts';
import { depthMax, placeOf, type Reading, TooDeep } from './reading.ts';
import { printedTags, stripped, turned } from './sanitise.ts';

/* The HTML that an author wrote in a text: what the parser must not see, and what readers will not get. */

/**
 * The parser does not support a tag with a slash in an unquoted value, `<a href=/x>`, although HTML allows it and
 * archives are full of it. So such values get quotation marks and a marker. If it turns out not to be a tag (in code,
 * for example), both are removed again.
 */
export const quoteValues = (text: string): string =>
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

/** Checks the raw HTML in Markdown: a tag that HTML does not have is text. */
export function readRaw(nodes: RootContent[], state: Reading, depth: number): void {
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
export function report(nodes: RootContent[], state: Reading, depth: number, line = 1, said = new Set<string>()): void {
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
