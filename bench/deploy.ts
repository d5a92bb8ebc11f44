/*
 * How long a deploy takes, and how its rate compares with that of the same client without our code:
 *
 *   node bench/deploy.ts                  10,000 stories
 *   node bench/deploy.ts --stories 500 --only folder,s3,sftp
 *   node bench/deploy.ts --home /dev/shm  in memory, if other programs use the disk
 *   node bench/deploy.ts --site DIR       a newsroom that an earlier build of the benchmarks left, not built again
 *
 * It builds the newsroom of the benchmarks once. Then it sends the site to a folder, to an S3-compatible server, and to
 * OpenSSH's SFTP server, all on this machine, and edits a word of a story and the headline of a recent one. A first
 * deploy and the plain client take turns, each several times (--runs), and the medians are compared.
 *
 * The plain client puts the same files, in the same number at once: `copyFile` for a folder, `PutObject` for S3, and
 * `put` of ssh2-sftp-client, in folders that its `mkdir` creates before, 16 at once. Both send what `dist/` contains:
 * compressed forms are not made. Each server is a process of its own.
 *
 * Besides the time on the clock, the processor time of this process is compared, because other programs on a busy machine
 * disturb it less.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import type { SFTPWrapper } from 'ssh2';
import SftpClient from 'ssh2-sftp-client';
import { contentsOfSite } from '../src/deploy/contents.ts';
import { deploy } from '../src/deploy/deploy.ts';
import type { Target } from '../src/deploy/target.ts';
import { s3Target } from '../src/deploy/targets/s3.ts';
import { sftpTarget } from '../src/deploy/targets/sftp.ts';
import { lacksForSsh, startSshd } from '../src/deploy/targets/sshd.fixture.ts';
import type { TargetSettings } from '../src/newsroom/deploy-schema.ts';
import { benchNow, corpusOf } from './corpus.ts';
import { engine } from './engine.ts';
import { machine } from './machine.ts';
import { median } from './measure.ts';
import { writeNewsroom, writeStory } from './newsroom.ts';

const { values } = parseArgs({
  options: {
    stories: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: 'folder,s3,sftp' },
    home: { type: 'string', default: tmpdir() },
    site: { type: 'string' },
  },
});
const isAsked = (kind: string): boolean => values.only.split(',').includes(kind);
const stories = Number(values.stories);
const runs = Number(values.runs);

const home = mkdtempSync(join(values.home, 'bench-deploy-'));
const site = values.site ?? join(home, 'site');
const dist = join(site, 'dist');
const corpus = corpusOf(stories);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (value: number): string => `${value.toFixed(2)} s`;

function build(): void {
  execFileSync(process.execPath, [engine, 'build', '--site', site, '--now', benchNow, '--quiet']);
}

/** The files of the site with their digests, as the command gets them. */
const contents = async () =>
  await contentsOfSite({ site, dist, cache: join(site, '.broadsheet'), clock: new Date(), onWait: () => {} });

interface Place {
  name: string;
  settings: TargetSettings;
  /** Undefined for the target that the settings describe. */
  target?(): Target;
  /** Empties it. */
  clear(): Promise<void>;
  /** Puts the files there without our code. */
  plain(files: readonly string[]): Promise<void>;
}

async function send({ settings, target }: Place, stateFolder: string): Promise<void> {
  await deploy({
    name: 'bench',
    settings,
    site,
    dist,
    stateFolder,
    contents,
    command: 'bench',
    clock: new Date(),
    env: process.env,
    ...(target && { target: target() }),
  });
}

/** Seconds on the clock, and of processor time of this process. */
async function timed(work: () => Promise<void>): Promise<{ clock: number; processor: number }> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { clock: (performance.now() - began) / 1000, processor: (user + system) / 1e6 };
}

async function ratio(place: Place, files: readonly string[]): Promise<void> {
  const [ours, plain]: Awaited<ReturnType<typeof timed>>[][] = [[], []];
  for (let run = 0; run < runs; run++) {
    await place.clear();
    plain!.push(await timed(() => place.plain(files)));
    await place.clear();
    rmSync(join(home, 'state'), { recursive: true, force: true });
    ours!.push(await timed(() => send(place, join(home, 'state'))));
  }
  const compared = (of: 'clock' | 'processor') => {
    const [own, other] = [median(ours!.map((time) => time[of])), median(plain!.map((time) => time[of]))];
    return { own, text: `${seconds(own)}, plain client ${seconds(other)}, ${Math.round((100 * other) / own)} %` };
  };
  const { own, text } = compared('clock');
  say(`${place.name}: first deploy ${text} of its rate (${Math.round(files.length / own)} files/s)`);
  say(`${place.name}: processor time ${compared('processor').text}`);
}

/** Runs work on each of many, several at once. */
async function each(files: readonly string[], atOnce: number, work: (file: string) => Promise<unknown>): Promise<void> {
  const limit = pLimit(atOnce);
  await Promise.all(files.map((file) => limit(() => work(file))));
}

/** Folders of files, those that contain others first. */
function foldersOf(files: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const file of files)
    for (let folder = dirname(file); folder !== '.' && !folders.has(folder); folder = dirname(folder))
      folders.add(folder);
  return [...folders].sort((a, b) => depthOf(a) - depthOf(b));
}

const depthOf = (path: string): number => path.split('/').length;

function folderPlace(): Place {
  const root = join(home, 'www');
  return {
    name: 'folder',
    settings: { kind: 'folder', path: root },
    clear: async () => rmSync(root, { recursive: true, force: true }),
    async plain(files) {
      for (const folder of ['', ...foldersOf(files)]) mkdirSync(join(root, folder));
      await each(files, 8, (file) => copyFile(join(dist, file), join(root, file)));
    },
  };
}

/** An S3-compatible server in a process of its own, as every real one is. It empties the bucket when it is told to. */
const storeProgram = `
  const { startFauxqs } = await import('fauxqs');
  const server = await startFauxqs({ port: 0, logger: false });
  server.createBucket('paper');
  console.log(server.address);
  process.stdin.on('data', () => { server.emptyBucket('paper'); console.log('empty'); });
  process.stdin.on('end', () => process.exit());
`;

async function s3Place(): Promise<Place & { stop(): Promise<void> }> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const args = ['--input-type=module', '-e', storeProgram];
  const server = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const answer = async (): Promise<string> => String((await once(server.stdout, 'data'))[0]).trim();
  const endpoint = await answer();
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const settings = { kind: 's3', bucket: 'paper', region: 'us-east-1', endpoint, prefix: '' } as const;
  return {
    name: 's3',
    settings,
    target: () => s3Target('s3', settings, { client: { credentials } }),
    async clear() {
      server.stdin.write('empty\n');
      await answer();
    },
    async plain(files) {
      const client = new S3Client({ region: 'us-east-1', endpoint, forcePathStyle: true, credentials });
      await each(files, 16, (file) =>
        client.send(new PutObjectCommand({ Bucket: 'paper', Key: file, Body: readFileSync(join(dist, file)) })),
      );
      client.destroy();
    },
    async stop() {
      server.stdin.end();
      await once(server, 'exit');
    },
  };
}

async function sftpPlace(): Promise<Place & { stop(): Promise<void> }> {
  const server = await startSshd();
  const root = join(server.folder, 'paper');
  const settings = { kind: 'sftp', host: '127.0.0.1', port: server.port, user: server.user, path: root } as const;
  return {
    name: 'sftp',
    settings,
    target: () => sftpTarget('sftp', settings, { env: { HOME: server.home } }),
    clear: async () => rmSync(root, { recursive: true, force: true }),
    async plain(files) {
      const client = new SftpClient();
      const privateKey = readFileSync(join(server.home, '.ssh/id_ed25519'));
      await client.connect({ host: '127.0.0.1', port: server.port, username: server.user, privateKey });
      // Without this, the client is many times slower, and the comparison would flatter us.
      const { client: socket } = client as unknown as {
        client: { setNoDelay(is: boolean): void; setMaxListeners(count: number): void };
      };
      socket.setNoDelay(true);
      socket.setMaxListeners(0);
      const requests = (client as unknown as { sftp: SFTPWrapper }).sftp;
      // The client's own `mkdir` asks twice as much. Each depth has to exist before the next.
      const folders = ['', ...foldersOf(files)];
      for (let depth = 0; depth <= Math.max(...folders.map(depthOf)); depth++)
        await each(
          folders.filter((folder) => (folder === '' ? 0 : depthOf(folder)) === depth),
          16,
          (folder) => promisify<string>(requests.mkdir.bind(requests))(join(root, folder)),
        );
      await each(files, 16, (file) => client.put(readFileSync(join(dist, file)), join(root, file)));
      await client.end();
    },
    stop: () => server.stop(),
  };
}

/** Edits a story, builds, and sends it with the command, as an editor would. */
function edit(what: string, number: number, { word, headline }: { word?: string; headline?: string }): void {
  const took: number[] = [];
  const whole: number[] = [];
  let files = 0;
  for (let run = 0; run < runs; run++) {
    writeStory(corpus, number, site, {
      ...(word && { word: `${word}${run}` }),
      ...(headline && { headline: `${headline} ${run}` }),
    });
    build();
    const began = performance.now();
    const report = deployByCommand();
    whole.push((performance.now() - began) / 1000);
    took.push(report.seconds);
    files = report.sent.length;
  }
  say(`folder: ${what}: ${files} files sent, ${seconds(median(took))} of its own, ${seconds(median(whole))} with Node`);
}

function deployByCommand(): { sent: string[]; seconds: number } {
  const args = [engine, 'deploy', '--site', site, '--json'];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e9 }));
}

try {
  const { processor, cores, node, load } = machine();
  say(`${stories} stories, ${runs} runs each; ${processor}, ${cores} cores, ${node}, load ${load}`);
  if (values.site === undefined) {
    writeNewsroom(corpus, site);
    build();
  }
  const found = await contents();
  const files = [...found.keys()];
  const bytes = [...found.values()].reduce((sum, { size }) => sum + size, 0);
  say(`${files.length} files, ${(bytes / 1e6).toFixed(0)} MB`);
  if (isAsked('folder')) {
    const folder = folderPlace();
    await ratio(folder, files);
    await folder.clear();
    writeFileSync(
      join(site, 'content/deploy.yaml'),
      `targets:\n  live: { kind: folder, path: ${join(home, 'www')} }\n`,
    );
    deployByCommand();
    edit('a word of an old story', 3, { word: 'quay' });
    edit('the headline of an old story', 3, { headline: 'Another headline' });
    edit('the headline of the latest story', stories - 1, { headline: 'Another headline' });
  }
  if (isAsked('s3')) {
    const s3 = await s3Place();
    await ratio(s3, files);
    await s3.stop();
  }
  const lacks = lacksForSsh();
  if (lacks) say(`sftp: ${lacks}`);
  else if (isAsked('sftp')) {
    const sftp = await sftpPlace();
    await ratio(sftp, files);
    await sftp.stop();
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
