import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from '@playwright/test';

const bin = join(import.meta.dirname, '../src/cli/bin.mjs');

/** A newsroom in its own folder, and a `broadsheet dev` that shows it. */
export interface DevPaper {
  /** The newsroom's folder. */
  home: string;
  /** The address of the paper, without a trailing slash. */
  paper: string;
  port: number;
  put(file: string, text: string | Uint8Array): Promise<void>;
  remove(file: string): Promise<void>;
  /** Requests anything under the paper's address, with these headers. */
  request(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Requests a page, as a browser does. */
  get(path: string): Promise<{ status: number; text: string }>;
  /** The complete output of the terminal so far. */
  terminal(): string;
  /** Whether the command is still running. */
  isRunning(): boolean;
  stop(): Promise<void>;
}

/** @param options of the command, in addition to the newsroom and the port */
export async function startDev(files: Record<string, string | Uint8Array>, options: string[] = []): Promise<DevPaper> {
  const home = await mkdtemp(join(tmpdir(), 'broadsheet dev '));
  const put = async (file: string, text: string | Uint8Array) => {
    await mkdir(dirname(join(home, file)), { recursive: true });
    await writeFile(join(home, file), text);
  };
  for (const [file, text] of Object.entries(files)) await put(file, text);
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [bin, 'dev', '--site', home, '--port', String(port), ...options]);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (said += data));
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await rm(home, { recursive: true, force: true });
  };
  await expect.poll(() => said, { timeout: 120_000 }).toContain('Ctrl+C');
  const path = /https?:\/\/[^/\s]+(\S*)\//.exec(said)?.[1] ?? '';
  const paper = `http://localhost:${port}${path}`;
  // A new connection for each request. If compiling templates keeps a server busy for longer than it keeps a connection
  // open, it may close a kept connection just as the next request arrives. A browser then sends the request again, but
  // `fetch` fails.
  const request = (asked: string, headers: Record<string, string> = {}) =>
    fetch(paper + asked, { headers: { ...headers, connection: 'close' } });
  return {
    home,
    paper,
    port,
    put,
    request,
    remove: (file) => rm(join(home, file), { recursive: true, force: true }),
    get: async (asked) => {
      const response = await request(asked, { accept: 'text/html' });
      return { status: response.status, text: await response.text() };
    },
    terminal: () => said,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    stop,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
