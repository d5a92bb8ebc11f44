import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nearest } from '../problems/nearest.ts';
import type { Problem } from '../problems/problem.ts';
import { componentNotReplaceable, importInternal, importOld, importUnknown } from './problems.ts';
import { templatesFolder } from './template-folder.ts';

/*
 * The public interface of the engine for themes: what `broadsheet/theme` exports, and therefore which components a
 * theme can replace. It is read from `src/theme.ts`, which also provides the types to an editor's TypeScript.
 */

/** The module that a theme imports. */
export const faceName = 'broadsheet/theme';
const faceFile = join(templatesFolder, 'theme.ts');
/** The old form of imports, from before there was a public interface: `broadsheet/components/Foot.astro`. */
const oldImport = /^broadsheet\/components\/(?:[\w-]+\/)*(\w+)\.astro$/;

export interface FaceExport {
  name: string;
  /** The file that it comes from, relative to `src/`. */
  from: string;
  isComponent: boolean;
  /** A sentence for the manual. */
  does: string;
}

let known: { values: FaceExport[]; types: string[] } | undefined;

function face() {
  if (known) return known;
  const source = readFileSync(faceFile, 'utf8');
  const values = [...source.matchAll(/\/\*\* (.+) \*\/\nexport \{ (?:default as )?(\w+) \} from '\.\/([^']+)';/g)].map(
    ([, does = '', name = '', from = '']) => ({ name, from, isComponent: from.endsWith('.astro'), does }),
  );
  const types = [...source.matchAll(/^export type (?:\{([^}]+)\}|(\w+) =)/gm)].flatMap(([, list, one]) =>
    one ? [one] : (list ?? '').split(',').map((name) => name.trim().replace(/^\w+ as /, '')),
  );
  known = { values, types };
  return known;
}

/** Everything except types that a theme can import. */
export const faceExports = (): readonly FaceExport[] => face().values;

/** The components that a theme can replace, by name. A layout can be used, but not replaced. */
export const replaceable = (): Map<string, FaceExport> =>
  new Map(
    face()
      .values.filter(({ isComponent, from }) => isComponent && from.startsWith('components/'))
      .map((one) => [one.name, one]),
  );

/** What a file imports from the interface, by name, with the line, or `*` for all of it. Types are included. */
export function namesFromFace(text: string): { name: string; line: number }[] {
  const statements = text.matchAll(
    /^[ \t]*(?:import|export)\s+(?:type\s+)?(?:\{([^}]*)\}|(\*|\w+)[^'"\n]*?)\s*from\s*(["'])broadsheet\/theme\3/gm,
  );
  return [...statements].flatMap((match) => {
    const [statement, list, other] = match;
    if (list === undefined) return [{ name: other === '*' ? '*' : 'default', line: lineAt(text, match.index) }];
    const start = match.index + statement.indexOf('{') + 1;
    return [...list.matchAll(/(?:^|,)\s*(?:type\s+)?([\w$]+)/g)].map((one) => ({
      name: one[1] ?? '',
      line: lineAt(text, start + one.index + one[0].length),
    }));
  });
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/**
 * The address of the interface as one file sees it. It has only the names that the file imports. With all names, the
 * styles of every component would be on every page.
 *
 * @param text of the file that imports it
 */
export function faceFor(text: string): string {
  const names = namesFromFace(text).map(({ name }) => name);
  const some = names.includes('*') ? [] : [...new Set(names)].sort();
  return `${faceFile}${facePart}${some.join(',')}`;
}

const facePart = '?names=';

/** The source of a module that `faceFor` named, or undefined for any other module. */
export function faceSource(id: string): string | undefined {
  if (!id.startsWith(`${faceFile}${facePart}`)) return undefined;
  const names = id.slice(faceFile.length + facePart.length).split(',');
  return face()
    .values.filter(({ name }) => names[0] === '' || names.includes(name))
    .map(({ name, from, isComponent }) => `export { ${isComponent ? `default as ${name}` : name} } from './${from}';`)
    .join('\n');
}

export const isFace = (path: string): boolean => path === faceFile;

/** The component that an import in the old form means, or undefined for anything else. */
export function oldFaceImport(source: string): FaceExport | undefined {
  return replaceable().get(oldImport.exec(source)?.[1] ?? '');
}

type Place = Pick<Problem, 'file' | 'line'>;

/**
 * What is wrong with an import of the engine, if anything. @param source as written, such as `broadsheet/site/site.ts`
 */
export function engineImportProblem(source: string, place: Place): Problem | undefined {
  if (source === faceName) return undefined;
  const old = oldFaceImport(source);
  if (old) return importOld(place, source, old.name, faceName);
  const meant = nearest(basename(source).replace(/\.\w+$/, ''), [...face().values.map(({ name }) => name)]);
  return importInternal(place, source, meant, faceName);
}

/** Names that a file imports from the interface but that do not exist there. */
export function faceNameProblems(file: string, text: string): Problem[] {
  const all = [...face().values.map(({ name }) => name), ...face().types];
  return namesFromFace(text)
    .filter(({ name }) => name !== '*' && !all.includes(name))
    .map(({ name, line }) => importUnknown({ file, line }, name, nearest(name, all), faceName));
}

/**
 * A component of the theme with the name of a built-in component that cannot be replaced. @param own names of all
 * components of the engine
 */
export function notReplaceable(file: string, own: readonly string[]): Problem | undefined {
  const name = basename(file, '.astro');
  const names = [...replaceable().keys()];
  if (!own.includes(name) || names.includes(name)) return undefined;
  return componentNotReplaceable(file, name, nearest(name, names));
}

/**
 * A file of a theme in which imports in the old form are rewritten in the new one. Aliases and everything else stay.
 */
export const withFaceImports = (text: string): string =>
  text.replace(
    /^([ \t]*import\s+)(\w+)(\s+from\s*)(["'])(broadsheet\/components\/[^"'\n]+)\4/gm,
    (whole, begin: string, alias: string, from: string, quote: string, source: string) => {
      const name = oldFaceImport(source)?.name;
      if (name === undefined) return whole;
      return `${begin}{ ${alias === name ? name : `${name} as ${alias}`} }${from}${quote}${faceName}${quote}`;
    },
  );
