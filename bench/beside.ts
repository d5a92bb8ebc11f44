import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { flushDisk } from './aside.ts';
import { type Case, cases, publish, type Room } from './cases.ts';
import { corpusOf } from './corpus.ts';
import { engine } from './engine.ts';
import { machine } from './machine.ts';
import { type Measurement, median } from './measure.ts';
import { writeNewsroom } from './newsroom.ts';

/** One case, measured with this checkout and with another one in alternating runs. */
export interface BesideRow {
  name: string;
  /** One for each round. The two runs of a pair were measured one right after the other. */
  pairs: { ours: Measurement; theirs: Measurement }[];
}

export interface BesideResults {
  date: string;
  machine: ReturnType<typeof machine>;
  /** The name of the other checkout on the command line. */
  other: string;
  stories: number;
  rows: BesideRow[];
}

/** The cases that are compared for two checkouts by default: those that an editor waits for. */
const usual = ['clean build', 'nothing changed', 'one-word edit of a body'];

/**
 * Measures this checkout and another one of Broadsheet in alternating runs, each with its own newsroom and site. Each
 * round does every case once with both. The order alternates from round to round, because the second of two clean
 * builds finds a busier disk.
 *
 * @param other the folder of a checkout in which `npm ci` was run
 * @throws Error if there is no Broadsheet in that folder, or if a publish fails
 */
export async function benchBeside(
  other: string,
  { stories, runs, seed, only }: { stories: number; runs: number; seed: number; only: string[] },
  home: string,
  say: (text: string) => void,
): Promise<BesideResults> {
  const otherEngine = resolve(other, 'src/cli/bin.mjs');
  if (!existsSync(otherEngine)) throw new Error(`There is no checkout of Broadsheet in ${other}.`);
  const before = machine();
  const corpus = corpusOf(stories, seed);
  const sides = [
    { key: 'ours', engine },
    { key: 'theirs', engine: otherEngine },
  ] as const;
  const rooms = new Map<string, Room>();
  for (const { key, engine } of sides) {
    const place = join(home, key);
    mkdirSync(place);
    const room: Room = { corpus, site: join(place, 'newsroom'), dist: join(place, 'dist'), pool: [], engine };
    writeNewsroom(corpus, room.site, []);
    say(`${stories} stories, ${key}: the first build, which bundles the templates`);
    await publish(room, []);
    rooms.set(key, room);
  }
  const names = only.length > 0 ? cases.map(({ name }) => name) : usual;
  const wanted = cases.filter(
    ({ name }) => names.includes(name) && (only.length === 0 || only.some((text) => name.includes(text))),
  );
  const rows: BesideRow[] = wanted.map(({ name }) => ({ name, pairs: [] }));
  for (let round = 1; round <= runs; round++) {
    const turns = round % 2 === 0 ? [...sides].reverse() : sides;
    for (const [number, one] of wanted.entries()) {
      const pair: Partial<Record<'ours' | 'theirs', Measurement>> = {};
      for (const { key } of turns) pair[key] = await measureOnce(one, rooms.get(key)!, round);
      rows[number]!.pairs.push({ ours: pair.ours!, theirs: pair.theirs! });
      say(
        `  round ${round} of ${runs}, ${one.name}: ${pair.ours!.seconds.toFixed(2)} s beside ${pair.theirs!.seconds.toFixed(2)} s`,
      );
    }
  }
  return { date: new Date().toISOString().slice(0, 10), machine: before, other, stories, rows };
}

async function measureOnce(one: Case, room: Room, round: number): Promise<Measurement> {
  const extra = one.prepare(room, round);
  if (one.name === 'nothing changed') {
    // The signature of a file is not trusted within its first second, so an idle publish starts after it.
    await sleep(1100);
    await publish(room, []);
  }
  flushDisk();
  return publish(room, extra);
}

/** Medians with the smallest and the largest run, and the ratios pair by pair, as a Markdown table. */
export function besideTable({ rows, other, stories, machine, date }: BesideResults): string {
  const spread = (values: number[], digits = 2) =>
    `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`;
  const line = ({ name, pairs }: BesideRow) => {
    const seconds = (key: 'ours' | 'theirs') => pairs.map((pair) => pair[key].seconds);
    const cpu = (key: 'ours' | 'theirs') => pairs.map((pair) => pair[key].cpuSeconds ?? Number.NaN);
    const ratio = pairs.map(({ ours, theirs }) => ours.seconds / theirs.seconds);
    const cpuRatio = pairs.map(({ ours, theirs }) => (ours.cpuSeconds ?? Number.NaN) / (theirs.cpuSeconds ?? 1));
    const cells = [
      name,
      spread(seconds('ours')),
      spread(seconds('theirs')),
      spread(ratio),
      ...[cpu('ours'), cpu('theirs')].map((values) => median(values).toFixed(2)),
      median(cpuRatio).toFixed(2),
    ];
    return `| ${cells.join(' | ')} |`;
  };
  return [
    `${date}, ${machine.cores} cores (${machine.processor}), a load of ${machine.load} before the first run. ${stories.toLocaleString('en-GB')} stories, in alternating runs with ${other}, medians of ${rows[0]?.pairs.length ?? 0} (smallest to largest); ratios pair by pair.`,
    '',
    '| | seconds | seconds, other | ratio | CPU s | CPU s, other | CPU ratio |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(line),
  ].join('\n');
}
