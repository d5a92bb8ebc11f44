import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParserError, type Token, Tokenizer } from 'parse5';
import { themeFoldersOf } from '../index/theme-roots.ts';
import { textModes } from '../site/text-modes.ts';

/*
 * `theme/head.html` and `theme/foot.html`: HTML that is printed at the end of the head and of the body of every page,
 * as it is written. `theme-html-check.ts` finds what is wrong with it.
 */

export const ownHtmlNames = ['head', 'foot'] as const;
export type OwnHtmlName = (typeof ownHtmlNames)[number];

/** What is printed, and what the policy of the page must allow for it. */
export interface OwnHtml {
  html: string;
  /** Inline scripts and styles, as they are in the page. */
  scripts: string[];
  styles: string[];
  /** It loads a script of the site. */
  hasOwnScript: boolean;
}

/** The HTML that a newsroom adds to every page. A file of its own takes precedence over that of a theme from npm. */
export function ownHtmlOf(site: string): Record<OwnHtmlName, OwnHtml> {
  const read = (name: OwnHtmlName): OwnHtml => {
    const file = themeFoldersOf(site)
      .map((folder) => join(folder, `${name}.html`))
      .findLast((path) => existsSync(path));
    return ownHtml(file === undefined ? '' : readFileSync(file, 'utf8'));
  };
  return { head: read('head'), foot: read('foot') };
}

function ownHtml(text: string): OwnHtml {
  const html = plainText(text).trim();
  const { tags } = tokensOf(html);
  const inline = (name: string) => tags.flatMap((tag) => (tag.name === name && tag.text ? [tag.text] : []));
  const sources = tags.flatMap(({ name, attributes }) => (name === 'script' ? (attributes.get('src') ?? []) : []));
  return {
    html,
    scripts: [...new Set(inline('script'))],
    styles: [...new Set(inline('style'))],
    hasOwnScript: sources.some((source) => /^\/(?!\/)/.test(source)),
  };
}

/**
 * The addresses to which the forms of a theme lead: those in its HTML and in its components, which can be on any page. A
 * page of the theme names its own (`forms` of `Page`).
 *
 * @returns complete addresses, and paths of the site
 */
export function formsOf(site: string): string[] {
  const files = themeFoldersOf(site).flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((name) => /^(?:(?:head|foot)\.html|(?:components|layouts)[\\/].*\.astro)$/.test(name))
          .map((name) => readFileSync(join(folder, name), 'utf8'))
      : [],
  );
  const actions = files.flatMap((text) =>
    [...text.matchAll(/\b(?:form)?action\s*=\s*["'](https?:\/\/[^"'\s]+|\/(?!\/)[^"'\s]*)["']/gi)].map(
      ([, url = '']) => url,
    ),
  );
  return [...new Set(actions)].filter((url) => url.startsWith('/') || URL.canParse(url)).sort();
}

/** As browsers read it: without the mark at its beginning, and with the line breaks of HTML. */
export const plainText = (text: string): string => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');

/** A tag as it is written. Lines are counted from 1. */
export interface HtmlTag {
  kind: 'start' | 'end';
  name: string;
  attributes: ReadonlyMap<string, string>;
  line: number;
  column: number;
  isSelfClosing: boolean;
  /** The text of a script or style, and the line on which it begins. */
  text: string;
  textLine: number;
}

export interface HtmlTokens {
  tags: HtmlTag[];
  /** Text outside of scripts and styles: the first words of each run, with the number of tags before it. */
  texts: { text: string; line: number; after: number }[];
  /** A document type. */
  doctypes: number[];
  errors: { code: string; line: number; column: number }[];
}

/** The tags of an HTML file, as browsers see them. */
export function tokensOf(html: string): HtmlTokens {
  const found: HtmlTokens = { tags: [], texts: [], doctypes: [], errors: [] };
  let open: HtmlTag | undefined; // the script or style whose text is being read
  const add = (kind: 'start' | 'end', { tagName, attrs, location, selfClosing }: Token.TagToken) => {
    const tag: HtmlTag = {
      kind,
      name: tagName,
      attributes: new Map(attrs.map(({ name, value }) => [name, value])),
      line: location?.startLine ?? 1,
      column: location?.startCol ?? 1,
      isSelfClosing: selfClosing,
      text: '',
      textLine: location?.endLine ?? 1,
    };
    found.tags.push(tag);
    return tag;
  };
  const text = ({ chars, location }: Token.CharacterToken) => {
    if (open) open.text += chars;
    else if (chars.trim() !== '')
      found.texts.push({
        text: chars.trim(),
        line: (location?.startLine ?? 1) + (/^\s*/.exec(chars)?.[0].split('\n').length ?? 1) - 1,
        after: found.tags.length,
      });
  };
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag: (token) => {
        tokenizer.state = textModes[token.tagName] ?? tokenizer.state;
        const tag = add('start', token);
        open = tag.name === 'script' || tag.name === 'style' ? tag : undefined;
      },
      onEndTag: (token) => {
        open = undefined;
        add('end', token);
      },
      onDoctype: ({ location }) => void found.doctypes.push(location?.startLine ?? 1),
      onComment: () => {},
      onEof: () => {},
      onCharacter: text,
      onWhitespaceCharacter: text,
      onNullCharacter: () => {},
      onParseError: ({ code, startLine, startCol }: ParserError) =>
        void found.errors.push({ code, line: startLine, column: startCol }),
    },
  );
  tokenizer.write(html, true);
  return found;
}
