import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { templatesBroken, themeNotBuilt, themeNotBuiltSomewhere } from './problems.ts';

/*
 * The only file that reads what Astro, Vite, and Rolldown throw: into values in the process that builds the templates,
 * and from those values into problems of the newsroom.
 */

/** A mistake that the bundler found, as plain data that can be sent to another process. */
export interface BundlerError {
  /** On one line, without colours. */
  message: string;
  /** The module that it is about, absolute, without a query. */
  file?: string;
  line?: number;
  /** The error code of the system, such as ENOSPC. */
  code?: string;
}

/** The fields that Rolldown, Vite, and Astro add to an error. Each of the three leaves some of them out. */
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

/**
 * The error code of the system for a file that it refused, in the error or in one that caused it. Rolldown has it only
 * in its message.
 */
function systemCode({ code, cause, message = '' }: Thrown): string | undefined {
  if (code !== undefined && /^E[A-Z0-9]+$/.test(code)) return code;
  if (cause !== null && typeof cause === 'object') return systemCode(cause as Thrown);
  return /\bENOSPC\b|\(os error 28\)/.test(message) ? 'ENOSPC' : undefined;
}

/**
 * The first line says what is wrong, and the lines after it show the place. Rolldown writes its code before the first
 * line, in brackets.
 */
const firstLine = (message: string): string =>
  (stripVTControlCharacters(message).trim().split('\n')[0] ?? '').replace(/^\[[A-Z_]+\]\s*/, '');

/**
 * The error to throw for a build of templates that failed.
 *
 * @param errors empty if the process reported none
 * @param said what the process printed, used in that case
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

/** The problem of a file of the theme, or undefined if the error is about another file. */
function problemOf({ message, file, line = 1 }: BundlerError, site: string): Problem | undefined {
  // To the bundler, components of the newsroom are files of its own root.
  const path = file && /[\\/]theme[\\/](.+)$/.exec(file)?.[1]?.replaceAll('\\', '/');
  if (!path || !existsSync(join(site, 'theme', path))) return undefined;
  const source = readFileSync(join(site, 'theme', path), 'utf8');
  const place = lineOfWord(source, message) ?? Math.min(line, source.split('\n').length);
  return themeNotBuilt({ file: `theme/${path}`, line: place }, message.replace(/[^\s"']*[\\/]theme[\\/]/g, 'theme/'));
}

/** A bundler counts the lines of the compiled component, so this looks for the first word that the message quotes. */
function lineOfWord(source: string, message: string): number | undefined {
  const word = /["'`]([\w$]+)["'`]/.exec(message)?.[1];
  const line = word === undefined ? -1 : source.split('\n').findIndex((text) => new RegExp(`\\b${word}\\b`).test(text));
  return line < 0 ? undefined : line + 1;
}
