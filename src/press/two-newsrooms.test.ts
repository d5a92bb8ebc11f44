import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeIndexHandle, type IndexHandle, openIndexHandle } from '../index/handle.ts';
import { queryLatest, querySite, queryStory } from '../queries/queries.ts';
import { note, renderedIndex, rendering } from '../queries/rendering.ts';
import { bundleThere, serverEntry, templateVersion } from './bundle.ts';
import { indexFile } from './index-file.ts';
import { openTemplates, rendererOf } from './render.ts';
import { type SmallNewsroom, sharedCache, siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';

const id = '2025/02/s';
const paper = (name: string): SmallNewsroom =>
  smallNewsroom({
    'content/site.yaml': siteYaml.replace(/^name: .*$/m, `name: ${name}`),
    [`content/stories/${id}/index.md`]: story({ headline: `Of ${name}` }, `A text of ${name}.`),
  });

const openOf = ({ site }: SmallNewsroom): IndexHandle =>
  openIndexHandle(site, indexFile(sharedCache, realpathSync(join(site, 'dist'))), 'read');

test('one process queries the indexes of two newsrooms, and renders pages of both alternately', async () => {
  const newsrooms = [paper('Dawn'), paper('Dusk')];
  const opened: IndexHandle[] = [];
  try {
    for (const newsroom of newsrooms) await newsroom.press();
    opened.push(...newsrooms.map(openOf));
    expect(opened.map((index) => queryStory(index, id)?.card.headline)).toEqual(['Of Dawn', 'Of Dusk']);
    expect(opened.map((index) => queryLatest(index, 'site', 5).map(({ headline }) => headline))).toEqual([
      ['Of Dawn'],
      ['Of Dusk'],
    ]);
    const site = newsrooms[0]!.site;
    const bundle = bundleThere(sharedCache, templateVersion(site))!;
    const templates = await openTemplates(serverEntry(bundle));
    const renderers = opened.map((index) => rendererOf(index, templates));
    // Both at the same time: each page queries the index that it is rendered for.
    for (const address of ['/', `/${id}/`, '/'])
      for (const [at, { bytes, reads }] of (
        await Promise.all(renderers.map((renderer) => renderer.render(address)))
      ).entries()) {
        const file = join(newsrooms[at]!.site, 'dist', address, 'index.html');
        expect(Buffer.from(bytes).toString()).toBe(readFileSync(file, 'utf8'));
        expect(reads.length).toBeGreaterThan(0);
      }
    closeIndexHandle(opened[0]!);
    closeIndexHandle(opened[0]!); // a second call changes nothing
    expect(querySite(opened[1]!).name).toBe('Dusk');
  } finally {
    for (const index of opened) closeIndexHandle(index);
    for (const { site } of newsrooms) rmSync(site, { recursive: true, force: true });
  }
}, 120_000);

test('outside of a rendering, no template finds an index, and nothing is recorded', () => {
  expect(() => renderedIndex()).toThrow('no page is being rendered');
  expect(() => note('["site"]', 'x')).not.toThrow();
  const index = { root: '' } as IndexHandle;
  const reads = new Map<string, string>();
  rendering({ index, reads }, () => {
    expect(renderedIndex()).toBe(index);
    note('["site"]', 'x');
  });
  expect([...reads]).toEqual([['["site"]', 'x']]);
});
