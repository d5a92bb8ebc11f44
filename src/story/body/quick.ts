import { markdownToHtml } from 'satteri';
import { escapeAttribute, unescapeHtml } from '../../site/markup.ts';
import { elements, type Holds, setAttributes } from '../elements.ts';
import type { BodyProblem } from '../problems/shared.ts';
import { quoteWithoutSource } from '../problems/text.ts';
import { type Body, type BodyPicture, putPictureWords } from './body.ts';
import { bodyIds, headingLevels } from './headings.ts';
import { judgeLink, judgePicture } from './links.ts';
import { namedBy } from './named.ts';
import { parseOptions } from './parse-options.ts';
import type { Printed } from './print.ts';
import { addHtml, attribute, elementPart, fragmentOf } from './print.ts';
import { edge, setHtml, shield, wordsForId } from './punctuation.ts';
import { type QuickCall, quickCalls } from './quick-calls.ts';
import { sourceInHtml } from './quotes.ts';
import type { BodyOptions, BodySource } from './source.ts';
import { depthMax } from './tree.ts';

/**
 * The fast path: the parser's own HTML, scanned once, tag by tag.
 *
 * It is correct because the only `<` in the text are those of components, which `quickCalls` removed. So every tag in
 * the HTML was created by the parser and has a known form, and every text in it is escaped. Anything that does not have
 * a known form, and anything that needs a message, is left to the tree.
 *
 * @returns undefined if the text needs the tree
 */
export function compileQuick(
  { text: written, format }: BodySource,
  { language, base, known = elements }: BodyOptions,
): (Printed & { problems: BodyProblem[] }) | undefined {
  if (written.includes('[^')) return undefined;
  let text = written;
  let calls: QuickCall[] = [];
  if (text.includes('<')) {
    const found = format === 'mdx' ? quickCalls(text, known) : undefined;
    if (!found) return undefined;
    ({ text, calls } = found);
  }
  // What MDX would read differently: code, expressions, and indented text, which is not code there. Definitions of
  // references can have another order than their uses, so their lines are uncertain.
  if (text.includes('story:') && /^ {0,3}(?:>[ \t]*)*\[[^\]]+\]:[^\n]*story:/m.test(text)) return undefined;
  if (format === 'mdx' && (/[{}\t]| {4}/.test(text) || /^(?:import|export)\b/m.test(text))) return undefined;
  const shielded = shield(text);
  const html = setHtml(markdownToHtml(shielded.text, { features: parseOptions(language) }).html, language, shielded);

  const places = placesOf(written);
  const printed: Printed = { body: [], pictures: [], links: [], needs: [], hrefs: [] };
  const problems: BodyProblem[] = [];
  const ids = bodyIds();
  let levels = headingLevels();
  const outerLevels = levels;
  const fragments: string[] = [];
  let parts: Body = printed.body;
  let outer = parts;
  let inText = 0; // pictures written as Markdown
  let out = '';
  let from = 0;
  let depth = 0;
  // The output before a heading or quotation is kept separately, because splitting it off again would scan all of it.
  let heading: { level: number; before: string } | undefined;
  let isInLink = false;
  let isStory = false;
  /** The open component: its name, what it can contain, and the tags inside it. */
  let open: { name: string; holds: Holds; tags: string[] } | undefined;
  let quote: { before: string; parts: number } | undefined;
  let quotes = 0;
  let unsourced: number | undefined;
  const flush = () => {
    addHtml(parts, out);
    out = '';
  };

  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', from)) {
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at);
      const found = calls[Number(html.slice(at + 4, end))];
      if (!found || depth > 0) return undefined;
      out += html.slice(from, at);
      from = end + 3;
      if (found.kind === 'close') {
        if (!open || open.tags.length === 0) return undefined;
        if (open.holds === 'list' && !/^[uo]l$/.test(open.tags.join())) return undefined;
        out = out.trimEnd();
        flush();
        parts = printed.body;
        levels = outerLevels;
        open = undefined;
        continue;
      }
      flush();
      const { name, line } = found.call;
      const attributes = setAttributes(name, found.call.attributes, language);
      const call = { name, attributes, line };
      if (name === 'Picture') {
        const judged = judgePicture(String(attributes.src));
        if ('fault' in judged) return undefined;
        const part = pictureWith(judged.src, attributes, line);
        parts.push(part);
        printed.pictures.push(part);
        continue;
      }
      const element = known[name]!;
      const { named, problems: wrong } = namedBy(call, element);
      if (wrong.length > 0 || (element.children === 'table' && named.table === undefined)) return undefined;
      const { own, levels: inner } = outerLevels.within(element.isTitled === true);
      const part = elementPart(call, named, own, printed);
      parts.push(part);
      if (found.kind === 'open') {
        parts = part.children;
        levels = inner;
        open = { name, holds: element.children, tags: [] };
        if (html[from] === '\n') from++;
      }
      continue;
    }
    tagForm.lastIndex = at;
    const tag = tagForm.exec(html);
    if (!tag) return undefined; // an unknown form
    const [whole, slash, name, attributes] = tag as unknown as [string, string, string, string];
    out += html.slice(from, at);
    from = tagForm.lastIndex;
    if (slash === '/') {
      depth--;
      if (name === 'a') {
        isInLink = false;
        if (isStory) {
          flush();
          parts = outer;
          isStory = false;
          continue;
        }
      } else if (name === 'blockquote' && depth === 0 && quote) {
        // A picture or a link to a story split it, so the tree puts it together.
        if (parts.length !== quote.parts) return undefined;
        const found = open?.name === 'BlockQuote' ? undefined : sourceInHtml(out);
        if (found === 'unsure') return undefined;
        if (found) {
          out = `${quote.before}<figure class="quote"><blockquote>${found.quote}</blockquote><figcaption>${found.source}</figcaption></figure>`;
          quote = undefined;
          continue;
        }
        const words = out.replace(/<[^>]*>/g, '');
        if (open?.name !== 'BlockQuote' && words.trim() !== '' && !/^\s*\[!/.test(words)) unsourced ??= quotes - 1;
        out = `${quote.before}<blockquote>${out}`;
        quote = undefined;
      } else if (heading && /^h[1-6]$/.test(name)) {
        const inner = out;
        const words = wordsForId(
          inner.replace(/<[^>]*>/g, edge).replace(/&(?:amp|lt|gt);/g, (sign) => unescapeHtml(sign)),
        );
        if (words.trim() === '') return undefined;
        const tagName = `h${levels.next(heading.level)}`;
        const id = ids.forHeading(words);
        out = `${heading.before}<${tagName}${id === '' ? '' : attribute('id', id)}>${inner}</${tagName}>`;
        heading = undefined;
        continue;
      }
      out += whole;
      continue;
    }
    if (name === 'br' || name === 'hr') {
      out += whole;
      continue;
    }
    if (depth === 0) open?.tags.push(name);
    if (++depth > depthMax) return undefined;
    switch (name) {
      case 'em':
      case 'strong':
      case 'del':
        break;
      case 'p':
      case 'ul':
      case 'li':
      case 'blockquote':
        if (attributes !== '') return undefined;
        if (name === 'blockquote') {
          if (depth === 1) {
            quote = { before: out, parts: parts.length };
            out = '';
            quotes++;
            continue;
          } else if (!quote) return undefined;
        }
        if (name === 'p' && html.startsWith('<img ', from)) {
          pictureForm.lastIndex = from;
          const picture = pictureForm.exec(html);
          const line = places.pictures()[inText];
          if (!picture || line === undefined) return undefined;
          const judged = judgePicture(unescapeHtml(picture[1]!));
          if ('fault' in judged) return undefined;
          const alt = unescapeHtml(picture[2]!);
          const caption = unescapeHtml(picture[3] ?? '');
          flush();
          const part = {
            kind: 'picture' as const,
            src: judged.src,
            decorative: false,
            line,
            ...(alt.trim() ? { alt } : {}),
            ...(caption.trim() ? { caption } : {}),
          };
          parts.push(part);
          inText++;
          printed.pictures.push(part);
          from = pictureForm.lastIndex;
          depth--;
          continue;
        }
        break;
      case 'ol':
        if (attributes !== '' && !/^ start="-?\d{1,9}"$/.test(attributes)) return undefined;
        break;
      case 'pre':
        break;
      case 'code':
        if (attributes !== '' && !/^ class="language-[\w+#.-]{1,40}"$/.test(attributes)) return undefined;
        break;
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
        if (levels.isJump(Number(name[1]))) return undefined;
        heading = { level: Number(name[1]), before: out };
        out = '';
        continue;
      case 'a': {
        const found = linkForm.exec(attributes);
        blankLink.lastIndex = from;
        if (!found || isInLink || blankLink.test(html)) return undefined;
        const href = unescapeHtml(found[1]!);
        const link = judgeLink(href, base);
        const title = unescapeHtml(found[2] ?? '');
        if (link.kind === 'wrong') return undefined;
        isInLink = true;
        if (link.kind === 'story') {
          const line = places.stories()[printed.links.length];
          if (line === undefined || heading) return undefined;
          flush();
          const children: Body = [];
          const { target, fragment } = link;
          parts.push({ kind: 'link', target, fragment, ...(title ? { title } : {}), line, children });
          printed.links.push({ target, fragment, line });
          outer = parts;
          parts = children;
          isStory = true;
          continue;
        }
        if (link.kind === 'fragment') fragments.push(link.id);
        else printed.hrefs.push(href);
        out += `<a href="${escapeAttribute(link.kind === 'fragment' ? fragmentOf(link.id) : link.href)}"${title ? attribute('title', title) : ''}>`;
        continue;
      }
      default:
        return undefined; // tables, checkboxes, and pictures within text
    }
    out += whole;
  }
  out += html.slice(from);
  flush();
  // The parser ends its HTML with a line ending that its tree does not have.
  const last = printed.body.at(-1);
  if (last?.kind === 'html') {
    last.html = last.html.replace(/\n$/, '');
    if (last.html === '') printed.body.pop();
  }
  for (const id of fragments) if (ids.find(id) !== id) return undefined;
  const hasLines =
    (inText === 0 || inText === places.pictures().length) &&
    (printed.links.length === 0 || printed.links.length === places.stories().length);
  if (unsourced !== undefined) {
    const lines = quoteLines(written);
    if (lines.length !== quotes) return undefined;
    problems.push(quoteWithoutSource({ line: lines[unsourced]! }));
  }
  return hasLines ? { ...printed, problems } : undefined;
}

/** In the form of the checked attributes of `<Picture>`. */
function pictureWith(src: string, attributes: Record<string, string | boolean>, line: number): BodyPicture {
  const picture: BodyPicture = { kind: 'picture', src, decorative: attributes.decorative === true, line };
  putPictureWords(picture, attributes);
  return picture;
}

const tagForm = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>/y;
/** A link without text is left to the tree, which removes it. */
const blankLink = /(?:\s|<br \/>|<\/?(?:em|strong|del)>)*<\/a>/y;
const linkForm = /^ href="([^"]*)"(?: title="([^"]*)")?$/;
const pictureForm = /<img src="([^"]*)" alt="([^"]*)"(?: title="([^"]*)")?><\/p>/y;

/**
 * The lines of pictures and of links to stories, without a tree. A picture begins with `![`, and such a link contains
 * `story:`. If there are as many markers as uses, the n-th marker belongs to the n-th use. If not (because one was
 * escaped, or a reference was used twice), the tree decides.
 */
function placesOf(text: string): { pictures: () => number[]; stories: () => number[] } {
  let pictures: number[] | undefined;
  let stories: number[] | undefined;
  return {
    pictures: () => (pictures ??= linesOf(text, '![')),
    stories: () => (stories ??= linesOf(text, 'story:')),
  };
}

/** Lines on which a quotation begins: a line with `>` after a line without it. */
function quoteLines(text: string): number[] {
  const isQuoted = (line: string | undefined) => line !== undefined && /^ {0,3}>/.test(line);
  const lines = text.split('\n');
  return lines.flatMap((line, at) => (isQuoted(line) && !isQuoted(lines[at - 1]) ? [at + 1] : []));
}

function linesOf(text: string, sign: string): number[] {
  const lines: number[] = [];
  let line = 1;
  let from = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + sign.length)) {
    for (let end = text.indexOf('\n', from); end >= 0 && end < at; end = text.indexOf('\n', from)) {
      line++;
      from = end + 1;
    }
    lines.push(line);
  }
  return lines;
}
