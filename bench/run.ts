import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { flushDisk, setAside } from './aside.ts';
import { benchBeside, besideTable } from './beside.ts';
import { type Case, cases, publish, type Room, type Said } from './cases.ts';
import { corpusOf } from './corpus.ts';
import { writeDocument, writeSection } from './document.ts';
import { repository } from './engine.ts';
import { machine } from './machine.ts';
import { type Measurement, measure, medianOf } from './measure.ts';
import { writeNewsroom } from './newsroom.ts';
import { help, type Options, readOptions } from './options.ts';
import { astroMd, astroMdx } from './peers/astro.ts';
import { eleventy } from './peers/eleventy.ts';
import { hugo } from './peers/hugo.ts';
import type { Peer } from './peers/site.ts';
import { benchPictureNewsroom, pictureNewsroomTable } from './picture-newsroom.ts';
import { makePictures, type Picture } from './pictures.ts';
import { benchReading, readingTable } from './reading.ts';
import { benchRenditions, generatePictures, type RenditionOptions, renditionTable } from './renditions.ts';
import { growthTable, sizeTable } from './tables.ts';

/** All runs of one case, and the figures that count. */
export interface Row extends Measurement {
  name: string;
  runs: Measurement[];
  said?: Said;
}

/** What was measured at one size. */
export interface Size {
  stories: number;
  hasPictures: boolean;
  ours: Row[];
  /** A clean build and a rebuild after a one-word edit of each peer. */
  peers: {
    name: string;
    title: string;
    version: string;
    clean: Row;
    rebuild: Row;
    htmlPages: number;
    htmlMb: number;
  }[];
  htmlPages: number;
  htmlMb: number;
}

export interface Results {
  machine: ReturnType<typeof machine>;
  date: string;
  sizes: Size[];
  notRun: string[];
  isGrowth: boolean;
}

/**
 * @param argv the arguments after the name of the command.
 * @returns the exit code
 */
export async function bench(argv: string[]): Promise<number> {
  let options: Options | 'help';
  try {
    options = readOptions(argv);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`);
    return 2;
  }
  if (options === 'help') {
    console.log(help);
    return 0;
  }
  const home = mkdtempSync(join(options.work ?? tmpdir(), 'broadsheet-bench-'));
  try {
    if (options.renditions) {
      await measureRenditions({ ...options.renditions, seed: options.seed, write: options.write }, home);
      return 0;
    }
    if (options.beside) {
      const results = await benchBeside(options.beside, { ...options, stories: options.stories[0]! }, home, say);
      console.log(besideTable(results));
      keepResults(results, 'beside');
      return 0;
    }
    if (options.isReading) {
      await measureReading(options, home);
      return 0;
    }
    const results = await measureAll(options, home);
    report(results, options);
    return 0;
  } finally {
    if (!options.keep) rmSync(home, { recursive: true, force: true });
    else say(`The sites are in ${home}.`);
  }
}

async function measureRenditions(
  { write, hasPeer, ...options }: RenditionOptions & { hasPeer: boolean; write: boolean },
  home: string,
): Promise<void> {
  if (!hasPeer) {
    const pictures = join(home, 'pictures');
    await generatePictures(pictures, options);
    const results = await benchPictureNewsroom(pictures, home);
    const table = pictureNewsroomTable(results);
    console.log(table);
    keepResults(results, 'picture-newsroom');
    if (write) writeSection('picture-newsroom', table);
    return;
  }
  const results = await benchRenditions(options, home);
  const table = renditionTable(results);
  console.log(table);
  keepResults(results, 'renditions');
  if (write) writeSection('renditions', table);
}

async function measureReading(options: Options, home: string): Promise<void> {
  const notRun: string[] = [];
  const peers = await preparePeers(options, notRun);
  const { stories, runs, seed } = { ...options, stories: options.stories[0]! };
  const results = { ...(await benchReading({ stories, runs, seed, peers }, home)), notRun };
  const table = readingTable(results);
  console.log([table, ...notRun].join('\n\n'));
  keepResults(results, 'reading');
  if (options.write) writeSection('reading', [table, ...notRun].join('\n\n'));
}

/** Every single figure, for anyone who wants more detail. */
function keepResults(results: unknown, kind?: string): void {
  const folder = join(repository, 'bench/results');
  mkdirSync(folder, { recursive: true });
  const file = `${new Date().toISOString().slice(0, 19).replaceAll(':', '')}${kind ? `-${kind}` : ''}.json`;
  writeFileSync(join(folder, file), `${JSON.stringify(results, null, 1)}\n`);
  say(`Every figure is in bench/results/${file}.`);
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function measureAll(options: Options, home: string): Promise<Results> {
  const results: Results = {
    machine: machine(),
    date: new Date().toISOString().slice(0, 10),
    sizes: [],
    notRun: [],
    isGrowth: options.isGrowth,
  };
  const peers = await preparePeers(options, results.notRun);
  const withPictures = options.isGrowth ? [false, true] : [options.hasPictures];
  const pool = withPictures.includes(true)
    ? await makePictures(join(repository, 'content'), join(home, 'pool'), 60)
    : [];
  for (const hasPictures of withPictures)
    for (const stories of options.stories) {
      const runs = options.isGrowth && stories >= 30_000 ? 1 : options.runs;
      const place = join(home, `${stories}${hasPictures ? '-pictures' : ''}`);
      mkdirSync(place);
      results.sizes.push(
        await measureSize({ ...options, runs }, { stories, place, peers, pool: hasPictures ? pool : [] }),
      );
    }
  return results;
}

async function preparePeers({ peers }: Options, notRun: string[]): Promise<{ peer: Peer; version: string }[]> {
  const ready: { peer: Peer; version: string }[] = [];
  for (const peer of [hugo, eleventy, astroMd, astroMdx].filter(({ name }) => peers.includes(name))) {
    const outcome = await peer.prepare();
    if ('version' in outcome) ready.push({ peer, version: outcome.version });
    else notRun.push(`not run: ${peer.title}: ${outcome.absent}`);
  }
  for (const line of notRun) say(line);
  return ready;
}

interface Place {
  stories: number;
  /** An empty folder. */
  place: string;
  peers: { peer: Peer; version: string }[];
  pool: Picture[];
}

/**
 * Each round measures every case of ours and then Hugo, with which all are compared, so that other programs affect
 * both. The other peers have their own rounds afterwards. They delete thousands of files before they write them again,
 * and any program that creates files in the next minutes then waits for ext4 (see `setAside`).
 */
async function measureSize(options: Options, { stories, place, peers, pool }: Place): Promise<Size> {
  const corpus = corpusOf(stories, options.seed);
  const room: Room = { corpus, site: join(place, 'newsroom'), dist: join(place, 'dist'), pool };
  say(`${stories} stories${pool.length > 0 ? ' with pictures' : ''}: writing`);
  writeNewsroom(corpus, room.site, pool);
  for (const { peer } of peers) peer.writeSite(corpus, join(place, peer.name));

  // The templates are bundled and the pictures created before anything is measured. The first build is reported
  // separately.
  const first = await publish(room, []);
  const wanted = cases.filter(
    ({ name }) => options.only.length === 0 || options.only.some((text) => name.includes(text)),
  );
  const runs = new Map<string, (Measurement & { said?: Said })[]>();
  const note = (name: string, run: Measurement & { said?: Said }) => {
    runs.set(name, [...(runs.get(name) ?? []), run]);
    say(`  ${name}: ${run.seconds.toFixed(2)} s`);
  };
  const measurePeers = async (measured: Place['peers'], round: number) => {
    for (const { peer } of measured) {
      const folder = join(place, peer.name);
      for (const leaving of peer.leavings) setAside(join(folder, leaving), place);
      flushDisk();
      note(`${peer.title}, clean build`, await measure(peer.command(folder)));
      peer.writeStory(corpus, Math.floor(stories / 2) + round, folder, 'Edited.');
      flushDisk();
      note(`${peer.title}, rebuild`, await measure(peer.command(folder)));
    }
  };
  for (let round = 1; round <= options.runs; round++) {
    say(`  round ${round} of ${options.runs}`);
    for (const one of casesOf(wanted, cases)) {
      const extra = one.prepare(room, round);
      // The signature of a file is not trusted within its first second, so an idle publish starts after it.
      if (one.name === 'nothing changed') await settle(room);
      flushDisk();
      const run = await publish(room, extra);
      if (one.name !== 'nothing changed' && run.said.written === 0)
        throw new Error(`"${one.name}" wrote no file, so it measured nothing.`);
      if (wanted.includes(one)) note(one.name, run);
    }
    await measurePeers(
      peers.filter(({ peer }) => peer.name === 'hugo'),
      round,
    );
  }
  const others = peers.filter(({ peer }) => peer.name !== 'hugo');
  for (let round = 1; others.length > 0 && round <= options.runs; round++) {
    say(`  the others, round ${round} of ${options.runs}`);
    await measurePeers(others, round);
  }
  const row = (name: string): Row => ({
    name,
    ...medianOf(runs.get(name)!),
    runs: runs.get(name)!,
    said: runs.get(name)!.at(-1)!.said,
  });
  return {
    stories,
    hasPictures: pool.length > 0,
    ours: [
      ...(pool.length > 0 ? [{ name: 'first build, pictures made', ...first, runs: [first] }] : []),
      ...wanted.map(({ name }) => row(name)),
    ],
    peers: peers.map(({ peer, version }) => ({
      name: peer.name,
      title: peer.title,
      version,
      clean: row(`${peer.title}, clean build`),
      rebuild: row(`${peer.title}, rebuild`),
      ...htmlIn(join(place, peer.name, peer.out)),
    })),
    ...htmlIn(room.dist),
  };
}

/**
 * A story must be written before it can be removed, so what a selected case needs is published too, without measuring
 * it.
 */
function casesOf(wanted: Case[], all: Case[]): Case[] {
  const needs = new Set(wanted);
  if (wanted.some(({ name }) => name === 'newest story removed'))
    for (const one of all) if (one.name === 'new story') needs.add(one);
  return all.filter((one) => needs.has(one));
}

async function settle(room: Room): Promise<void> {
  await sleep(1100);
  await publish(room, []);
}

function htmlIn(folder: string): { htmlPages: number; htmlMb: number } {
  let htmlPages = 0;
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.html')) continue;
    htmlPages++;
    bytes += statSync(join(entry.parentPath, entry.name)).size;
  }
  return { htmlPages, htmlMb: bytes / 1e6 };
}

function report(results: Results, options: Options): void {
  const tables = results.isGrowth ? [growthTable(results)] : results.sizes.map((size) => sizeTable(size));
  console.log([...tables, ...results.notRun].join('\n\n'));
  keepResults(results, results.isGrowth ? 'growth' : undefined);
  if (options.write) writeDocument(results, tables);
}
