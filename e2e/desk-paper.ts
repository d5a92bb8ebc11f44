import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from '@playwright/test';

const bin = join(import.meta.dirname, '../src/cli/bin.mjs');

/** A newsroom in its own folder, and a `broadsheet desk` that serves it. */
export interface DeskPaper {
  /** The newsroom's folder. */
  home: string;
  /** The address of the desk, with a trailing slash. */
  address: string;
  port: number;
  put(file: string, text: string | Uint8Array): Promise<void>;
  read(file: string): Promise<string>;
  /** What every request to the API must send. */
  token(): Promise<string>;
  /** Asks the API, as a page of the desk does. */
  ask(method: string, resource: string, body?: unknown): Promise<{ status: number; json: unknown }>;
  /** The complete output of the terminal so far. */
  terminal(): string;
  isRunning(): boolean;
  /** Ends the desk at once, as a crash does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a desk.
 *
 * @param files of the newsroom, by path
 * @param home a newsroom that exists. Without it, a new folder is used, which `stop` deletes
 * @param port a certain one. Defaults to a free one
 * @param preload a module that the desk's process loads first
 */
export async function startDesk(
  files: Record<string, string | Uint8Array>,
  { home, port: wanted, preload }: { home?: string; port?: number; preload?: string } = {},
): Promise<DeskPaper> {
  const site = home ?? (await mkdtemp(join(tmpdir(), 'broadsheet desk ')));
  const put = async (file: string, text: string | Uint8Array) => {
    await mkdir(dirname(join(site, file)), { recursive: true });
    await writeFile(join(site, file), text);
  };
  for (const [file, text] of Object.entries(files)) await put(file, text);
  const node = preload === undefined ? [] : ['--import', preload];
  const at = wanted === undefined ? [] : ['--port', String(wanted)];
  const child: ChildProcess = spawn(process.execPath, [...node, bin, 'desk', '--site', site, ...at, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (said += data));
  await expect.poll(() => said, { timeout: 120_000 }).toContain('"address"');
  const { address, port } = JSON.parse(said.split('\n').find((line) => line.startsWith('{')) ?? '') as {
    address: string;
    port: number;
  };
  const token = async () => /name="desk-token" content="([^"]+)"/.exec(await (await fetch(address)).text())?.[1] ?? '';
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  return {
    home: site,
    address,
    port,
    put,
    read: (file) => readFile(join(site, file), 'utf8'),
    token,
    ask: async (method, resource, body) => {
      const response = await fetch(`${address}api/${resource}`, {
        method,
        headers: { 'x-desk-token': await token(), 'content-type': 'application/json', connection: 'close' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, json: await response.json() };
    },
    terminal: () => said,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      if (home === undefined) await rm(site, { recursive: true, force: true });
    },
  };
}
