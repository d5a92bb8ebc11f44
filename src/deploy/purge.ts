import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PurgeSettings } from '../newsroom/deploy-schema.ts';
import { deployFailed } from './problems.ts';
import { type Retries, retrying } from './retry.ts';
import { writeWhole } from './state.ts';

/*
 * After a deploy, a cache in front of the host has to forget the addresses that changed. Readers would get their old
 * pages until these expire.
 */

/** How many addresses one request can name. */
const cloudflareAddressesMax = 30;

export interface PurgeOptions {
  /** Of the target, for messages. */
  name: string;
  settings: PurgeSettings;
  /** The address of the site, such as `https://paper.example`. */
  url: string;
  /** A folder of the target on this machine, absolute. It keeps the addresses of a purge that failed. */
  folder: string;
  env: NodeJS.ProcessEnv;
  /** The newsroom's folder, in which a command runs. */
  site: string;
  retries: Retries;
  /** For tests: the addresses of the services. */
  services?: { cloudflare?: string; fastly?: string };
}

/**
 * Tells a cache which addresses changed, and only these. If an earlier purge failed, its addresses are named again.
 *
 * @param addresses from the root of the site, percent-encoded
 * @throws SetupError. The site is at the target then, so only this has to be repeated
 */
export async function purge(addresses: readonly string[], options: PurgeOptions): Promise<void> {
  const waiting = join(options.folder, 'purge.json');
  const all = [...new Set([...waitingIn(waiting), ...addresses])].sort();
  if (all.length === 0) return;
  writeWhole(waiting, JSON.stringify(all));
  await tell(all, options);
  rmSync(waiting);
}

function waitingIn(file: string): string[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as string[];
  } catch {
    return [];
  }
}

async function tell(addresses: readonly string[], options: PurgeOptions): Promise<void> {
  const { settings } = options;
  const complete = addresses.map((address) => `${options.url.replace(/\/$/, '')}${address}`);
  if (settings.kind === 'command') return await runCommand(settings.run, complete, options);
  if (settings.kind === 'cloudflare') {
    const service = options.services?.cloudflare ?? 'https://api.cloudflare.com';
    const url = `${service}/client/v4/zones/${encodeURIComponent(settings.zone)}/purge_cache`;
    const headers = { authorization: `Bearer ${secretOf('CLOUDFLARE_API_TOKEN', options)}` };
    for (let start = 0; start < complete.length; start += cloudflareAddressesMax) {
      const files = complete.slice(start, start + cloudflareAddressesMax);
      await request(url, { method: 'POST', headers, body: JSON.stringify({ files }) }, options);
    }
    return;
  }
  const service = options.services?.fastly ?? 'https://api.fastly.com';
  const headers = { 'fastly-key': secretOf('FASTLY_API_TOKEN', options), 'fastly-soft-purge': '1' };
  for (const address of complete)
    await request(`${service}/purge/${address.replace(/^https?:\/\//, '')}`, { method: 'POST', headers }, options);
}

async function request(url: string, init: RequestInit, { name, retries }: PurgeOptions): Promise<void> {
  const response = await retrying(async () => {
    const found = await fetch(url, {
      ...init,
      headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
      signal: AbortSignal.timeout(30_000),
      redirect: 'error', // the token is only for this service
    });
    if (found.ok) return found;
    const after = Number(found.headers.get('retry-after') ?? 0) * 1000;
    throw Object.assign(new Error(`${new URL(url).host} answered ${found.status}`), {
      status: found.status,
      ...(after > 0 && { retryAfterMs: after }),
    });
  }, retries).catch((error: Error & { status?: number }) => {
    throw notPurged(
      name,
      error.status === 401 || error.status === 403 ? 'the service did not accept the token' : error.message,
    );
  });
  await response.body?.cancel();
}

function secretOf(variable: string, { name, env }: PurgeOptions): string {
  const secret = env[variable];
  if (secret) return secret;
  throw notPurged(name, `${variable} is not set`);
}

/** The command gets the addresses in its standard input, one on each line, because they can be thousands. */
async function runCommand(
  run: readonly string[],
  addresses: readonly string[],
  { name, env, site }: PurgeOptions,
): Promise<void> {
  const [program = '', ...args] = run;
  const child = spawn(program, args, { cwd: site, env, stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data) => (said = (said + data).slice(-2000)));
  child.stdin.on('error', () => {}); // it may not read its input
  child.stdin.end(addresses.map((address) => `${address}\n`).join(''));
  const ended = await new Promise<number | string | null>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    child.once('close', resolve);
  });
  if (ended === 'ENOENT') throw notPurged(name, `there is no program ${program}`);
  if (ended !== 0) throw notPurged(name, said.trim().split('\n').at(-1) || `${program} ended with ${ended}`);
}

const notPurged = (name: string, why: string) =>
  deployFailed(
    name,
    undefined,
    `The site was sent, but the cache in front of it was not told: ${why}. Readers may get old pages until these expire.`,
    'Correct this. The next deploy names these addresses again.',
  );
