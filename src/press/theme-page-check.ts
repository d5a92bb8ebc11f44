import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { mdxToJs } from 'satteri';
import { nearest } from '../problems/nearest.ts';
import type { Problem } from '../problems/problem.ts';
import { themePageFile } from '../site/theme-page.ts';
import { explainMdx } from '../story/body/mdx-errors.ts';
import { frontMatterBlock } from '../yaml/front-matter-block.ts';
import {
  importMissing,
  themeFileMissing,
  themePageBuiltIn,
  themePageComponent,
  themePageDynamic,
  themePageMdx,
} from './problems.ts';
import { blockedProblems } from './theme-blocked.ts';
import { moduleProblems } from './theme-components.ts';
import { hostProblem, insteadOf, type ThemeSettings, type UsedOn } from './theme-hosts.ts';
import { layoutOf } from './theme-pages.ts';
import { type MdxParts, partsOfMdx } from './theme-tags.ts';

/* Finds what is wrong with a page in `theme/pages/` before the bundler reads it. */

/** What is wrong with the name of a file in `theme/pages/`. @param file with its folder */
export function themePageNameProblem(file: string): Problem | undefined {
  const page = themePageFile(file.slice(file.indexOf('theme/pages/') + 'theme/pages/'.length));
  if (page.kind === 'dynamic') return themePageDynamic(file);
  return page.kind === 'built-in' ? themePageBuiltIn(file, page.name) : undefined;
}

/** The address of a page of the theme. Undefined for what other files use. @param file with its folder */
export function pageOf(file: string): UsedOn {
  const [, path] = /(?:^|\/)theme\/pages\/(.*)$/.exec(file) ?? [];
  const page = path === undefined ? undefined : themePageFile(path);
  return page?.kind === 'page' ? { page: page.address } : undefined;
}

/** Whether a template says where its forms lead. */
export const hasForms = (text: string): boolean => /\bforms\s*=/.test(text);

/** What is wrong with an MDX file. @param file newsroom-relative @param site the folder that has the `theme/`, absolute */
export function mdxProblems({
  file,
  text,
  site,
  settings,
}: {
  file: string;
  text: string;
  site: string;
  settings: ThemeSettings;
}): Problem[] {
  const front = frontMatterBlock.exec(text)?.[0] ?? '';
  const body = text.slice(front.length);
  const firstLine = front.split('\n').length;
  let parts: MdxParts;
  try {
    parts = partsOfMdx(body, firstLine);
    mdxToJs(body); // it also reads the imports and exports
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [brokenMdx(file, error.message, body, firstLine)];
  }
  return [
    ...layoutProblems(file, front, site),
    ...moduleProblems({ file, text: parts.modules, site }),
    ...unknownComponents(file, parts),
    ...blockedProblems(file, parts.tags, { settings, on: pageOf(file), hasForms: hasForms(text) }),
    ...parts.images.flatMap(({ url, line }) => imageProblem({ file, url, line, site, settings })),
  ];
}

/** @param message of the parser, which begins with the place in the body */
function brokenMdx(file: string, message: string, body: string, firstLine: number): Problem {
  const [, line = '1', column = '1', said = message] = /^(\d+):(\d+): ([\s\S]*)$/.exec(message) ?? [];
  const place = { file, line: Number(line) + firstLine - 1, column: Number(column) };
  const written = (body.split('\n')[Number(line) - 1] ?? '').trim().slice(0, 100);
  // A story has no JavaScript, so its words do not fit.
  const ofCode = /Could not parse (?:expression|esm) with oxc: ([^(\n]+)/.exec(said)?.[1]?.trim();
  if (ofCode) return themePageMdx(place, `This is not valid JavaScript: "${written}". ${ofCode}.`, codeHint);
  if (/in expression/.test(said))
    return themePageMdx(place, `This { is never closed: "${written}".`, 'Add a  }  , or write  \\{  for a brace.');
  const explained = explainMdx(message, body, firstLine);
  return themePageMdx({ ...place, line: explained.line + firstLine - 1 }, explained.message, explained.hint);
}

const codeHint = 'Correct it. To print a brace, write  \\{ .';

/** A component that an MDX page uses but does not import. */
function unknownComponents(file: string, { tags, modules }: MdxParts): Problem[] {
  const known = namesIn(modules);
  return tags.flatMap(({ name, line }) => {
    const [first = ''] = name.split('.');
    if (!/^\p{Lu}/u.test(first) || known.has(first)) return [];
    return [themePageComponent({ file, line }, first, nearest(first, [...known]))];
  });
}

/** The names that imports and exports define. */
function namesIn(modules: string): Set<string> {
  const names = new Set<string>(['Fragment']);
  for (const [, words = ''] of modules.matchAll(/\bimport\s+([^'"]+?)\s+from\b/g))
    for (const [, as, name] of words.matchAll(/\bas\s+([\w$]+)|([\w$]+)(?!\s+as\b)/g)) names.add(as ?? name ?? '');
  for (const [, name = ''] of modules.matchAll(/\bexport\s+(?:const|let|var|function|class)\s+([\w$]+)/g))
    names.add(name);
  return names;
}

interface ImageInPage {
  file: string;
  url: string;
  line: number;
  site: string;
  settings: ThemeSettings;
}

function imageProblem({ file, url, line, site, settings }: ImageInPage): Problem[] {
  if (/^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(url))
    return hostProblem({ file, line }, url, {
      purpose: 'img',
      settings,
      on: pageOf(file),
      instead: insteadOf('img'),
    });
  const path = decodeURI(url.replace(/[?#].*$/, ''));
  const place = path.startsWith('/') ? join(site, 'public', path) : join(site, dirname(file), path);
  if (existsSync(place)) return [];
  return [themeFileMissing({ file, line }, url, relative(site, place).split(sep).join('/'))];
}

function layoutProblems(file: string, front: string, site: string): Problem[] {
  const layout = layoutOf({ path: join(site, file) });
  if (layout === undefined) return [];
  const line = front.split('\n').findIndex((text) => /^["']?layout\b/.test(text)) + 1;
  const written = /:\s*["']?([^"'#\n]*)/.exec(front.split('\n')[line - 1] ?? '')?.[1]?.trim() ?? '';
  const isAstro = layout.endsWith('.astro') && existsSync(layout);
  return isAstro ? [] : [importMissing({ file, line }, written, { kind: 'no-file', meant: undefined })];
}

/** The name of a page that was put where no page is looked for, or with an ending that no page has. */
export const meantPage = (file: string): string | undefined =>
  /\.(?:md|markdown|mdoc)$/i.test(file) || /\.MDX$/i.test(file)
    ? `${basename(file).replace(/\.\w+$/, '')}.mdx`
    : /\.(?:html?|tsx|jsx)$/i.test(file) || /\.ASTRO$/i.test(file)
      ? `${basename(file).replace(/\.\w+$/, '')}.astro`
      : undefined;
