import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Problem } from '../problems/problem.ts';

/*
 * What is wrong with a file of the newsroom's theme, read from the words of those who noticed: the bundler, or a
 * component that threw. An error that names no such file is a fault of ours, and stays an Error.
 */

/** @param said what the bundler wrote */
export function problemOfBundler(said: string): Problem | undefined {
  const plain = said.replace(/\p{Cc}\[[\d;]*m/gu, '');
  const place =
    /(?:^|[\s/(["'])theme\/((?:components\/)?[^\s:"']+\.(?:astro|css|ts|js|mjs))(?:\?[^\s:]*)?(?::(\d+))?/m.exec(plain);
  if (!place) return undefined;
  const [, file = '', line] = place;
  const missing = /: (imports ".*)$/m.exec(plain)?.[1];
  const message = missing
    ? `This component ${missing}`
    : `The templates cannot be built with it: ${firstMessage(plain)}`;
  return problem(
    'theme-broken',
    file,
    Number(line ?? 1),
    message,
    missing
      ? 'Mend the path; a package of npm is installed in the newsroom’s folder, with  npm install .'
      : 'Mend it, or take it out of  theme/ : then ours comes back.',
  );
}

/** The page that was being made when a component threw. */
export interface PageOfTheme {
  address: string;
  /** The story's file, newsroom-relative, when the page shows one. */
  file?: string;
}

/**
 * @param stack of an error that came out of the bundle
 */
export function problemOfStack(stack: string, page: PageOfTheme): Problem | undefined {
  // Whoever has Node read source maps gets the place itself.
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
    `This component stops while it prints ${where}: ${said.replace(/^\w*Error: /, '')}`,
    'Correct it, or remove it from  theme/ . Pages that were made before stay as they were.',
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

/** Where a place of the bundle comes from. Maps are read only here, when something has gone wrong. */
function originOf(file: string, line: number, column: number): { source: string; line: number } | undefined {
  if (!existsSync(`${file}.map`)) return undefined;
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  const entry = map.findEntry(line - 1, column - 1);
  return 'originalSource' in entry ? { source: entry.originalSource, line: entry.originalLine + 1 } : undefined;
}

/** The line that says what is wrong, without the place that is told already. */
function firstMessage(said: string): string {
  const lines = said.split('\n').map((line) => line.trim());
  const line = lines.find((one) => /Error\b.*:|^\[.*error/i.test(one) && !/^Build failed/.test(one)) ?? lines[0] ?? '';
  return line.replace(/^(?:\[[^\]]*\]\s*)?(?:\w*Error:\s*)?/, '').slice(0, 300);
}
