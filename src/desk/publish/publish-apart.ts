import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { closeIndexHandle, openIndexHandle } from '../../index/handle.ts';
import { scan } from '../../ingest/scan.ts';
import { templateVersion } from '../../press/bundle.ts';
import { indexFile } from '../../press/index-file.ts';
import { meta } from '../../press/meta.ts';
import type { Report } from '../../press/report.ts';
import { engineFile } from '../../press/template-folder.ts';
import { type Problem, ProblemsError, SetupError } from '../../problems/problem.ts';
import { isLarge } from '../stories/large-newsroom.ts';

interface Publish {
  site: string;
  dist: string;
  cache: string;
  now: number;
  changed: string[] | undefined;
}

/** More changed files than a story has with its pictures. */
const filesMax = 60;
/** Files that many pages show. */
const isForMany = (file: string): boolean =>
  /^(?:content\/(?:site|topics|series)\.ya?ml$|content\/authors\/|theme\/)/.test(file);

/**
 * Whether a publish can need much memory: the first one, one of everything, one with other templates, or one that changes
 * what many pages show. What an ordinary edit needs is little, and it is done sooner without another process.
 *
 * @param filesMin a newsroom with fewer files has no large publish
 */
export function isLargePublish({ site, dist, cache, changed }: Publish, clock: number, filesMin?: number): boolean {
  if (!isLarge(site, filesMin)) return false;
  const file = indexFile(cache, dist);
  if (changed === undefined || !existsSync(file)) return true;
  try {
    const index = openIndexHandle(site, file, 'read');
    try {
      if (meta(index, 'dist') === undefined || meta(index, 'templates') !== templateVersion(site, cache)) return true;
      const seen = scan(index, clock, changed);
      const files = [...seen.changed, ...seen.gone];
      return files.length > filesMax || files.some(isForMany);
    } finally {
      closeIndexHandle(index);
    }
  } catch {
    return true; // an index of another version, or a damaged one, is created again
  }
}

type Message =
  | { step: Progress }
  | { report: Report }
  | { problems: Problem[]; isSetup: boolean }
  | { refused: { message: string; code?: string; errcode?: number; path?: string; dest?: string; syscall?: string } };
type Progress = { phase: 'waiting' | 'templates' | 'stories' | 'pictures' | 'pages'; done: number; total: number };

/**
 * Publishes in another process, whose memory is given back when it ends.
 *
 * @throws ProblemsError as a publish does
 */
export function publishApart(options: Publish, onStep: (step: Progress) => void, signal: AbortSignal): Promise<Report> {
  const child = fork(engineFile('cli/publish-apart.ts'), [JSON.stringify(options)], { signal, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('message', (message: Message) => {
      if ('step' in message) onStep(message.step);
      else if ('report' in message) resolve(message.report);
      else if ('refused' in message) reject(Object.assign(new Error(message.refused.message), message.refused));
      else reject(message.isSetup ? new SetupError(...message.problems) : new ProblemsError(message.problems));
    });
    child.once('error', reject);
    // After its last message, unlike `exit`.
    child.once('close', (code) => reject(new Error(`The process that publishes ended with ${code}.`)));
  });
}
