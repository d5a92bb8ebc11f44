import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setAside } from './aside.ts';
import { benchNow, type Corpus, unlinkedEvery } from './corpus.ts';
import { engine as ownEngine, repository } from './engine.ts';
import { type Measurement, measure } from './measure.ts';
import { put, storyFile, writeStory } from './newsroom.ts';
import type { Picture } from './pictures.ts';

/** A newsroom on the disk, and the folder of its site. */
export interface Room {
  corpus: Corpus;
  site: string;
  dist: string;
  pool: Picture[];
  /** The `broadsheet` command that publishes it. Defaults to that of this checkout. */
  engine?: string;
}

/** What happens to a newsroom before it is published, and how it is published. */
export interface Case {
  name: string;
  /** Whether its time is compared with that of a peer's clean build, or of its rebuild after an edit. */
  against: 'clean' | 'rebuild';
  /**
   * The goal at 10,000 stories.
   *
   * @param clean wall seconds of a clean build in the same run
   */
  goal?: Goal;
  /**
   * @param round counts up, so that no round finds the edit of another.
   * @returns further arguments of `build`
   */
  prepare: (room: Room, round: number) => string[];
}

export interface Goal {
  text: string;
  isMet: (facts: { ours: Measurement; clean?: Measurement; ratio?: number; stories: number }) => boolean | undefined;
}

const seconds = (most: number): Goal => ({ text: `≤ ${most} s`, isMet: ({ ours }) => ours.seconds <= most });
const againstHugo = (most: number): Goal => ({
  text: `≤ ${most.toFixed(2)} × Hugo`,
  isMet: ({ ratio }) => (ratio === undefined ? undefined : ratio <= most),
});

/** In the order in which they are measured. Each begins where the previous one ended. */
export const cases: Case[] = [
  {
    name: 'clean build',
    against: 'clean',
    goal: {
      text: '≤ 1.50 × Hugo, ≤ 700 MB',
      isMet: ({ ours, ratio }) =>
        ratio === undefined || ours.peakMb === undefined ? undefined : ratio <= 1.5 && ours.peakMb <= 700,
    },
    prepare: ({ dist }) => {
      setAside(dist, dirname(dist));
      return ['--clean'];
    },
  },
  {
    name: 'templates changed',
    against: 'clean',
    goal: {
      text: '≤ 3 s more than clean',
      isMet: ({ ours, clean }) => (clean ? ours.seconds - clean.seconds <= 3 : undefined),
    },
    prepare: ({ site }, round) => {
      put(site, 'theme/extra.css', `body { --round: ${round}; }\n`);
      return [];
    },
  },
  { name: 'nothing changed', against: 'rebuild', goal: seconds(0.35), prepare: () => [] },
  {
    name: 'one-word edit of a body',
    against: 'rebuild',
    goal: againstHugo(0.1),
    prepare: (room, round) => none(edit(room, 0.5, round, { word: 'Edited.' })),
  },
  {
    name: 'the same, with --changed',
    against: 'rebuild',
    prepare: (room, round) => ['--changed', edit(room, 0.6, round, { word: 'Edited.' })],
  },
  {
    name: 'headline edit',
    against: 'rebuild',
    goal: seconds(0.8),
    prepare: (room, round) => none(edit(room, 0.7, round, { headline: `Another headline, number ${round}` })),
  },
  {
    name: 'new story',
    against: 'rebuild',
    goal: seconds(0.8),
    prepare: ({ corpus, site }, round) => none(writeStory(corpus, newest(corpus) + round, site)),
  },
  {
    name: 'newest story removed',
    against: 'rebuild',
    goal: seconds(0.8),
    prepare: (room, round) => none(remove(room, newest(room.corpus) + round)),
  },
  {
    name: 'a very old story removed',
    against: 'rebuild',
    goal: seconds(0.8),
    prepare: (room, round) => none(remove(room, round * unlinkedEvery)),
  },
];

/** The editor's edit is done, and the publish finds it without being told. */
const none = (_done: unknown): string[] => [];

/** The first number after the archive whose story needs no component and no picture. */
const newest = ({ stories }: Corpus): number => Math.ceil(stories / 10) * 10 + 2;

/**
 * Edits a story at a position of the archive from 0 (oldest) to 1.
 *
 * @returns its file
 */
function edit({ corpus, site }: Room, place: number, round: number, how: { word?: string; headline?: string }): string {
  const number = Math.floor((corpus.stories * place) / 10) * 10 + 2 + round * unlinkedEvery;
  return writeStory(corpus, number, site, how);
}

function remove({ corpus, site }: Room, number: number): void {
  const file = join(site, storyFile(corpus.outline(number)));
  if (!existsSync(file)) throw new Error(`the benchmark tried to remove ${file}, which does not exist`);
  rmSync(dirname(file), { recursive: true });
}

/** What the engine reports about a publish. Fields that it does not know are absent. */
export interface Said {
  pages?: number;
  seconds?: Record<string, number>;
  written?: number;
}

/** Publishes a newsroom in a separate process. */
export async function publish(
  { site, dist, engine = ownEngine }: Room,
  extra: string[],
): Promise<Measurement & { said: Said }> {
  const report = `${dist}-report.json`;
  rmSync(report, { force: true });
  const args = ['build', '--site', site, '--out', dist, '--now', benchNow, '--report', report, ...extra];
  const measured = await measure({ file: process.execPath, args: [engine, ...args], cwd: repository });
  return { ...measured, said: existsSync(report) ? saidIn(readFileSync(report, 'utf8')) : {} };
}

function saidIn(json: string): Said {
  const { pages, seconds, added = [], changed = [], removed = [] } = JSON.parse(json);
  return { pages, seconds, written: added.length + changed.length + removed.length };
}
