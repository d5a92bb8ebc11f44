import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { transform } from '@astrojs/compiler-rs';
import { nearest } from '../problems/nearest.ts';
import type { Problem } from '../problems/problem.ts';
import {
  componentBroken,
  componentNotClosed,
  correctOrDelete,
  fenceNotClosed,
  type ImportFault,
  importMissing,
} from './problems.ts';
import { templatesFolder } from './template-folder.ts';
import { engineImportProblem, faceNameProblems } from './theme-face.ts';

/* Finds what is wrong with a component of the theme before it runs: in its own text, and in its imports. */

/** @param file newsroom-relative @param site the newsroom's folder, absolute */
export function componentProblems({ file, text, site }: { file: string; text: string; site: string }): Problem[] {
  if (file.endsWith('.astro')) {
    if (/^\s*---[ \t]*\n/.test(text) && (text.match(/^---[ \t]*$/gm) ?? []).length < 2) return [fenceNotClosed(file)];
    const [wrong] = transform(text, { filename: join(site, file) }).diagnostics.filter(
      ({ severity }) => severity === 'error',
    );
    if (wrong) {
      const { line = 1, column = 0 } = wrong.labels[0] ?? {};
      // The parser reports unclosed elements at the end of the file, so this names the last line with content.
      const lines = text.split('\n');
      const place = Math.min(line, lines.length - (lines.at(-1) === '' ? 1 : 0));
      const opened = wrong.labels.find((label) => label.text === 'Opened here');
      const said = clipped(lines[place - 1] ?? '');
      if ((wrong.labels[0]?.start ?? 0) >= text.trimEnd().length)
        return [componentNotClosed({ file, line: place }, said)];
      const why = `${wrong.text.replace('JSX ', '').replace(/\.$/, '')}${opened ? `; it is opened on line ${opened.line}` : ''}`;
      const isOurs = existsSync(join(templatesFolder, 'components', basename(file)));
      const at = { file, line: place, column: column + 1 };
      return [componentBroken(at, said, why, wrong.hint || correctOrDelete(isOurs))];
    }
  }
  return moduleProblems({ file, text, site });
}

/** What is wrong with the imports of a component, a script, or an MDX page. @param text without what is not code */
export function moduleProblems({ file, text, site }: { file: string; text: string; site: string }): Problem[] {
  const names = faceNameProblems(file, text);
  return importsOf(text).flatMap(({ source, line }) => {
    if (/^broadsheet(?:\/|$)/.test(source))
      return [engineImportProblem(source, { file, line }) ?? names.splice(0)].flat();
    const fault = missing(source, file, site);
    return fault ? [importMissing({ file, line }, source, fault)] : [];
  });
}

const clipped = (line: string): string => {
  const plain = line.trim();
  return plain.length > 100 ? `${plain.slice(0, 99)}…` : plain;
};

/** What a component or a script imports, by line. Type-only imports are ignored. */
export function importsOf(text: string): { source: string; line: number }[] {
  const code = text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(/^[ \t]*(?:import|export)\b(?!\s+type\b)(?:[^'"`;(]*?\bfrom)?\s*(["'])([^"'\n]+)\1/gm)].map(
    (match) => ({
      source: match[2] ?? '',
      line: code.slice(0, match.index + match[0].length).split('\n').length,
    }),
  );
}

/**
 * The `<style>` elements of a component, with the line on which their text begins. Languages other than CSS are
 * ignored.
 */
export function stylesIn(text: string): { css: string; firstLine: number }[] {
  return [...text.matchAll(/<style((?:\s[^>]*)?)>([\s\S]*?)<\/style>/g)]
    .filter(([, attributes = '']) => !/\slang=/.test(attributes))
    .map((match) => ({
      css: match[2] ?? '',
      firstLine: text.slice(0, match.index + match[0].indexOf('>') + 1).split('\n').length,
    }));
}

/** Why an import cannot be found, or undefined if it can. */
function missing(source: string, file: string, site: string): ImportFault | undefined {
  const path = source.replace(/[?#].*$/, '');
  if (/^(?:node|astro|virtual|data|https?):|^astro(?:\/|$)/.test(path)) return undefined;
  if (path.startsWith('.')) return missingFile(join(site, dirname(file), path));
  if (path.startsWith('/')) return { kind: 'absolute' };
  const name = path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');
  for (let folder = join(site, dirname(file)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules', name))) return undefined;
    if (dirname(folder) === folder) break;
  }
  if (existsSync(join(templatesFolder, '../node_modules', name))) return undefined;
  return { kind: 'no-package', name };
}

const endings = ['', '.mjs', '.js', '.mts', '.ts', '.json', '/index.mjs', '/index.js', '/index.ts'];

/** A case-insensitive file system would hide what fails on the next machine, so the names are read from the folders. */
function missingFile(path: string): ImportFault | undefined {
  const names = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
  for (const ending of endings)
    if (existsSync(path + ending) && names(dirname(path + ending)).includes(basename(path + ending))) return undefined;
  return { kind: 'no-file', meant: nearest(basename(path), names(dirname(path))) };
}
