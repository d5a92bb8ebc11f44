import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Published, watch } from '../deploy/watch.ts';
import { watchFiles } from '../ingest/watch-files.ts';
import { momentWords } from '../site/zone.ts';
import { type CommandWords, type Io, readArguments } from './command.ts';
import { countOf, deployFileOf, targetOf } from './deploy.ts';
import { distFolder, mustBeNewsroom, siteFolder } from './folders.ts';
import { started } from './own-command.ts';
import { words as publishWords } from './publish.ts';
import { siteFacts } from './site-facts.ts';
import { serviceOf } from './systemd.ts';

const { now: _now, report: _report, changed: _changed, json: _json, ...publishOptions } = publishWords.options;

export const words: CommandWords = {
  usage: 'watch [TARGET] [--site DIR] [options]',
  about: `Stays running, and publishes when a file of the newsroom is saved and at the minute when something is due, such as the end
of an embargo. If the host cannot be reached, it tries again.`,
  options: publishOptions,
  examples: [
    ['broadsheet watch', 'on the machine of the newsroom, to the default target'],
    ['broadsheet watch live --delete-max 50 --quiet', 'as a service; docs/deploy.md has a unit for systemd'],
  ],
  wordsMax: 1,
};

/** `broadsheet watch`. @returns 0 after Ctrl+C or SIGTERM */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const site = siteFolder(args, io);
  distFolder(args, site, io);
  countOf(args, 'delete-max', 0);
  mustBeNewsroom(site);
  const { name } = targetOf(args, (await deployFileOf(site)).data);
  const isQuiet = args.has('quiet');
  const say = (sentence: string) => {
    if (!isQuiet) io.stderr.write(`${sentence}\n`);
  };
  const service = serviceOf(io.env);
  const stop = new AbortController();
  const end = () => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  const alive = service.aliveMs === undefined ? undefined : setInterval(service.alive, service.aliveMs);
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-watch-'));
  let isReady = false;
  try {
    await watch(
      {
        now: Date.now,
        sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => {}),
        onChange: (changed) => watchFiles(site, changed, (says) => void io.stderr.write(`${says}\n`)),
        publish: () => publishOnce(argv, io, join(folder, 'report.json'), stop.signal),
        async onWait(next) {
          if (!isReady) service.ready();
          isReady = true;
          const { timeZone } = await siteFacts(site);
          const when = next && momentWords(next.at, timeZone);
          say(
            next === undefined
              ? `Watching for changes, which go to ${name}. Press Ctrl+C to stop.`
              : next.why === 'due'
                ? `Watching for changes, which go to ${name}. The next story is due ${when}.`
                : `It is tried again ${when}.`,
          );
        },
      },
      stop.signal,
    );
  } finally {
    clearInterval(alive);
    service.stopping();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}

/**
 * Publishes in a process of its own: memory is free afterwards, a failure ends only this publish, and an update of
 * Broadsheet is used by the next one.
 */
async function publishOnce(argv: string[], io: Io, report: string, signal: AbortSignal): Promise<Published> {
  rmSync(report, { force: true });
  const { bin } = started(io);
  const child = spawn(process.execPath, [bin, 'publish', ...argv, '--report', report], {
    cwd: io.cwd,
    env: io.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (data) => io.stdout.write(String(data)));
  child.stderr.on('data', (data) => io.stderr.write(String(data)));
  const kill = () => child.kill('SIGTERM');
  signal.addEventListener('abort', kill);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  signal.removeEventListener('abort', kill);
  const built = readBuild(report);
  const nextChange = built?.nextChange == null ? null : Date.parse(built.nextChange);
  return { nextChange, outcome: code === 0 ? 'done' : built ? 'failed' : 'refused' };
}

/** What the build said, or undefined if it was refused. */
function readBuild(file: string): { nextChange: string | null } | undefined {
  try {
    return (
      (JSON.parse(readFileSync(file, 'utf8')) as { build: { nextChange: string | null } | null }).build ?? undefined
    );
  } catch {
    return undefined;
  }
}
