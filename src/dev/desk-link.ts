import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { IndexHandle } from '../index/handle.ts';
import { seriesFile, topicsFile } from '../ingest/file-names.ts';
import { isThere } from '../ingest/scan.ts';
import { fileOfStoryName, filesOfPage } from '../queries/files.ts';
import type { Address } from '../site/address.ts';
import { escapeAttribute, escapeText } from '../site/markup.ts';

/*
 * The link from a page of `dev` to the desk. The desk is another program, which may not run, so the link leads to `dev`
 * itself, which looks for the desk at the time of the click.
 */

/** Where `dev` answers the link. No page of a site can have this address. */
export const deskLinkPath = '/@desk';

/** The notes that running desks leave in the cache folder. Two can run there at the same time. */
const notesIn = (cache: string): string => join(cache, 'desk');
const noteName = /^running-(\d{1,5})\.txt$/;

/** Leaves a note that a desk answers at a port. Without it, the desk works all the same. @returns a function that removes it */
export function noteDesk(cache: string, port: number): () => void {
  const file = join(notesIn(cache), `running-${port}.txt`);
  try {
    mkdirSync(notesIn(cache), { recursive: true });
    writeFileSync(file, '');
  } catch {
    // The disk is full, or the cache cannot be written.
  }
  return () => rmSync(file, { force: true });
}

/** The ports of all notes, that of the desk which was started last first. */
function portsNoted(cache: string): number[] {
  try {
    return readdirSync(notesIn(cache))
      .filter((name) => noteName.test(name))
      .map((name) => ({ port: Number(noteName.exec(name)?.[1]), ms: statSync(join(notesIn(cache), name)).mtimeMs }))
      .sort((a, b) => b.ms - a.ms)
      .map(({ port }) => port);
  } catch {
    return [];
  }
}

/** A desk that was killed leaves its note behind, so each is asked. */
async function portOfRunning(cache: string): Promise<number | undefined> {
  for (const port of portsNoted(cache)) {
    try {
      const response = await fetch(`http://localhost:${port}/desk/`, { signal: AbortSignal.timeout(2000) });
      if ((await response.text()).includes('name="desk-token"')) return port;
    } catch {
      // It does not run any more.
    }
  }
  return undefined;
}

/** Leads to the desk, or says how to start it. */
export async function respondWithDesk(
  response: ServerResponse,
  { cache, site, path }: { cache: string; site: string; path: string | undefined },
): Promise<void> {
  const port = await portOfRunning(cache);
  const view = path === undefined ? '' : `edit?path=${encodeURIComponent(path)}`;
  if (port !== undefined)
    return void response
      .writeHead(302, { location: `http://localhost:${port}/desk/${view}`, 'cache-control': 'no-store' })
      .end();
  response
    .writeHead(503, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(noDeskPage(site));
}

/** The link as HTML, in a shadow tree, so that no theme changes it and it changes no page. @param path of a file, relative to content/ */
export const deskLink = (path: string | undefined): string =>
  `<div id="broadsheet-desk"><template shadowrootmode="open"><style>${linkStyles}</style><nav aria-label="Desk"><a href="${deskLinkPath}${path === undefined ? '' : `?path=${escapeAttribute(encodeURIComponent(path))}`}">Edit at the desk</a></nav></template></div>`;

/** The file that the desk opens for a page, relative to content/. */
export function deskPathOf(index: IndexHandle, address: Address, storyFile: string | undefined): string | undefined {
  const file = storyFile ?? fileOf(index, address);
  return file?.startsWith('content/') ? file.slice('content/'.length) : undefined;
}

function fileOf(index: IndexHandle, address: Address): string | undefined {
  switch (address.kind) {
    case 'story':
      return fileOfStoryName(index, address.story);
    case 'home':
      return frontOf(index, 'home');
    case 'section':
      return frontOf(index, address.section);
    case 'topic':
      return topicsFile;
    case 'series':
      return seriesFile;
    default:
      return filesOfPage(index, address)[0];
  }
}

const frontOf = (index: IndexHandle, id: string): string =>
  isThere(index, `content/fronts/${id}.yml`) ? `content/fronts/${id}.yml` : `content/fronts/${id}.yaml`;

const noDeskPage = (site: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The desk is not running</title>
<style>body{font:1.05rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}</style>
</head>
<body>
<h1>The desk is not running</h1>
<p>To start it, run this command in another terminal. Then load this page again.</p>
<pre><code>broadsheet desk --site ${escapeText(/^[\w./-]+$/.test(site) ? site : JSON.stringify(site))}</code></pre>
</body>
</html>
`;

const linkStyles =
  ':host{all:initial}nav{position:fixed;inset-block-end:.75rem;inset-inline-end:.75rem;z-index:2147483000}a{display:block;font:14px/1.4 system-ui,sans-serif;color:#1a1400;background:#ffe08a;border:1px solid #1a1400;padding:.35rem .7rem;text-decoration:none}a:hover,a:focus-visible{text-decoration:underline}@media print{nav{display:none}}';
