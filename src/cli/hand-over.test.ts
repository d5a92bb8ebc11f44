import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedCache, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';

/*
 * A machine with an old Node starts the command with it, and that hands over to the Node of the package. Here a process of the
 * same Node hands over, as bin.mjs does.
 */
const bin = join(import.meta.dirname, 'bin.mjs');
const first = `import { handOver } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'hand-over.mjs')).href)};
process.exit((await handOver(process.execPath, [${JSON.stringify(bin)}, ...process.argv.slice(1)])).code);`;

const newsroom = smallNewsroom({ 'content/stories/2025/02/harbour.md': story() });
const started: ChildProcess[] = [];
beforeAll(() => newsroom.press(), 240_000);
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(newsroom.site, { recursive: true, force: true });
});

function command(...argv: string[]) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', first, '--', ...argv], {
    env: { ...process.env, BROADSHEET_CACHE: sharedCache, CI: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  const saying = async (words: string) => {
    for (let tries = 0; !said.includes(words); tries++) {
      if (tries > 800 || child.exitCode !== null) throw new Error(`It says: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  return { child, ended, saying, said: () => said };
}

/** The process that was handed over to. */
const childOf = ({ pid }: ChildProcess): string =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0] ?? '';

/** Gone, or about to be taken note of. */
const isGone = (pid: string): boolean =>
  !existsSync(`/proc/${pid}/stat`) || / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

test('the exit code is that of the command', async () => {
  expect(await command('--version').ended).toEqual({ code: 0, signal: null });
  expect(await command('no-such-command').ended).toEqual({ code: 2, signal: null });
});

describe.skipIf(!existsSync('/proc/self/task'))('a signal to the first process ends both', () => {
  test.each([
    ['dev', 'SIGINT', 0],
    ['preview', 'SIGINT', 0],
    ['preview', 'SIGTERM', 0],
    ['dev', 'SIGHUP', 129],
  ] as const)('%s, %s: with %i', { timeout: 60_000 }, async (name, signal, code) => {
    const { child, ended, saying } = command(name, '--site', newsroom.site, '--port', '0');
    await saying('Press Ctrl+C');
    const other = childOf(child);
    expect(isGone(other)).toBe(false);
    child.kill(signal);
    expect(await ended).toEqual({ code, signal: null });
    expect(isGone(other)).toBe(true);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('build, %s: it says that it stopped, and exits with %i', { timeout: 60_000 }, async (signal, code) => {
    const { child, ended, said } = command('build', '--site', newsroom.site, '--clean');
    for (let tries = 0; childOf(child) === '' && tries < 500; tries++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    const other = childOf(child);
    await new Promise((resolve) => setTimeout(resolve, 400));
    child.kill(signal);
    const { code: found } = await ended;
    // A fast machine may be done before, and a slow one not have begun.
    expect([0, code]).toContain(found);
    expect(said()).toMatch(/^(?:Stopped\.|.*\d s\.|$)/m);
    expect(isGone(other)).toBe(true);
  });

  test('SIGTERM ends both within 2 s, even if the other process listens for it and is too busy to notice', async () => {
    const busy = "process.on('SIGTERM', () => {}); process.stdout.write('busy'); for (;;);";
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { handOver } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'hand-over.mjs')).href)};
process.exit((await handOver(process.execPath, ['--eval', ${JSON.stringify(busy)}])).code);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    started.push(child);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const other = childOf(child);
    const since = performance.now();
    child.kill('SIGTERM');
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(137);
    expect(performance.now() - since).toBeLessThan(2000);
    expect(isGone(other)).toBe(true);
  });

  test('dev exits on SIGTERM as it does by itself', { timeout: 60_000 }, async () => {
    const { child, ended, saying } = command('dev', '--site', newsroom.site, '--port', '0');
    await saying('Press Ctrl+C');
    const other = childOf(child);
    child.kill('SIGTERM');
    // Vite has a listener of its own, and may be the first to end the process.
    expect([0, 143]).toContain((await ended).code);
    expect(isGone(other)).toBe(true);
  });

  test('a signal that arrives twice at once, as from a terminal, counts as one', { timeout: 60_000 }, async () => {
    const { child, ended, saying } = command('dev', '--site', newsroom.site, '--port', '0');
    await saying('Press Ctrl+C');
    process.kill(Number(childOf(child)), 'SIGINT');
    child.kill('SIGINT');
    expect(await ended).toEqual({ code: 0, signal: null });
  });
});
