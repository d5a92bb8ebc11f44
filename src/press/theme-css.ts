import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as cssTree from 'css-tree';
import { transform } from 'lightningcss';
import { nearest } from '../problems/nearest.ts';
import type { Problem } from '../problems/problem.ts';

/*
 * What is wrong with a style sheet of the theme. A browser drops what it does not understand without a word, and the
 * bundler names no file, so both are asked here first, a file at a time: css-tree, which reads on after a mistake and
 * knows properties and their values, and Lightning CSS, which is what the bundler will use.
 */

export interface Sheet {
  /** Newsroom-relative, for the place of a problem. */
  file: string;
  css: string;
  /** Of the first line of `css` within the file, from 1: a `<style>` begins further down. */
  firstLine: number;
}

/** What a style sheet may refer to. */
export interface Around {
  /** The newsroom's folder, absolute. */
  site: string;
  /** The names that our own styles give values to, such as `--accent`. */
  tokens: string[];
  /** Names that some file of the theme uses with `var()`. */
  used: ReadonlySet<string>;
}

/** @returns errors where the file cannot be understood, warnings where a part of it would do nothing */
export function sheetProblems(sheet: Sheet, around: Around): Problem[] {
  // Astro takes `:global()` out before anything else reads a style of a component. As long as before, for the columns.
  const css = sheet.css.replaceAll(':global(', ':is(    ');
  const text = sheet.css.split('\n');
  const found = new Map<number, Problem>();
  const add = (rule: string, line: number, message: string, hint: string, isWarning = false, column?: number) => {
    // One mistake makes several tools stumble in the same line; what was said first says it best.
    if (found.has(line)) return;
    found.set(line, {
      rule,
      severity: isWarning ? 'warning' : 'error',
      file: sheet.file,
      line: line + sheet.firstLine - 1,
      ...(column === undefined ? {} : { column }),
      message,
      hint,
    });
  };
  const quoted = (line: number) => `"${clipped(text[line - 1] ?? '')}"`;

  for (const { line, message } of bracketProblems(css))
    add('theme-css', line, message, 'Add what is missing, or delete what is not allowed here.');
  const tree = cssTree.parse(css, {
    positions: true,
    onParseError: ({
      line,
      column,
      formattedMessage,
      message,
    }: cssTree.SyntaxParseError & { line?: number; column?: number; message: string }) =>
      add(
        'theme-css',
        line ?? 1,
        `This is not valid CSS: ${quoted(line ?? 1)}. ${plainWords(message || formattedMessage)}`,
        cssHint,
        false,
        column,
      ),
  });
  for (const { message, loc } of bundlerWarnings(css)) {
    const rule = /^Unknown at rule: (@[\w-]+)/.exec(message)?.[1];
    if (rule)
      add('theme-css', loc.line, `There is no at-rule "${rule}".`, didYouMean(rule, atRules), false, loc.column);
    else
      add(
        'theme-css',
        loc.line,
        `This is not valid CSS: ${quoted(loc.line)}. ${plainWords(message)}`,
        cssHint,
        false,
        loc.column,
      );
  }
  // After a mistake in the grammar, what follows may be read as something that it is not.
  const isWhole = found.size === 0;
  cssTree.walk(tree, function (node) {
    const line = node.loc?.start.line ?? 1;
    const column = node.loc?.start.column;
    const named = urlOf(node);
    const wrong = named === undefined ? undefined : urlProblem(named, sheet.file, around.site);
    if (wrong) add(wrong.rule, line, wrong.message, wrong.hint, wrong.rule === 'theme-elsewhere', column);
    if (node.type !== 'Declaration' || !isWhole) return;
    const said = declarationProblem(node, this.rule ? null : this.atrule, around);
    if (said) add('theme-css-unknown', line, said.message, said.hint, true, column);
  });
  return [...found.values()];
}

const cssHint = 'Correct this line or the one above it. A browser ignores everything up to the next brace.';
const atRules = [
  'media',
  'supports',
  'font-face',
  'import',
  'layer',
  'container',
  'page',
  'keyframes',
  'property',
  'scope',
  'starting-style',
].map((name) => `@${name}`);

const didYouMean = (word: string, known: string[]): string => {
  const meant = nearest(word, known);
  return meant ? `Did you mean  ${meant} ?` : 'Check the spelling. If it is a new at-rule, you can keep it.';
};

const clipped = (line: string): string => {
  const plain = line.trim();
  return plain.length > 100 ? `${plain.slice(0, 99)}…` : plain;
};

/** The tools speak of tokens. */
const plainWords = (message: string): string =>
  message
    .split('\n')[0]!
    .replace(/^Unexpected token \w+\("?([^")]*)"?\)$/, 'Unexpected "$1"')
    .replace(/^Unexpected token \w+$/, 'Unexpected text')
    .replace(/(?<![.?])$/, '.');

/** Braces, brackets, comments and quotation marks that are open at the end, or closed without being open. */
function bracketProblems(css: string): { line: number; message: string }[] {
  const closers: Record<string, string> = { '{': '}', '(': ')', '[': ']' };
  const open: { sign: string; line: number }[] = [];
  const problems: { line: number; message: string }[] = [];
  const lines = css.split('\n');
  const lineAt = (offset: number) => css.slice(0, offset).split('\n').length;
  const lineText = (line: number) => `"${clipped(lines[line - 1] ?? '')}"`;
  const neverClosed = ({ sign, line }: { sign: string; line: number }) =>
    `This "${sign}" is never closed: ${lineText(line)}`;
  cssTree.tokenize(css, (type, start, end) => {
    const text = css.slice(start, end);
    if (type === cssTree.tokenTypes.Comment && !/^\/\*[\s\S]*\*\/$/.test(text))
      problems.push({
        line: lineAt(start),
        message: 'This comment is never closed with "*/", so the rest of the file has no effect.',
      });
    if (type === cssTree.tokenTypes.BadString)
      problems.push({ line: lineAt(start), message: `This quotation mark is never closed: ${clipped(text)}` });
    if (type === cssTree.tokenTypes.BadUrl)
      problems.push({ line: lineAt(start), message: `This url( is never closed: ${clipped(text)}` });
    const last = text.at(-1) ?? '';
    const isOpening = (type === cssTree.tokenTypes.Function || text.length === 1) && last in closers;
    if (isOpening) open.push({ sign: last, line: lineAt(start) });
    else if (text.length === 1 && Object.values(closers).includes(text)) {
      const top = open.at(-1);
      if (top && closers[top.sign] === text) open.pop();
      else if (!top)
        problems.push({
          line: lineAt(start),
          message: `This "${text}" does not close anything: ${lineText(lineAt(start))}`,
        });
      else {
        problems.push({ line: top.line, message: neverClosed(top) });
        open.pop();
        if (open.length > 0 && closers[open.at(-1)!.sign] === text) open.pop();
      }
    }
  });
  for (const one of open) problems.push({ line: one.line, message: neverClosed(one) });
  return problems;
}

function bundlerWarnings(css: string): { message: string; loc: { line: number; column: number } }[] {
  const code = Buffer.from(css);
  try {
    return transform({ filename: 'theme.css', code, errorRecovery: true }).warnings.map(({ message, loc }) => ({
      message,
      loc,
    }));
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; column: number } };
    return [{ message, loc: loc ?? { line: 1, column: 1 } }];
  }
}

/** What a browser would drop without a word. */
function declarationProblem(
  { property, value }: cssTree.Declaration,
  atRule: cssTree.Atrule | null,
  { tokens, used }: Around,
): { message: string; hint: string } | undefined {
  if (property.startsWith('--')) {
    if (tokens.includes(property) || used.has(property)) return undefined;
    const meant = nearest(property, tokens);
    return meant
      ? { message: `Nothing uses the custom property "${property}".`, hint: `Did you mean  ${meant} ?` }
      : undefined;
  }
  const { error } = cssTree.lexer.matchProperty(property, value);
  if (!error) return undefined;
  // `src` means something in `@font-face` and nothing in a rule; in `@page`, both kinds do.
  if (atRule) {
    const isDescribed = cssTree.lexer.getAtrule(atRule.name, true)?.descriptors !== undefined;
    if (!isDescribed || !cssTree.lexer.matchAtruleDescriptor(atRule.name, property, value).error) return undefined;
  }
  if (error.name === 'SyntaxReferenceError') {
    if (property.startsWith('-')) return undefined; // of one browser alone
    return {
      message: `Browsers do not know the property "${property}", so they ignore it.`,
      hint: didYouMean(property, Object.keys((cssTree.lexer as unknown as { properties: object }).properties)),
    };
  }
  // With a var() in it, only a browser knows what it comes to.
  if (error.name !== 'SyntaxMatchError') return undefined;
  const { syntax = '' } = error as cssTree.SyntaxMatchError;
  const written = cssTree.generate(value);
  return {
    message: `Browsers do not know the value "${clipped(written)}" for "${property}", so they ignore it.`,
    hint: syntax.length < 120 ? `Allowed values: ${syntax} .` : 'Check the spelling and the unit.',
  };
}

/** The address that a part of a style sheet names: of a picture, a font, or another style sheet. */
function urlOf(node: cssTree.CssNode): string | undefined {
  if (node.type === 'Url') return node.value;
  if (node.type !== 'Atrule' || node.name !== 'import' || node.prelude?.type !== 'AtrulePrelude') return undefined;
  const { first } = node.prelude.children;
  return first?.type === 'String' ? first.value : undefined;
}

function urlProblem(
  url: string,
  file: string,
  site: string,
): { rule: string; message: string; hint: string } | undefined {
  if (/^(?:data:|#|$)/i.test(url)) return undefined;
  if (/^(?:[a-z][\w+.-]*:|\/\/)/i.test(url))
    return {
      rule: 'theme-elsewhere',
      message: `"${clipped(url)}" is on another site. Pages do not load anything from other sites, so browsers ignore it.`,
      hint: 'If you may use the file, save it in  theme/  and name it here.',
    };
  const path = decoded(url.replace(/[?#].*$/, ''));
  const place = path.startsWith('/') ? join('public', path) : join(dirname(file), path);
  if (existsSync(join(site, place))) return undefined;
  return {
    rule: 'theme-file-missing',
    message: `There is no file "${clipped(url)}". It would be ${place.replaceAll('\\', '/')}.`,
    hint: path.startsWith('/')
      ? 'Put the file there. A path that begins with a slash is a file in  public/ .'
      : 'Correct the path, which is relative to this file, or add the file.',
  };
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** The names that a text uses with `var()`. */
export const namesUsed = (text: string): string[] =>
  [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name = '']) => name);
