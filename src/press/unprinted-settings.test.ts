import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { siteSchema } from '../site/site.ts';
import { type SmallNewsroom, siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';

/* A change of what no page prints renders no page, however large the site is. */

const key = 'RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3';
const contact = 'security:\n  contact: [mailto:security@post.example]\n  expires: 2027-06-01\n';

/** For each key that no page prints: what is written, and the only files of the site that may change. */
const unprinted: Record<string, { lines: string[]; files: string[] }> = {
  broadsheet: { lines: ['broadsheet: 1\n'], files: [] },
  security: {
    lines: [contact, contact.replace('2027', '2028')],
    // Hosts are told the type of a file without a page.
    files: ['.well-known/security.txt', '_headers'],
  },
  crawlers: { lines: ['crawlers: { training: refuse }\n'], files: ['robots.txt'] },
  feeds: {
    lines: ['feeds: [{ id: agency }]\n', 'feeds: [{ id: agency, text: summary, delay: 2h }]\n'],
    files: ['xml', 'atom', 'json'].map((ending) => `feeds/agency/feed.${ending}`),
  },
  publicKey: { lines: [`publicKey: ${key}\n`], files: [] },
  manifest: { lines: ['manifest: false\n'], files: [] },
  redirects: { lines: ['redirects: { /rss.xml: /feed.xml }\n'], files: ['_redirects'] },
  headers: { lines: ['headers: { X-Own: "yes" }\n'], files: ['_headers'] },
  hosts: { lines: ['hosts: [apache, vercel]\n'], files: ['.htaccess', 'vercel.json'] },
};

/** Keys that pages print, that decide how they look, or where they are. */
const printed = [
  ...['name', 'url', 'language', 'timeZone', 'description', 'sections', 'permalink', 'publisher', 'icon', 'search'],
  ...['support', 'newsletter', 'tips', 'allow', 'pictures', 'navigation', 'theme', 'policies', 'feedIdentity', 'wire'],
  ...['analytics', 'comments'],
];

let newsroom: SmallNewsroom;
let pages: number;
beforeAll(async () => {
  newsroom = smallNewsroom({
    'content/stories/2025/02/a/index.md': story(),
    'content/stories/2025/02/b/index.md': story({ headline: 'B', section: 'sport' }),
  });
  pages = (await newsroom.press()).pages;
});
afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

test('each key of site.yaml is known to be printed or not', () => {
  expect([...Object.keys(unprinted), ...printed].sort()).toEqual(Object.keys(siteSchema.shape).sort());
});

test.each(Object.entries(unprinted))('%s renders no page that does not print it', async (_, { lines, files }) => {
  for (const line of [...lines, '']) {
    newsroom.put('content/site.yaml', siteYaml + line);
    const { added, changed, removed, rendered } = await newsroom.press();
    const touched = [...added, ...changed, ...removed];
    expect([line, touched.filter((file) => !files.includes(file))]).toEqual([line, []]);
    // What is not a page: the files for hosts, and security.txt.
    expect(rendered).toBeLessThan(5);
    if (files[0] !== undefined) expect([line, touched]).toEqual([line, expect.arrayContaining([files[0]])]);
  }
});

test('manifest: false removes the manifest although nothing is rendered, and brings it back', async () => {
  const manifest = () => [...newsroom.dist().keys()].filter((file) => file.startsWith('.well-known/broadsheet'));
  expect(manifest()).not.toEqual([]);
  newsroom.put('content/site.yaml', `${siteYaml}manifest: false\n`);
  await newsroom.press();
  expect(manifest()).toEqual([]);
  newsroom.put('content/site.yaml', siteYaml);
  await newsroom.press();
  expect(manifest()).not.toEqual([]);
});

test('canary: a new name renders every page', async () => {
  newsroom.put('content/site.yaml', siteYaml.replace('The Example Post', 'The Paper'));
  expect((await newsroom.press()).rendered).toBeGreaterThanOrEqual(pages);
});
