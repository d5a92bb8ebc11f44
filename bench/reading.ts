import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { type FoundBrowser, findBrowser } from '../e2e/browser.ts';
import { type Category, categories, type Judgement, judge } from '../e2e/engines/lighthouse.ts';
import { pageTypes } from '../e2e/engines/page-types.ts';
import { addressOf } from '../e2e/files.ts';
import { serve } from '../e2e/serve.ts';
import { publish } from './cases.ts';
import { type Corpus, corpusOf } from './corpus.ts';
import { engine, repository } from './engine.ts';
import { machine } from './machine.ts';
import { measure } from './measure.ts';
import { writeNewsroom } from './newsroom.ts';
import type { Peer } from './peers/site.ts';

/** The weight of a page for its reader, and its Lighthouse results on a phone. */
export interface ReadingRow {
  generator: string;
  page: string;
  /** Compressed with brotli, in bytes. */
  html: number;
  css: number;
  script: number;
  fonts: number;
  requests: number;
  /** Medians of the runs, from 0 to 100. */
  scores: Record<Category, number>;
  shift: number;
  paintMs: number;
}

export interface ReadingResults {
  machine: ReturnType<typeof machine>;
  date: string;
  stories: number;
  runs: number;
  browser: string;
  rows: ReadingRow[];
  notRun: string[];
}

export interface ReadingOptions {
  stories: number;
  runs: number;
  seed: number;
  peers: { peer: Peer; version: string }[];
}

/**
 * Publishes the same stories with every generator, and reads the front and a long story of each in this run. Then it
 * does the same with the demo newsroom, whose pages have everything that pages can have.
 *
 * @param home an empty folder
 */
export async function benchReading(options: ReadingOptions, home: string): Promise<ReadingResults> {
  const { stories, runs, seed, peers } = options;
  const found = await findBrowser();
  if ('tried' in found) throw new Error(`No browser was found: ${found.tried.join('; ')}`);
  const corpus = corpusOf(stories, seed);
  const sites = await publishAll(corpus, peers, home);
  const rows: ReadingRow[] = [];
  for (const { generator, folder, pages } of [...sites, await publishDemo(home)]) {
    const { origin, server } = await serve(folder, { compresses: true });
    try {
      for (const [page, path] of pages) {
        const address = origin + path;
        const judged: Judgement[] = [];
        for (let run = 0; run < runs; run++) judged.push(...(await judge(found, [address])));
        const middle = (of: (one: Judgement) => number) => judged.map(of).sort((a, b) => a - b)[Math.floor(runs / 2)]!;
        rows.push({
          generator,
          page,
          ...(await weigh(found, address)),
          scores: Object.fromEntries(
            categories.map((name) => [name, middle(({ scores }) => scores[name])]),
          ) as ReadingRow['scores'],
          shift: middle(({ shift }) => shift),
          paintMs: middle(({ paintMs }) => paintMs),
        });
      }
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }
  return {
    machine: machine(),
    date: new Date().toISOString().slice(0, 10),
    stories,
    runs,
    browser: found.version,
    rows,
    notRun: [],
  };
}

/** A published site, and the pages that are read, each with its name and its address. */
interface Site {
  generator: string;
  folder: string;
  pages: [page: string, path: string][];
}

async function publishAll(corpus: Corpus, peers: ReadingOptions['peers'], home: string): Promise<Site[]> {
  const room = { corpus, site: join(home, 'newsroom'), dist: join(home, 'dist'), pool: [] };
  writeNewsroom(corpus, room.site, []);
  await publish(room, []);
  const sites: Site[] = [{ generator: 'Broadsheet', folder: room.dist, pages: pagesOf(room.dist, corpus) }];
  for (const { peer, version } of peers) {
    const folder = join(home, peer.name);
    mkdirSync(folder, { recursive: true });
    peer.writeSite(corpus, folder);
    await measure(peer.command(folder));
    const out = join(folder, peer.out);
    sites.push({ generator: `${peer.title} ${version}`, folder: out, pages: pagesOf(out, corpus) });
  }
  return sites;
}

const pagesOf = (folder: string, corpus: Corpus): Site['pages'] => [
  ['front', '/'],
  ['story', storyIn(folder, corpus)],
];

async function publishDemo(home: string): Promise<Site> {
  const folder = join(home, 'demo');
  await measure({
    file: process.execPath,
    args: [engine, 'build', '--site', repository, '--out', folder],
    cwd: repository,
  });
  const types = await pageTypes(folder);
  const asked = ['front', 'section', 'story', 'long story'];
  return {
    generator: 'Demo newsroom',
    folder,
    pages: asked.map((type) => [type, addressOf(types[type] ?? '')]),
  };
}

/** The address of the same story in a site: one in the middle, by its slug. */
function storyIn(folder: string, corpus: Corpus): string {
  const { slug } = corpus.outline(Math.floor(corpus.stories / 2));
  const page = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find(
    (path) => path.endsWith(`${slug}/index.html`) || path.endsWith(`${slug}.html`),
  );
  if (!page) throw new Error(`${folder} has no page of the story "${slug}".`);
  return `/${page.replace(/index\.html$/, '')}`;
}

type Weight = Pick<ReadingRow, 'html' | 'css' | 'script' | 'fonts' | 'requests'>;

/** What a browser loads for a page on a phone, compressed as well as a host can. */
async function weigh({ executablePath, args, env }: FoundBrowser, address: string): Promise<Weight> {
  const browser = await chromium.launch({
    executablePath,
    args,
    env: { ...(process.env as Record<string, string>), ...env },
  });
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 780 } });
    const weight: Weight = { html: 0, css: 0, script: 0, fonts: 0, requests: 0 };
    const kinds = { document: 'html', stylesheet: 'css', script: 'script', font: 'fonts' } as const;
    const bodies: Promise<void>[] = [];
    page.on('response', (response) => {
      weight.requests++;
      const kind = kinds[response.request().resourceType() as keyof typeof kinds];
      if (!kind) return;
      bodies.push(
        response.body().then((body) => {
          // A font is already compressed.
          weight[kind] += kind === 'fonts' ? body.length : brotliCompressSync(body).length;
        }),
      );
    });
    await page.goto(address, { waitUntil: 'networkidle' });
    await Promise.all(bodies);
    return weight;
  } finally {
    await browser.close();
  }
}

/** The front and a story of every generator as a Markdown table. */
export function readingTable({ rows, stories, runs, browser }: ReadingResults): string {
  const kb = (bytes: number) => (bytes / 1000).toFixed(1);
  return [
    `${stories.toLocaleString('en-GB')} stories, without pictures, and the demo newsroom, with pictures. Chromium ${browser}; Lighthouse with its simulated phone, ${runs === 1 ? 'once' : `medians of ${runs}`}. A KB is 1,000 bytes, compressed with brotli.`,
    '',
    '| | HTML KB | CSS KB | script KB | fonts KB | requests | performance | accessibility | best practices | SEO | shift | largest paint, ms |',
    `| --- |${' ---: |'.repeat(11)}`,
    ...rows.map(
      ({ generator, page, html, css, script, fonts, requests, scores, shift, paintMs }) =>
        `| ${generator}, ${page} | ${kb(html)} | ${kb(css)} | ${kb(script)} | ${kb(fonts)} | ${requests} | ${categories.map((name) => scores[name]).join(' | ')} | ${shift.toFixed(3)} | ${paintMs} |`,
    ),
  ].join('\n');
}
