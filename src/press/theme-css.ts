import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as cssTree from 'css-tree';
import { transform } from 'lightningcss';
import { nearest } from '../problems/nearest.ts';
import type { Place, Problem } from '../problems/problem.ts';
import {
  cssBrackets,
  cssInvalid,
  cssNotClosed,
  cssUnknownProperty,
  cssUnknownRule,
  cssUnknownValue,
  cssUnusedToken,
  themeFileMissing,
} from './problems.ts';
import { hostProblem, insteadOf, type Purpose, type ThemeSettings } from './theme-hosts.ts';

/*
 * Finds what is wrong with a style sheet of the theme. A browser silently ignores what it does not understand, and the
 * bundler does not name the file. So two parsers check each file first: css-tree, which continues after a mistake and
 * knows properties and their values, and Lightning CSS, which the bundler uses.
 */

export interface Sheet {
  /** Newsroom-relative, for the place of a problem. */
  file: string;
  css: string;
  /** The line of the file on which `css` begins, counted from 1. A `<style>` begins further down. */
  firstLine: number;
}

/** What a style sheet can refer to. */
export interface Around {
  /** The newsroom's folder, absolute. */
  site: string;
  settings: ThemeSettings;
  /** The custom properties that the built-in styles define, such as `--accent`. */
  tokens: string[];
  /** The names that any file of the theme uses with `var()`. */
  used: ReadonlySet<string>;
}

/** @returns errors if the file cannot be understood, and warnings if a part of it has no effect */
export function sheetProblems(sheet: Sheet, around: Around): Problem[] {
  // Astro removes `:global()` before anything else reads the styles of a component. The length is kept, so that columns
  // stay correct.
  const css = sheet.css.replaceAll(':global(', ':is(    ');
  const text = sheet.css.split('\n');
  const found = new Map<number, Problem>();
  const at = (line: number, column?: number): Place => ({
    file: sheet.file,
    line: line + sheet.firstLine - 1,
    ...(column === undefined ? {} : { column }),
  });
  const add = (problem: Problem) => {
    // One mistake makes several parsers report the same line. The first message describes it best.
    if (!found.has(problem.line)) found.set(problem.line, problem);
  };
  const quoted = (line: number) => clipped(text[line - 1] ?? '');

  for (const { line, message } of bracketProblems(css)) add(cssNotClosed(at(line), message));
  const tree = cssTree.parse(css, {
    positions: true,
    onParseError: ({
      line,
      column,
      formattedMessage,
      message,
    }: cssTree.SyntaxParseError & { line?: number; column?: number; message: string }) =>
      add(cssInvalid(at(line ?? 1, column), quoted(line ?? 1), plainWords(message || formattedMessage))),
  });
  for (const { message, loc } of bundlerWarnings(css)) {
    const rule = /^Unknown at rule: (@[\w-]+)/.exec(message)?.[1];
    const place = at(loc.line, loc.column);
    add(
      rule
        ? cssUnknownRule(place, rule, nearest(rule, atRules))
        : cssInvalid(place, quoted(loc.line), plainWords(message)),
    );
  }
  // After a syntax error, the rest may be misread.
  const isWhole = found.size === 0;
  cssTree.walk(tree, function (node) {
    const place = at(node.loc?.start.line ?? 1, node.loc?.start.column);
    const named = urlOf(node);
    const purpose = node.type === 'Atrule' || this.atrule?.name === 'import' ? 'style' : purposeIn(this.atrule);
    for (const wrong of named === undefined ? [] : urlProblems(named, place, purpose, around)) add(wrong);
    if (node.type !== 'Declaration' || !isWhole) return;
    const ignored = declarationProblem(node, place, this.rule ? null : this.atrule, around);
    if (ignored) add(ignored);
  });
  return [...found.values()];
}

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

const clipped = (line: string): string => {
  const plain = line.trim();
  return plain.length > 100 ? `${plain.slice(0, 99)}…` : plain;
};

/** The parsers use the names of tokens. */
const plainWords = (message: string): string =>
  message
    .split('\n')[0]!
    .replace(/^Unexpected token \w+\("?([^")]*)"?\)$/, 'Unexpected "$1"')
    .replace(/^Unexpected token \w+$/, 'Unexpected text')
    .replace(/(?<![.?])$/, '.');

/** Braces, brackets, comments, and quotation marks that are still open at the end, or are closed without being open. */
function bracketProblems(css: string): { line: number; message: string }[] {
  const closers: Record<string, string> = { '{': '}', '(': ')', '[': ']' };
  const open: { sign: string; line: number }[] = [];
  const problems: { line: number; message: string }[] = [];
  const lines = css.split('\n');
  const lineAt = (offset: number) => css.slice(0, offset).split('\n').length;
  const lineText = (line: number) => clipped(lines[line - 1] ?? '');
  const neverClosed = ({ sign, line }: { sign: string; line: number }) => cssBrackets.open(sign, lineText(line));
  cssTree.tokenize(css, (type, start, end) => {
    const text = css.slice(start, end);
    if (type === cssTree.tokenTypes.Comment && !/^\/\*[\s\S]*\*\/$/.test(text))
      problems.push({ line: lineAt(start), message: cssBrackets.comment });
    if (type === cssTree.tokenTypes.BadString)
      problems.push({ line: lineAt(start), message: cssBrackets.string(clipped(text)) });
    if (type === cssTree.tokenTypes.BadUrl)
      problems.push({ line: lineAt(start), message: cssBrackets.url(clipped(text)) });
    const last = text.at(-1) ?? '';
    const isOpening = (type === cssTree.tokenTypes.Function || text.length === 1) && last in closers;
    if (isOpening) open.push({ sign: last, line: lineAt(start) });
    else if (text.length === 1 && Object.values(closers).includes(text)) {
      const top = open.at(-1);
      if (top && closers[top.sign] === text) open.pop();
      else if (!top) problems.push({ line: lineAt(start), message: cssBrackets.close(text, lineText(lineAt(start))) });
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

/** What a browser would silently ignore. */
function declarationProblem(
  { property, value }: cssTree.Declaration,
  place: Place,
  atRule: cssTree.Atrule | null,
  { tokens, used }: Around,
): Problem | undefined {
  if (property.startsWith('--')) {
    if (tokens.includes(property) || used.has(property)) return undefined;
    const meant = nearest(property, tokens);
    return meant ? cssUnusedToken(place, property, meant) : undefined;
  }
  const { error } = cssTree.lexer.matchProperty(property, value);
  if (!error) return undefined;
  // `src` has a meaning in `@font-face` but not in a rule. In `@page`, both kinds have.
  if (atRule) {
    const isDescribed = cssTree.lexer.getAtrule(atRule.name, true)?.descriptors !== undefined;
    if (!isDescribed || !cssTree.lexer.matchAtruleDescriptor(atRule.name, property, value).error) return undefined;
  }
  if (error.name === 'SyntaxReferenceError') {
    if (property.startsWith('-')) return undefined; // specific to one browser
    const known = Object.keys((cssTree.lexer as unknown as { properties: object }).properties);
    return cssUnknownProperty(place, property, nearest(property, known));
  }
  // If it contains var(), only a browser knows the value.
  if (error.name !== 'SyntaxMatchError') return undefined;
  const { syntax = '' } = error as cssTree.SyntaxMatchError;
  const written = cssTree.generate(value);
  return cssUnknownValue(place, property, clipped(written), syntax.length < 120 ? syntax : undefined);
}

/** The address that a part of a style sheet names: of a picture, a font, or another style sheet. */
function urlOf(node: cssTree.CssNode): string | undefined {
  if (node.type === 'Url') return node.value;
  if (node.type !== 'Atrule' || node.name !== 'import' || node.prelude?.type !== 'AtrulePrelude') return undefined;
  const { first } = node.prelude.children;
  return first?.type === 'String' ? first.value : undefined;
}

/** What a file that is named in a rule is for. */
const purposeIn = (atRule: cssTree.Atrule | null): Purpose => (atRule?.name === 'font-face' ? 'font' : 'img');

function urlProblems(url: string, at: Place, purpose: Purpose, { site, settings }: Around): Problem[] {
  if (/^(?:data:|#|$)/i.test(url)) return [];
  if (/^(?:[a-z][\w+.-]*:|\/\/)/i.test(url))
    return hostProblem(at, url, { purpose, settings, instead: insteadOf(purpose) });
  const path = decoded(url.replace(/[?#].*$/, ''));
  const place = path.startsWith('/') ? join('public', path) : join(dirname(at.file), path);
  if (existsSync(join(site, place))) return [];
  return [themeFileMissing(at, clipped(url), place.replaceAll('\\', '/'))];
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
