import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startFauxqs } from 'fauxqs';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { TargetSettings } from '../../newsroom/deploy-schema.ts';
import { crawledMeanwhile, missing, random, siteOf } from '../crawler.fixture.ts';
import type { DeployReport } from '../report.ts';
import { contentsIn, filesIn, type SmallSite, smallSite } from '../small-site.fixture.ts';
import { workFolder } from '../target.ts';
import { cable } from './cable.fixture.ts';
import { s3Target } from './s3.ts';
import { sftpTarget } from './sftp.ts';
import { lacksForSsh, startSshd } from './sshd.fixture.ts';
import { fateOfCondition, storeProxy } from './store-proxy.fixture.ts';

/*
 * What `cut-anywhere.test.ts` shows of a folder, of the other hosts: 40 times, the connection is cut or a process is
 * killed at a random moment, and a crawler reads what is there. No page refers to a missing file, and the next deploy
 * makes the target the same as the site.
 */

const cutsMin = 40;
/** Each of these tests starts hundreds of programs or connections, which a busy machine does ten times as slowly. */
const timeout = 600_000;
const times = { beatMs: 60_000, watchMs: 50 };
const once = { retries: 0, pauseMs: 1, pauseMsMax: 1 };
const often = { retries: 12, pauseMs: 1, pauseMsMax: 4 };

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
/** The client of S3 tries each request three times. This is its rule without its pauses. */
const quickly = {
  acquireInitialRetryToken: async () => ({ getRetryCount: () => 0, getRetryDelay: () => 0 }),
  async refreshRetryTokenForRetry(token: { getRetryCount(): number }) {
    const count = token.getRetryCount() + 1;
    if (count >= 3) throw new Error('enough');
    return { getRetryCount: () => count, getRetryDelay: () => 0 };
  },
  recordSuccess: () => {},
};

let site: SmallSite;
let root: string;
beforeEach(() => {
  site = smallSite();
  root = join(site.folder, 'www');
});
afterEach(() => site.remove());

/** Nothing of somebody else was found, and everything is there. */
function expectSame(report: DeployReport, files: Map<string, string>): void {
  expect(report.problems.map(({ message }) => message)).toEqual([]);
  expect(files).toEqual(site.files());
}

test('s3: every third request fails, and connections are cut before or after the store has stored', {
  timeout,
}, async () => {
  const server = await startFauxqs({ port: 0, logger: false });
  onTestFinished(() => server.stop());
  server.createBucket('paper');
  const next = random(11);
  const stored = new Map<string, string>();
  const lost: string[] = [];
  let cuts = 0;
  /** Requests until the cable is cut for good. */
  let left = 0;
  const store = await storeProxy(
    server.address,
    async (request, count) => {
      left -= 1;
      if (left < 0) return 'cut before';
      if (count % 3 === 0) return count % 2 === 0 ? 503 : 500;
      if (left === 0 || count % 11 === 0) {
        cuts += 1;
        return next() < 0.5 ? 'cut before' : 'cut after';
      }
      return await fateOfCondition(server.address, request);
    },
    (method, path) => {
      if (!/^(?:PUT|DELETE)$/.test(method) || path.includes(workFolder)) return;
      const name = path.slice('/paper/'.length);
      const text = method === 'PUT' ? wanted.get(name) : undefined;
      if (text === undefined) stored.delete(name);
      else stored.set(name, text);
      lost.push(...missing(stored.keys(), (one) => stored.get(one)));
    },
  );
  onTestFinished(() => store.close());
  let wanted = new Map<string, string>();
  const open = () =>
    s3Target(
      'bucket',
      { kind: 's3', bucket: 'paper', region: 'us-east-1', endpoint: store.url, prefix: '' },
      { times, client: { credentials, retryStrategy: quickly } },
    );
  let failed = 0;
  for (let number = 0; cuts < cutsMin || failed < 8; number++) {
    site.build(siteOf(number));
    wanted = site.files();
    left = 20 + Math.floor(next() * 120);
    const stateFolder = join(site.folder, number % 3 === 2 ? `state-${number}` : 'state');
    await site.deploy(open(), { stateFolder, retries: often }).catch(() => {
      failed += 1;
    });
    left = Number.POSITIVE_INFINITY;
    if (number % 4 === 3) expectSame(await site.deploy(open(), { retries: often }), stored);
    expect(lost, `site ${number}`).toEqual([]);
  }
  expectSame(await site.deploy(open(), { retries: often }), stored);
  // What the store really has, asked without the proxy.
  const target = s3Target(
    'bucket',
    { kind: 's3', bucket: 'paper', region: 'us-east-1', endpoint: server.address, prefix: '' },
    { client: { credentials } },
  );
  const there = new Map<string, string>();
  for (const path of (await target.contents()).keys())
    there.set(path, Buffer.from((await target.read(path)) ?? []).toString('latin1'));
  await target.close();
  expect(new Map([...there].sort(([a], [b]) => (a < b ? -1 : 1)))).toEqual(site.files());
});

test('sftp: the cable is cut after a random number of bytes', { timeout }, async (context) => {
  const lacks = lacksForSsh();
  if (lacks) context.skip(lacks);
  const server = await startSshd();
  onTestFinished(() => server.stop());
  const next = random(12);
  let isWhole = false;
  const way = await cable(server.port, () => (isWhole ? Number.POSITIVE_INFINITY : 6000 + next() * 50_000));
  onTestFinished(async () => void (await way.close()));
  writeFileSync(
    join(server.home, '.ssh/known_hosts'),
    `[127.0.0.1]:${way.port} ${readFileSync(join(server.home, 'host_key.pub'), 'utf8')}`,
  );
  const open = () =>
    sftpTarget(
      'host',
      { kind: 'sftp', host: '127.0.0.1', port: way.port, user: server.user, path: root },
      { times, env: { HOME: server.home } },
    );
  let failed = 0;
  for (let number = 0; way.cuts() < cutsMin || failed < 5; number++) {
    site.build(siteOf(number));
    const stateFolder = join(site.folder, number % 3 === 2 ? `state-${number}` : 'state');
    const retries = number % 3 === 0 ? once : often;
    const [, lost] = await crawledMeanwhile(
      root,
      () =>
        site.deploy(open(), { stateFolder, retries }).catch(() => {
          failed += 1;
        }),
      20,
    );
    expect(lost, `site ${number}`).toEqual([]);
    if (number % 4 !== 3) continue;
    isWhole = true;
    expectSame(await site.deploy(open()), filesIn(root));
    isWhole = false;
  }
  isWhole = true;
  expectSame(await site.deploy(open()), filesIn(root));
});

interface Killable {
  /** The folder of the program, for PATH. */
  folder: string;
  /** Each run of this number, counted from now, is killed after some seconds. Without a number, none is. */
  every(run?: number, seconds?: number): void;
  /** How often it was killed. */
  cuts(): number;
}

/** A program that runs another one, and kills it. @param real what it runs, absolute */
function killable(program: string, real: string): Killable {
  const folder = join(site.folder, `programs-${program}`);
  mkdirSync(folder, { recursive: true });
  const [count, cuts, file] = ['count', 'cuts', program].map((name) => join(folder, name)) as [string, string, string];
  writeFileSync(cuts, '');
  const every = (run = 0, seconds = 0) => {
    writeFileSync(count, '');
    const kill = `echo x >> '${count}'
if [ $(($(wc -l < '${count}') % ${run})) -eq 0 ]; then
  timeout --foreground -s KILL ${seconds.toFixed(4)} '${real}' "$@"
  code=$?
  [ $code -eq 137 ] && echo x >> '${cuts}'
  exit $code
fi`;
    writeFileSync(file, `#!/bin/sh\n${run > 0 ? kill : ''}\nexec '${real}' "$@"\n`);
    chmodSync(file, 0o755);
  };
  every();
  return { folder, every, cuts: () => readFileSync(cuts, 'utf8').length / 2 };
}

const inPath = (program: string): string =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(existsSync) ?? '';
const pathWith = ({ folder }: Killable): string => `${folder}${delimiter}${process.env.PATH}`;

const lacksTimeout = (): string | undefined => {
  try {
    execFileSync('timeout', ['--foreground', '-s', 'KILL', '5', 'true']);
    return undefined;
  } catch {
    return 'not run: needs timeout of GNU coreutils';
  }
};

/** Deploys in a process of its own, which is killed with the programs that it started. @returns whether it was killed */
async function deployKilled(settings: TargetSettings, env: NodeJS.ProcessEnv, ms: number): Promise<boolean> {
  const program = join(import.meta.dirname, '../deploy-in-process.fixture.ts');
  const task = join(site.folder, 'task.json');
  writeFileSync(task, JSON.stringify({ folder: site.folder, contents: [...contentsIn(site.dist)], settings }));
  const child: ChildProcess = fork(program, [task], {
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = new Promise<boolean>((resolve) => child.once('exit', (_, signal) => resolve(signal === 'SIGKILL')));
  // It says when it begins, because a busy machine takes a while until then.
  await new Promise((resolve) => child.once('message', resolve));
  const timer = setTimeout(() => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      // It has just ended.
    }
  }, ms);
  const isKilled = await ended;
  clearTimeout(timer);
  return isKilled;
}

describe('programs', () => {
  beforeEach((context) => {
    const lacks = lacksTimeout() ?? lacksForSsh('rsync');
    if (lacks) context.skip(lacks);
  });

  test('git: git or the whole deploy is killed, and no commit of the branch refers to a missing file', {
    timeout,
  }, async () => {
    const bare = join(site.folder, 'paper.git');
    const run = (...args: string[]) =>
      execFileSync('git', ['--git-dir', bare, ...args], { encoding: 'latin1', maxBuffer: 1e9 });
    execFileSync('git', ['init', '--quiet', '--bare', bare]);
    const program = killable('git', inPath('git'));
    const env = { ...process.env, PATH: pathWith(program) };
    const settings = { kind: 'git', url: bare, branch: 'pages', history: 'squash' } as const;
    const next = random(13);
    const ref = join(bare, 'refs/heads/pages');
    const seen = new Set<string>();
    const filesOf = (commit: string) => {
      const entries = run('ls-tree', '-r', '-z', commit).split('\0').filter(Boolean);
      const found = entries
        .map((line) => /^\S+ \S+ (\S+)\t(.*)$/.exec(line)!)
        .map(([, object, path]) => [path!, object!]);
      const input = found.map(([, object]) => `${object}\n`).join('');
      let rest = execFileSync('git', ['--git-dir', bare, 'cat-file', '--batch'], { input, encoding: 'latin1' });
      return new Map(
        found.map(([path]): [string, string] => {
          const [head = '', size] = /^\S+ \S+ (\d+)\n/.exec(rest) ?? [];
          const text = rest.slice(head.length, head.length + Number(size));
          rest = rest.slice(head.length + Number(size) + 1);
          return [path!, text];
        }),
      );
    };
    const lost: string[] = [];
    /** Each commit that readers could see is read once. */
    const look = () => {
      const commit = existsSync(ref) ? readFileSync(ref, 'utf8').trim() : '';
      if (commit === '' || seen.has(commit)) return;
      seen.add(commit);
      const files = filesOf(commit);
      lost.push(...missing(files.keys(), (path) => files.get(path)));
    };
    let kills = 0;
    for (let number = 0; kills + program.cuts() < cutsMin || kills < 5; number++) {
      site.build(siteOf(number));
      const stateFolder = join(site.folder, number % 3 === 2 ? `state-${number}` : 'state');
      if (number % 6 === 5) {
        if (await deployKilled(settings, env, next() * 250)) kills += 1;
      } else {
        program.every(1 + Math.floor(next() * 8), 0.001 + next() * 0.01);
        await site.deploy(undefined, { settings, env, stateFolder, retries: once }).catch(() => {});
        program.every();
      }
      look();
      if (number % 4 !== 3) continue;
      expectSame(await site.deploy(undefined, { settings, env }), new Map([...filesOf('pages')].sort(byName)));
      look();
    }
    expectSame(await site.deploy(undefined, { settings, env }), new Map([...filesOf('pages')].sort(byName)));
    look();
    expect(lost).toEqual([]);
    expect(seen.size).toBeGreaterThan(10);
  });

  test('rsync: rsync or the whole deploy is killed while a crawler reads', { timeout }, async () => {
    mkdirSync(root);
    // A server without ssh, which would take most of the time.
    const server = join(site.folder, 'server');
    writeFileSync(
      server,
      '#!/bin/sh\nwhile :; do case "$1" in -o|-p|-i) shift 2;; -*) shift;; *) break;; esac; done\nshift\nexec sh -c "$*"\n',
      { mode: 0o755 },
    );
    const program = killable('rsync', inPath('rsync'));
    const cableToServer = killable('cable', server);
    const env = { ...process.env, PATH: pathWith(program), RSYNC_RSH: join(cableToServer.folder, 'cable') };
    const settings = { kind: 'rsync', to: `host.example:${root}` } as const;
    const next = random(14);
    let kills = 0;
    for (let number = 0; kills + program.cuts() + cableToServer.cuts() < cutsMin || kills < 4; number++) {
      site.build(siteOf(number));
      const stateFolder = join(site.folder, number % 3 === 2 ? `state-${number}` : 'state');
      const seconds = 0.005 + next() * 0.04;
      const [, lost] = await crawledMeanwhile(
        root,
        async () => {
          if (number % 4 === 0) {
            if (await deployKilled(settings, env, next() * 1000)) kills += 1;
            return;
          }
          if (number % 4 === 1) program.every(3 + Math.floor(next() * 12), seconds);
          else cableToServer.every(3 + Math.floor(next() * 6), seconds);
          await site.deploy(undefined, { settings, env, stateFolder, retries: often }).catch(() => {});
          program.every();
          cableToServer.every();
        },
        20,
      );
      expect(lost, `site ${number}`).toEqual([]);
      if (number % 4 === 3) expectSame(await site.deploy(undefined, { settings, env }), filesIn(root));
    }
    expectSame(await site.deploy(undefined, { settings, env }), filesIn(root));
    // Without its own knowledge, too.
    rmSync(join(site.folder, 'state'), { recursive: true });
    expect((await site.deploy(undefined, { settings, env })).sent).toEqual([]);
    expect(readdirSync(root)).not.toContain(workFolder);
  });
});

const byName = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : 1);
