import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Problem } from '../problems/problem.ts';

/*
 * Finds what is wrong with a file of the newsroom's theme in the message of the bundler or of a component that threw an
 * error. An error that names no such file is a bug, and stays an Error.
 */

/**
 * @param said the output of the bundler
 * @param site the newsroom's folder, to find the line
 */
export function problemOfBundler(said: string, site: string): Problem | undefined {
  const plain = said.replace(/\p{Cc}\[[\d;]*m/gu, '');
  const [, file = '', line] = framed.exec(plain) ?? place.exec(plain) ?? [];
  if (!file) return existsSync(join(site, 'theme')) ? unplaced(plain) : undefined;
  const message = firstMessage(plain).replace(/[^\s"']*\/theme\//g, 'theme/');
  const source = sourceOf(join(site, 'theme', file));
  return problem(
    'theme-broken',
    file,
    lineOfWord(source, message) ?? Math.min(Number(line ?? 1), source.split('\n').length),
    `The templates cannot be built with this file: ${message}`,
    'Correct it, or delete this file to use the built-in one.',
  );
}

/** Without a theme, a newsroom builds, so the cause must be in the theme. */
const unplaced = (said: string): Problem => ({
  rule: 'theme-broken',
  severity: 'error',
  file: 'theme',
  line: 1,
  message: `The templates cannot be built with this theme: ${firstMessage(said)}`,
  hint: 'To find the file that is wrong, move half of the files away and build again. If the templates cannot be built without  theme/  either, this is a bug in Broadsheet.',
});

const named = String.raw`theme\/((?:[\w-]+\/)*[^\s:"'/]+\.(?:astro|css|[cm]?[jt]s))(?:\?[^\s:]*)?`;
/** The form in which Rolldown prints the place: `[ path:line:column ]`. */
const framed = new RegExp(String.raw`\[\s*\S*\/${named}:(\d+):\d+\s*\]`);
const place = new RegExp(String.raw`(?:^|[\s/(["'])${named}(?::(\d+))?`, 'm');

const sourceOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** A bundler counts the lines of the compiled component, so this looks for the first text that it quotes. */
function lineOfWord(source: string, message: string): number | undefined {
  const word = /["'`]([\w$]+)["'`]/.exec(message)?.[1];
  const line = word === undefined ? -1 : source.split('\n').findIndex((text) => new RegExp(`\\b${word}\\b`).test(text));
  return line < 0 ? undefined : line + 1;
}

/** The page that was being rendered when a component threw an error. */
export interface PageOfTheme {
  address: string;
  /** The story's file, newsroom-relative, if the page shows one. */
  file?: string;
}

/** @param stack of an error from the bundle */
export function problemOfStack(stack: string, page: PageOfTheme): Problem | undefined {
  // If Node was started with source maps, it reports the place itself.
  const mapped = /\/theme\/(components\/[^\s():?]+\.(?:astro|[cm]?[jt]s))(?:\?[^\s():]*)?:(\d+)/.exec(stack);
  if (mapped) return thrown(stack, mapped[1] ?? '', Number(mapped[2]), page);
  for (const [, url = '', line = '', column = ''] of stack.matchAll(/(file:\/\/[^\s():]+\.mjs):(\d+):(\d+)/g)) {
    const origin = originOf(fileURLToPath(url), Number(line), Number(column));
    const file = /(?:^|\/)theme\/([^?]+)$/.exec(origin?.source ?? '')?.[1];
    if (!origin || file === undefined) continue;
    return thrown(stack, file, origin.line, page);
  }
  return undefined;
}

function thrown(stack: string, file: string, line: number, page: PageOfTheme): Problem {
  const [said = ''] = stack.split('\n');
  const where = page.file === undefined ? page.address : `${page.file} (${page.address})`;
  return problem(
    'theme-throws',
    file,
    line,
    `This component fails while it renders ${where}: ${said.replace(/^\w*Error: /, '')}`,
    'Correct it, or delete it from  theme/ . Existing pages stay as they are.',
  );
}

const problem = (rule: string, file: string, line: number, message: string, hint: string): Problem => ({
  rule,
  severity: 'error',
  file: `theme/${file}`,
  line: Math.max(1, line),
  message,
  hint,
});

/** Maps a place in the bundle to its source. Source maps are read only here, after an error. */
function originOf(file: string, line: number, column: number): { source: string; line: number } | undefined {
  if (!existsSync(`${file}.map`)) return undefined;
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  const entry = map.findEntry(line - 1, column - 1);
  return 'originalSource' in entry ? { source: entry.originalSource, line: entry.originalLine + 1 } : undefined;
}

/** The line that says what is wrong, without the place, which is reported separately. */
function firstMessage(said: string): string {
  const lines = said.split('\n').map((line) => line.trim());
  const line =
    lines.find((one) => /^\[[A-Z_]{4,}\]/.test(one)) ??
    lines.find((one) => /Error\b.*:|^\[.*error/i.test(one) && !/^Build failed|^at /.test(one)) ??
    lines.find((one) => one && !/^(?:at|\d\d:\d\d:\d\d|node:)/.test(one)) ??
    '';
  return line.replace(/^(?:\[[^\]]*\]\s*)?(?:\w*Error:\s*)?/, '').slice(0, 300);
}
