import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { templatesBroken, themeNotBuilt, themeNotBuiltSomewhere } from './problems.ts';

/*
 * What Astro, Vite and Rolldown throw, read once, here: into values in the process that builds the templates, and from
 * those values into problems of the newsroom.
 */

/** A mistake that the bundler found, as plain data that can be sent to another process. */
export interface BundlerError {
  /** In one line, without colours. */
  message: string;
  /** The module that it is about, absolute, without a query. */
  file?: string;
  line?: number;
  /** Of the system, such as ENOSPC. */
  code?: string;
}

/** What Rolldown, Vite and Astro put on an error. Each of the three leaves some of it out. */
interface Thrown {
  message?: string;
  /** Rolldown: one for each mistake. */
  errors?: Thrown[];
  code?: string;
  id?: string;
  loc?: { file?: string; line?: number };
  cause?: unknown;
}

/** Reads the fields of an error that a build of templates ended with. */
export function bundlerErrors(error: unknown): BundlerError[] {
  const { errors } = error as Thrown;
  const all = Array.isArray(errors) && errors.length > 0 ? errors : [error as Thrown];
  return all.map((one): BundlerError => {
    const { message = String(one), id, loc } = one;
    const file = (loc?.file ?? id)?.replace(/^\0/, '').replace(/\?.*$/, '');
    const code = systemCode(one);
    return {
      message: firstLine(message),
      ...(file && { file }),
      ...(loc?.line && { line: loc.line }),
      ...(code && { code }),
    };
  });
}

/** What the system said when it refused a file, in the error or in one that caused it. Rolldown has it in its words only. */
function systemCode({ code, cause, message = '' }: Thrown): string | undefined {
  if (code !== undefined && /^E[A-Z0-9]+$/.test(code)) return code;
  if (cause !== null && typeof cause === 'object') return systemCode(cause as Thrown);
  return /\bENOSPC\b|\(os error 28\)/.test(message) ? 'ENOSPC' : undefined;
}

/** The first line says what is wrong; those after it draw the place. Rolldown writes its code before it, in brackets. */
const firstLine = (message: string): string =>
  (stripVTControlCharacters(message).trim().split('\n')[0] ?? '').replace(/^\[[A-Z_]+\]\s*/, '');

/**
 * The error to throw for a build of templates that failed.
 *
 * @param errors empty when the process ended without a word
 * @param said what the process printed, for that case
 * @param site the newsroom's folder
 */
export function failedBuild(errors: readonly BundlerError[], said: string, site: string, work: string): Error {
  const refused = errors.find(({ code }) => code !== undefined);
  if (refused) return Object.assign(new Error(refused.message), { code: refused.code, dest: work });
  const problems = errors.flatMap((error) => problemOf(error, site) ?? []);
  if (problems.length > 0) return new ProblemsError(problems);
  const words = errors.map(({ message }) => message).join('\n') || stripVTControlCharacters(said).trim();
  // A newsroom without a theme builds, so the theme is where to look.
  if (existsSync(join(site, 'theme'))) return new ProblemsError([themeNotBuiltSomewhere(words.slice(0, 1000))]);
  return templatesBroken(words);
}

/** The problem of a file of the theme; undefined when the error is about another file. */
function problemOf({ message, file, line = 1 }: BundlerError, site: string): Problem | undefined {
  // Components of the newsroom are known to the bundler as files of its own root.
  const path = file && /[\\/]theme[\\/](.+)$/.exec(file)?.[1]?.replaceAll('\\', '/');
  if (!path || !existsSync(join(site, 'theme', path))) return undefined;
  const source = readFileSync(join(site, 'theme', path), 'utf8');
  const place = lineOfWord(source, message) ?? Math.min(line, source.split('\n').length);
  return themeNotBuilt({ file: `theme/${path}`, line: place }, message.replace(/[^\s"']*[\\/]theme[\\/]/g, 'theme/'));
}

/** A bundler counts the lines of what a component was compiled to, so the first word that it quotes is looked for. */
function lineOfWord(source: string, message: string): number | undefined {
  const word = /["'`]([\w$]+)["'`]/.exec(message)?.[1];
  const line = word === undefined ? -1 : source.split('\n').findIndex((text) => new RegExp(`\\b${word}\\b`).test(text));
  return line < 0 ? undefined : line + 1;
}
