import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { IndexHandle } from '../index/handle.ts';
import type { Problem } from '../problems/problem.ts';
import { themePageBare, themeThrows } from './problems.ts';

/*
 * Finds the component of the newsroom's theme that threw an error, from the stack and the source maps of the bundle. An
 * error from elsewhere is a bug in Broadsheet, and stays an Error.
 */

/** The page that was being rendered when a component threw an error. */
export interface PageOfTheme {
  address: string;
  /** The story's file, newsroom-relative, if the page shows a story. */
  file?: string;
}

/**
 * @param stack of an error that came out of the bundle
 */
export function problemOfStack(stack: string, page: PageOfTheme): Problem | undefined {
  // If Node reads source maps, the stack already names the source file and its line.
  const mapped =
    /\/theme\/((?:components|pages|layouts)\/[^\s():?]+\.(?:astro|mdx|[cm]?[jt]s))(?:\?[^\s():]*)?:(\d+)/.exec(stack);
  if (mapped) {
    const line = stack.slice(stack.lastIndexOf('\n', mapped.index) + 1, mapped.index + mapped[0].length);
    return ofPackage(thrown(stack, mapped[1] ?? '', Number(mapped[2]), page), line);
  }
  for (const [, url = '', line = '', column = ''] of stack.matchAll(/(file:\/\/[^\s():]+\.mjs):(\d+):(\d+)/g)) {
    const origin = originOf(fileURLToPath(url), Number(line), Number(column));
    const file = /(?:^|\/)theme\/([^?]+)$/.exec(origin?.source ?? '')?.[1];
    if (!origin || file === undefined) continue;
    return ofPackage(thrown(stack, file, origin.line, page), origin.source);
  }
  return undefined;
}

/** `press/theme.ts` shows Astro the theme of a package as `theme-of/NAME/theme/FILE`. @param place with that path */
function ofPackage(problem: Problem, place: string): Problem {
  const name = /\btheme-of\/((?:@[^/\s]+\/)?[^/\s]+)\/theme\//.exec(place)?.[1];
  return name === undefined ? problem : { ...problem, file: `node_modules/${name}/${problem.file}` };
}

function thrown(stack: string, file: string, line: number, page: PageOfTheme): Problem {
  const [said = ''] = stack.split('\n');
  const where = page.file === undefined ? page.address : `${page.file} (${page.address})`;
  return themeThrows({ file: `theme/${file}`, line: Math.max(1, line) }, where, said.replace(/^\w*Error: /, ''));
}

/** The source of a position in the bundle. Source maps are read only here, after something has gone wrong. */
function originOf(file: string, line: number, column: number): { source: string; line: number } | undefined {
  if (!existsSync(`${file}.map`)) return undefined;
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  const entry = map.findEntry(line - 1, column - 1);
  return 'originalSource' in entry ? { source: entry.originalSource, line: entry.originalLine + 1 } : undefined;
}

/**
 * What is wrong with what a page of `theme/pages/` was rendered to: it has no policy, and so neither the header nor the
 * footer of the site.
 *
 * @param id of the page
 */
export function themePageFault(
  index: IndexHandle,
  id: string,
  status: number,
  html: Uint8Array | string,
): Problem | undefined {
  // Of any other status, the reason has its own message.
  if (status !== 200 || Buffer.from(html as string).includes('<meta http-equiv="Content-Security-Policy"'))
    return undefined;
  const row = index.sql('SELECT file FROM record WHERE key = ?').get(`themePage/${id}`) as { file: string } | undefined;
  return themePageBare(row?.file ?? `theme/pages/${id}`);
}
