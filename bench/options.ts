import { parseArgs } from 'node:util';

export interface Options {
  /** Sizes of the archive. */
  stories: number[];
  /** How often each case is measured. The median counts. */
  runs: number;
  /** The names of peers. */
  peers: string[];
  /** Every tenth story has a lead picture. */
  hasPictures: boolean;
  /** Only the cases whose name contains one of these. */
  only: string[];
  /** Broadsheet alone, at each size, with and without pictures. */
  isGrowth: boolean;
  /** Pictures only: the number of pictures, compared with Astro or in a newsroom of Broadsheet alone. */
  renditions?: { count: number; hasPeer: boolean };
  /** The folder of another checkout of Broadsheet, which is measured in alternating runs with this one. */
  beside?: string;
  /** The weight of the pages, and their Lighthouse results. */
  isReading: boolean;
  /** Writes the tables into docs/benchmarks.md. */
  write: boolean;
  seed: number;
  /** The folder that the sites are written to. Defaults to the system's temporary folder. */
  work?: string;
  /** Keeps the sites there. */
  keep: boolean;
}

export const help = `npm run bench -- [options]

  --stories 1000,10000   sizes of the archive (--growth: 1000,10000,30000,100000)
  --runs 3               how often to measure each case; the table shows the median
  --peers hugo,eleventy,astro-md,astro-mdx   or: none
  --pictures             give every tenth story a lead picture; without peers
  --renditions           60 photographs of 2 MB, compared with Astro's own <Picture>
  --renditions --peers none   a newsroom of 1,000 such photographs: memory, and a build in which nothing changed
  --count 1000           the number of photographs
  --only TEXT,TEXT       only cases whose name contains one of these, and what they depend on
  --growth               Broadsheet alone at each size, with and without pictures; measured once from 30,000 on
  --beside DIR           compare with another checkout of Broadsheet, in alternating runs (10,000 stories, 5 runs)
  --reading              page weight and Lighthouse for the front and a story, compared with the peers (300 stories)
  --write                write the tables into docs/benchmarks.md
  --seed 1               generate other stories
  --work DIR --keep      write the sites to DIR, and keep them

  npm run bench -- --stories 300 --runs 1 --peers hugo
  npm run bench -- --growth --stories 1000,10000 --write
`;

export const peerNames = ['hugo', 'eleventy', 'astro-md', 'astro-mdx'];

/** @throws Error with a message for the user */
export function readOptions(argv: string[]): Options | 'help' {
  const { values } = parseArgs({
    args: argv,
    options: {
      stories: { type: 'string' },
      runs: { type: 'string' },
      peers: { type: 'string' },
      pictures: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      growth: { type: 'boolean', default: false },
      renditions: { type: 'boolean', default: false },
      count: { type: 'string' },
      reading: { type: 'boolean', default: false },
      beside: { type: 'string' },
      write: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      work: { type: 'string' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const defaultStories = values.reading
    ? '300'
    : values.beside
      ? '10000'
      : values.growth
        ? '1000,10000,30000,100000'
        : '1000,10000';
  const peers = listOf(values.peers ?? peerNames.join(',')).flatMap((name) =>
    name === 'none' ? [] : name === 'astro' ? ['astro-md', 'astro-mdx'] : [name],
  );
  const unknown = peers.find((name) => !peerNames.includes(name));
  if (unknown) throw new Error(`There is no peer "${unknown}". There are: ${peerNames.join(', ')}.`);
  return {
    stories: listOf(values.stories ?? defaultStories).map((text) => wholeNumber('--stories', text, 300)),
    runs: wholeNumber('--runs', values.runs ?? (values.beside ? '5' : '3'), 1),
    peers: values.pictures || values.growth ? [] : peers,
    hasPictures: values.pictures,
    only: listOf(values.only),
    isGrowth: values.growth,
    isReading: values.reading,
    beside: values.beside,
    ...(values.renditions && {
      renditions: {
        count: wholeNumber('--count', values.count ?? (values.peers === 'none' ? '1000' : '60'), 1),
        hasPeer: values.peers !== 'none',
      },
    }),
    write: values.write,
    seed: wholeNumber('--seed', values.seed, 0),
    work: values.work,
    keep: values.keep,
  };
}

const listOf = (text: string): string[] => text.split(',').filter(Boolean);

function wholeNumber(option: string, text: string, least: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least) return number;
  throw new Error(`${option} must be a whole number of at least ${least}, not "${text}".`);
}
