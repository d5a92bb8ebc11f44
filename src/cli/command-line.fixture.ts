import { type SpawnOptionsWithoutStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import { sharedCache } from '../press/small-newsroom.fixture.ts';
import type { Io } from './command.ts';
import { run } from './main.ts';

const bin = join(import.meta.dirname, 'bin.mjs');

export interface Said {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Calls the command inside this process. */
export async function call(argv: string[], io: Partial<Io> = {}): Promise<Said> {
  const said = { stdout: '', stderr: '' };
  const code = await run(argv, {
    cwd: import.meta.dirname,
    env: { BROADSHEET_CACHE: sharedCache },
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text) },
    ...io,
  });
  return { code, ...said };
}

/** Starts the command as a separate process. @param env in addition to that of the tests */
export function start(
  argv: string[],
  cache = sharedCache,
  env: NodeJS.ProcessEnv = {},
  options: SpawnOptionsWithoutStdio = {},
) {
  const child = spawn(process.execPath, [bin, ...argv], {
    ...options,
    env: { ...process.env, BROADSHEET_CACHE: cache, NO_COLOR: '1', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => (stdout += data));
  child.stderr.on('data', (data) => (stderr += data));
  const ended = new Promise<Said>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
  return { child, ended, saidSoFar: () => stderr };
}
