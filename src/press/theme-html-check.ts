import type { Problem } from '../problems/problem.ts';
import { type Around, sheetProblems } from './theme-css.ts';
import { type HtmlTag, type HtmlTokens, plainText, tokensOf } from './theme-html.ts';
import { themeHtml } from './theme-html-problems.ts';
import { attributeProblems, contradictions, fileProblems, scriptProblems } from './theme-html-tags.ts';

/*
 * Finds what is wrong with `theme/head.html` and `theme/foot.html`. They are printed on every page as they are written,
 * so a tag that is not closed would take the rest of each page with it.
 */

/** @param file `theme/head.html` or `theme/foot.html` */
export function ownHtmlProblems({ file, text }: { file: string; text: string }, around: Around): Problem[] {
  const html = plainText(text);
  const tokens = tokensOf(html);
  const isHead = file.endsWith('head.html');
  const starts = tokens.tags.filter(({ kind }) => kind === 'start');
  return [
    ...syntax(file, tokens, html),
    ...nesting(file, tokens, isHead),
    ...starts.flatMap((tag) => [
      ...contradictions(file, tag, isHead),
      ...attributeProblems(file, tag, around.settings),
      ...fileProblems(file, tag, around),
      ...(tag.name === 'script' ? scriptProblems(file, tag, around.settings) : []),
      ...(tag.name === 'style' && isHead
        ? sheetProblems({ file, css: tag.text, firstLine: tag.textLine }, around)
        : []),
    ]),
  ].sort((a, b) => a.line - b.line);
}

/** What the tokenizer could not read. One mistake often causes others, so only the first of a line is reported. */
function syntax(file: string, { errors, doctypes }: HtmlTokens, html: string): Problem[] {
  const lines = html.split('\n');
  const seen = new Set<number>();
  return [
    ...doctypes.map((line) =>
      themeHtml({ file, line }, 'A page has only one document type, and it has it already.', 'Delete this line.'),
    ),
    ...errors.flatMap(({ code, line, column }) => {
      if (seen.has(line)) return [];
      seen.add(line);
      const place = Math.min(line, lines.length);
      const said = (lines[place - 1] ?? '').trim().slice(0, 80);
      return [
        themeHtml(
          { file, line: place, column },
          `This is not valid HTML: "${said}" (${code.replaceAll('-', ' ')}).`,
          'Look for a quotation mark, a bracket, or a comment that is not closed, or a space that is missing.',
        ),
      ];
    }),
  ];
}

const voidElements = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** Elements that end without an end tag. */
const closedByOthers = new Set(
  'p li dt dd option optgroup tr td th thead tbody tfoot colgroup caption rt rp'.split(' '),
);
const inHead = new Set(['meta', 'link', 'script', 'style', 'noscript', 'template']);
const ofThePage = new Set(['html', 'head', 'body']);

/** Tags that are not closed, or close nothing, and what cannot be where it is. */
function nesting(file: string, { tags, texts }: HtmlTokens, isHead: boolean): Problem[] {
  const problems: Problem[] = [];
  const open: HtmlTag[] = [];
  const textsAfter = Map.groupBy(texts, ({ after }) => after);
  const checkTexts = (count: number) => {
    for (const { text, line } of textsAfter.get(count) ?? [])
      if (isHead && open.length === 0)
        problems.push(
          themeHtml(
            { file, line },
            `The head of a page cannot contain text: "${text.slice(0, 60)}".`,
            'Move it to  theme/foot.html , or delete it.',
          ),
        );
  };
  checkTexts(0);
  tags.forEach((tag, i) => {
    const { name, line, column, kind } = tag;
    const place = { file, line, column };
    if (ofThePage.has(name)) {
      problems.push(
        themeHtml(place, `Every page already has <${name}>.`, 'Delete this tag. This file is only a part of a page.'),
      );
    } else if (kind === 'start') {
      const parent = open.at(-1);
      if (
        isHead &&
        !inHead.has(name) &&
        !['title', 'base'].includes(name) &&
        open.every((one) => one.name !== 'template')
      )
        problems.push(
          themeHtml(
            place,
            `The head of a page cannot contain <${name}>${parent ? ` in <${parent.name}>` : ''}. Browsers would end the head there.`,
            'Move it to  theme/foot.html .',
          ),
        );
      if (!isHead && name === 'style')
        problems.push(
          themeHtml(
            place,
            'A style sheet belongs in the head of a page.',
            'Move it to  theme/head.html , or to a style sheet in  theme/ .',
          ),
        );
      if (!isHead && name === 'main')
        problems.push(
          themeHtml(
            place,
            'Every page already has <main>, and a page has only one.',
            'Write <div> or <aside> instead.',
          ),
        );
      if (tag.isSelfClosing && !voidElements.has(name) && !inSvg(open) && !['svg', 'math'].includes(name))
        problems.push(themeHtml(place, `<${name}/> does not close <${name}> in HTML.`, `Write  <${name}></${name}> .`));
      else if (!voidElements.has(name) && !(tag.isSelfClosing && (inSvg(open) || name === 'svg'))) open.push(tag);
    } else {
      const at = open.findLastIndex((one) => one.name === name);
      if (voidElements.has(name) || at < 0)
        problems.push(
          themeHtml(place, `</${name}> does not close anything.`, 'Delete it, or add the tag that it closes.'),
        );
      else for (const left of open.splice(at).slice(1)) problems.push(...notClosed(file, left));
    }
    checkTexts(i + 1);
  });
  return [...problems, ...open.flatMap((left) => notClosed(file, left))];
}

const inSvg = (open: readonly HtmlTag[]): boolean => open.some(({ name }) => name === 'svg' || name === 'math');

const notClosed = (file: string, { name, line, column }: HtmlTag): Problem[] =>
  closedByOthers.has(name)
    ? []
    : [themeHtml({ file, line, column }, `<${name}> is never closed.`, `Add  </${name}>  where it ends.`)];
