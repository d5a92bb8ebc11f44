import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import type { TargetSettings } from '../../newsroom/deploy-schema.ts';
import { deployFailed } from '../problems.ts';
import type { Listing, WholeSite, WholeTarget } from '../target.ts';
import { stage } from './stage.ts';

/** Hosts that are reached with their own command-line tools. */
export type ToolSettings = Extract<TargetSettings, { kind: 'netlify' | 'cloudflare' | 'vercel' | 'azure' | 'gcs' }>;

/** A call of a tool. */
interface Call {
  args: string[];
  /** Lines for its standard input. */
  input?: string[];
}

interface Tool {
  program: string;
  /** How to get it. */
  install: string;
  /** How to sign in. */
  signIn: string;
  /** The longest path that the host can have, and so on. */
  whyNot?(path: string): string | undefined;
  /** Publishes the site. @param folderOf copies files to a folder of their own */
  publish(site: WholeSite, folderOf: (paths: Iterable<string>) => Promise<string>): AsyncIterable<Call>;
}

/** Of what a tool says, as many lines at its end are kept. */
const linesKept = 60;
const linesShown = 4;

/**
 * Why a tool ended: from the first line that names an error. The last line of many tools is only the end of an example,
 * or says where a log is.
 *
 * @param said the lines of a tool, without colours
 */
export function reasonIn(said: readonly string[]): string {
  const first = said.findIndex((line) => /\berror\b|✘|not logged in|unauthori[sz]ed|forbidden/i.test(line));
  return (first < 0 ? said.slice(-1) : said.slice(first, first + linesShown)).join('\n');
}

/**
 * A host that has a command-line tool of its own, which knows what the host has and sends what differs. Readers see the
 * old site or the new one, except in a bucket, whose files change one after the other.
 *
 * @param name for messages
 * @param site the newsroom's folder, in which the tool may be installed
 */
export function hostTool(
  name: string,
  settings: ToolSettings,
  { site, env = process.env }: { site: string; env?: NodeJS.ProcessEnv },
): WholeTarget {
  const tool = toolFor(settings);
  const folders: string[] = [];
  const path = [join(site, 'node_modules/.bin'), env.PATH ?? ''].join(delimiter);

  async function run({ args, input = [] }: Call): Promise<void> {
    const child = spawn(tool.program, args, {
      cwd: site,
      // Without a terminal, the tools ask nothing.
      env: { ...env, PATH: path, CI: 'true', NO_COLOR: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    const keep = (line: string) => {
      const text = stripVTControlCharacters(line).trim();
      if (text !== '') said.push(text);
      if (said.length > linesKept) said.shift();
    };
    createInterface({ input: child.stdout }).on('line', keep);
    createInterface({ input: child.stderr }).on('line', keep);
    child.stdin.on('error', () => {}); // it may not read its input
    child.stdin.end(input.map((line) => `${line}\n`).join(''));
    const ended = await new Promise<number | string | null>((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
      child.once('close', resolve);
    });
    if (ended === 'ENOENT')
      throw deployFailed(
        name,
        undefined,
        `${tool.program} is not installed. Nothing was sent.`,
        `Install it:  ${tool.install} .`,
      );
    if (ended !== 0)
      throw deployFailed(
        name,
        undefined,
        `${tool.program} ended with ${ended}: ${reasonIn(said) || 'it did not say why'}`,
        `If it does not know you, ${tool.signIn}.`,
      );
  }

  return {
    name,
    isNear: false,
    ...(tool.whyNot && { whyNot: tool.whyNot }),
    async publish(whole): Promise<Listing> {
      const folderOf = async (paths: Iterable<string>) => {
        const folder = mkdtempSync(join(tmpdir(), 'broadsheet-deploy-'));
        folders.push(folder);
        await stage(
          folder,
          [...paths].map((one) => whole.files.get(one)!),
        );
        return folder;
      };
      for await (const call of tool.publish(whole, folderOf)) await run(call);
      whole.onProgress(whole.sent.length + whole.deleted.length, 0);
      return new Map(whole.sent.map((one) => [one, { size: whole.files.get(one)!.size, stamp: '' }]));
    },
    async close() {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function toolFor(settings: ToolSettings): Tool {
  switch (settings.kind) {
    case 'netlify':
      return {
        program: 'netlify',
        install: 'npm install netlify-cli',
        signIn: 'set NETLIFY_AUTH_TOKEN, or run  netlify login',
        whyNot: (path) => (/[#?]/.test(path) ? 'Netlify refuses # and ? in names' : undefined),
        async *publish({ files, message }, folderOf) {
          const dir = await folderOf(files.keys());
          yield {
            args: ['deploy', '--prod', '--no-build', '--dir', dir, '--site', settings.site, '--message', message],
          };
        },
      };
    case 'cloudflare':
      return {
        program: 'wrangler',
        install: 'npm install wrangler',
        signIn: 'set CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID, or run  wrangler login',
        async *publish({ files, message }, folderOf) {
          const dir = await folderOf(files.keys());
          const place = ['--project-name', settings.project, '--branch', settings.branch];
          yield { args: ['pages', 'deploy', dir, ...place, '--commit-dirty=true', '--commit-message', message] };
        },
      };
    case 'vercel':
      return {
        program: 'vercel',
        install: 'npm install vercel',
        signIn: 'set VERCEL_TOKEN, or run  vercel login',
        async *publish({ files }, folderOf) {
          const dir = await folderOf(files.keys());
          const scope = settings.scope === undefined ? [] : ['--scope', settings.scope];
          yield { args: ['link', '--yes', '--project', settings.project, '--cwd', dir, ...scope] };
          yield { args: ['deploy', '--prod', '--yes', '--cwd', dir, ...scope] };
        },
      };
    case 'azure':
      return {
        program: 'swa',
        install: 'npm install @azure/static-web-apps-cli',
        signIn: 'set SWA_CLI_DEPLOYMENT_TOKEN, or run  swa login',
        async *publish({ files }, folderOf) {
          const dir = await folderOf(files.keys());
          yield { args: ['deploy', dir, '--app-name', settings.app, '--env', settings.environment] };
        },
      };
    case 'gcs': {
      const inside = settings.prefix === '' || settings.prefix.endsWith('/') ? settings.prefix : `${settings.prefix}/`;
      const to = `gs://${settings.bucket}/${inside}`;
      return {
        program: 'gcloud',
        install: 'see https://cloud.google.com/sdk/docs/install',
        signIn: 'run  gcloud auth login , or set GOOGLE_APPLICATION_CREDENTIALS',
        whyNot(path) {
          if (Buffer.byteLength(inside + path) > 1024) return 'its name is longer than 1024 bytes';
          return /[*?#[\]]/.test(path) ? 'gcloud reads *, ?, #, and brackets as patterns' : undefined;
        },
        async *publish({ files, steps }, folderOf) {
          // Nobody may meet a page that refers to what is not there yet, so each step is sent on its own.
          for (const step of steps) {
            if ('remove' in step) {
              yield { args: ['storage', 'rm', '--read-paths-from-stdin'], input: step.remove.map((path) => to + path) };
              continue;
            }
            for (const [lifetime, paths] of byLifetime(step.send, files)) {
              const from = await folderOf(paths);
              yield {
                args: ['storage', 'rsync', from, to, '--recursive', '--checksums-only', `--cache-control=${lifetime}`],
              };
            }
          }
        },
      };
    }
  }
}

/** Groups files by their Cache-Control, of which a call can have one. */
function byLifetime(paths: readonly string[], files: WholeSite['files']): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const lifetime = files.get(path)!.cacheControl;
    const group = groups.get(lifetime);
    if (group) group.push(path);
    else groups.set(lifetime, [path]);
  }
  return groups;
}
