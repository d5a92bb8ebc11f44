import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../check/verify.ts';
import { noise } from '../pictures/small-pictures.fixture.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { digestOfFolder, type SmallNewsroom, siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';

// The pages that a newsroom's theme adds: theme/pages/*.astro and *.mdx.

const contact = `---
title: Contact "us"
standfirst: How to reach us.
---
import { LatestStories } from 'broadsheet/theme';
import Box from './_parts/Box.astro';

Write to [the desk](mailto:desk@post.example) or read [our harbour](/2025/02/harbour/) or [the match](story:2025/03/match).

<Box title="Hours">

We are "open" at *seven*.

</Box>

![The quay](./quay.png)

<LatestStories list="section/world" count={2} />
`;
const heat = `---
import { hrefOf, latestStories, Page } from 'broadsheet/theme';
const { site } = Astro.locals;
const cards = await latestStories('section/sport', 3);
---
<Page title="Heat map" description="Where it is hot.">
  <h1>Heat map</h1>
  <ul class="heat">{cards.map((card) => <li><a href={hrefOf(site, card.address)}>{card.headline}</a></li>)}</ul>
</Page>
<style>.heat { color: teal }</style>
`;
const plain = '---\ntitle: Imprint\n---\n\nThe Example Post Ltd.\n';
const harbour = 'content/stories/2025/02/harbour.md';
const match = 'content/stories/2025/03/match.md';

const files = async () => ({
  [harbour]: story({ headline: 'Harbour reopens' }, 'See [contact](/contact/) and [the map](/projects/heat/).'),
  [match]: story({ headline: 'Match drawn', section: 'sport', published: '2025-03-02' }),
  'theme/pages/contact.mdx': contact,
  'theme/pages/imprint.mdx': plain,
  'theme/pages/projects/heat.astro': heat,
  'theme/pages/projects/index.mdx': '---\nheadline: Projects\ndescription: All of them.\nlanguage: ga\n---\n\nText.\n',
  'theme/pages/_parts/Box.astro':
    '---\nconst { title } = Astro.props;\n---\n<aside class="box"><h2>{title}</h2><slot /></aside>\n<style>.box { color: teal }</style>\n',
  'theme/pages/quay.png': await noise(20, 10).png().toBuffer(),
});

const problemsOf = async (newsroom: SmallNewsroom): Promise<Problem[]> => {
  const error = await newsroom.press().catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemsError)) throw error;
  return error.problems;
};
const lines = (problems: Problem[]) => problems.map(({ file, line, rule }) => `${file}:${line} ${rule}`);

describe('the pages of a theme', () => {
  let newsroom: SmallNewsroom;
  let cache: string;
  const read = (file: string) => readFileSync(join(newsroom.site, 'dist', file), 'utf8');
  beforeAll(async () => {
    newsroom = smallNewsroom(await files());
    cache = join(newsroom.site, '.broadsheet');
    const report = await newsroom.press({ cache });
    expect(report.warnings).toEqual([]);
  }, 300_000);
  afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

  test('in MDX look like the site: with head, header, footer, skip link and policy, and their front matter', () => {
    const page = read('contact/index.html');
    expect(page).toContain('<title>Contact “us” | The Example Post</title>');
    expect(page).toContain('<meta name="description" content="How to reach us.">');
    expect(page).toContain('<link rel="canonical" href="https://post.example/contact/">');
    expect(page).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src 'none'/);
    expect(page).toMatch(/<a class="skip" href="#main">/);
    expect(page).toContain('<header class="masthead">');
    expect(page).toContain('<footer class="foot">');
    expect(page).toContain('<h1 class="headline">Contact “us”</h1>');
    expect(page).toContain('<p class="standfirst">How to reach us.</p>');
    expect(page).not.toContain('<script');
    // Three lines are enough.
    expect(read('imprint/index.html')).toMatch(/<div class="body">\s*<p>The Example Post Ltd\.<\/p>/);
    expect(read('projects/index.html')).toMatch(/<article class="sheet" lang="ga">/);
    expect(read('projects/index.html')).toContain('content="All of them."');
  });

  test('in MDX use components of the theme and of ours, and pictures beside them', () => {
    const page = read('contact/index.html');
    expect(page).toMatch(
      /<aside class="box"[^>]*><h2[^>]*>Hours<\/h2><p>We are “open” at <em>seven<\/em>\.<\/p><\/aside>/,
    );
    expect(page).toMatch(/<img src="\/assets\/quay\.[\w-]+\.png" width="20" height="10" alt="The quay">/);
    expect(page).toContain('Harbour reopens');
    expect(page).toContain('<a href="/2025/03/match/">the match</a>');
    expect(page).not.toContain('Match drawn');
    const styles = [...newsroom.dist()].filter(([file]) => page.includes(`/${file}"`) && file.endsWith('.css'));
    expect(styles.map(([, css]) => css).join('')).toMatch(/\.box\[data-astro-cid-\w+\]\{color:teal\}/);
    // The styles of the site first, and not those of another page.
    expect(page.indexOf('assets/Paper.')).toBeLessThan(page.indexOf('assets/contact.'));
    expect(page).not.toContain('assets/heat.');
  });

  test('in .astro have the frame of the site and make queries', () => {
    const page = read('projects/heat/index.html');
    expect(page).toContain('<title>Heat map | The Example Post</title>');
    expect(page).toContain('<footer class="foot">');
    expect(page).toMatch(/<a href="\/2025\/03\/match\/"[^>]*>Match drawn<\/a>/);
  });

  test('are in the sitemap, and files that begin with _ are no pages', () => {
    const map = read('sitemap.xml');
    for (const address of ['contact', 'imprint', 'projects', 'projects/heat'])
      expect(map).toContain(`<loc>https://post.example/${address}/</loc>`);
    expect(newsroom.filesMentioning('_parts')).toEqual([]);
  });

  test('are rendered again by exactly the edits that they show', async () => {
    const rendered = async () => {
      const { changed } = await newsroom.press({ cache });
      return changed.filter((file) => /contact|heat|imprint|projects/.test(file));
    };
    newsroom.put(harbour, story({ headline: 'Harbour closes' }));
    expect(await rendered()).toEqual(['contact/index.html']);
    newsroom.put(match, story({ headline: 'Match won', section: 'sport', published: '2025-03-02' }));
    expect(await rendered()).toEqual(['projects/heat/index.html']);
    newsroom.put(match, story({ headline: 'Match won', section: 'sport', published: '2025-03-02' }, 'Another text.'));
    const { rendered: count } = await newsroom.press({ cache });
    expect(await rendered()).toEqual([]);
    expect(count).toBeLessThan(8); // the story and its six feeds, but no theme page
    newsroom.put(harbour, story({ headline: 'Harbour reopens' }, 'See [contact](/contact/).'));
    await newsroom.press({ cache });
  }, 60_000);

  test('are the same bytes as Astro itself makes, as --verify makes, and in another folder', async () => {
    const { rendered } = await newsroom.press({ cache, dist: join(newsroom.site, 'slow'), way: 'astro' });
    expect(rendered).toBeGreaterThan(10);
    expect(digestOfFolder(join(newsroom.site, 'slow'))).toBe(digestOfFolder(join(newsroom.site, 'dist')));
    const { site } = newsroom;
    const { compared } = await verify({ site, dist: join(site, 'dist'), cache, clock: Date.now() });
    expect(compared).toBeGreaterThan(10);
    const other = smallNewsroom();
    for (const [file, text] of Object.entries(await files())) other.put(file, text);
    other.put(harbour, readFileSync(join(site, harbour)));
    other.put(match, readFileSync(join(site, match)));
    await other.press({ cache: join(other.site, '.broadsheet') });
    expect(digestOfFolder(join(other.site, 'dist'))).toBe(digestOfFolder(join(site, 'dist')));
    rmSync(other.site, { recursive: true, force: true });
  }, 300_000);

  test('change with their file, move with its name, and disappear with it', async () => {
    newsroom.put('theme/pages/imprint.mdx', plain.replace('Ltd', 'plc').replace('Imprint', 'Legal'));
    await newsroom.press({ cache });
    expect(read('imprint/index.html')).toContain('The Example Post plc.');
    expect(read('imprint/index.html')).toContain('<title>Legal |');
    newsroom.remove('theme/pages/imprint.mdx');
    newsroom.put('theme/pages/legal.mdx', plain);
    const { added, removed, warnings } = await newsroom.press({ cache });
    expect(added).toContain('legal/index.html');
    expect(removed).toContain('imprint/index.html');
    expect(warnings).toEqual([]);
    expect(read('sitemap.xml')).not.toContain('imprint');
    // A link to a page that is gone is reported at the link, although the story did not change.
    newsroom.remove('theme/pages/contact.mdx');
    newsroom.remove('theme/pages/_parts');
    const gone = await newsroom.press({ cache });
    expect(lines(gone.warnings)).toEqual([`${harbour}:8 link-dead`]);
    newsroom.remove('theme');
    const none = await newsroom.press({ cache });
    expect(none.removed).toEqual(expect.arrayContaining(['legal/index.html', 'projects/heat/index.html']));
    // The licence of a font speaks of projects.
    expect(newsroom.filesMentioning('heat', '>Projects<', 'projects/')).toEqual([]);
  }, 300_000);
});

describe('a site below a path', () => {
  test('has its path in the links and pictures of pages, and dead links are found in both kinds of page', async () => {
    const newsroom = smallNewsroom({
      ...(await files()),
      'content/site.yaml': siteYaml.replace('https://post.example', 'https://post.example/daily/'),
      'theme/pages/contact.mdx': `${contact}\nSee [this](/nowhere/ "x") and <a href="/gone/">that</a>.\n\n[there]: /lost/\n\n\`\`\`html\n<a href="/quoted/">\n\`\`\`\n`,
      'theme/pages/projects/heat.astro': heat.replace('<h1>', `<a href={hrefOf(site, '/away/')}>x</a>\n<h1>`),
    });
    const { warnings } = await newsroom.press();
    expect(lines(warnings).sort()).toEqual([
      'theme/pages/contact.mdx:20 link-dead',
      'theme/pages/contact.mdx:20 link-dead',
      'theme/pages/contact.mdx:22 link-dead',
      'theme/pages/projects/heat.astro:7 link-dead',
    ]);
    const page = newsroom.dist().get('contact/index.html');
    expect(page).toContain('href="/daily/2025/02/harbour/"');
    expect(page).toMatch(/src="\/daily\/assets\/quay\./);
    rmSync(newsroom.site, { recursive: true, force: true });
  }, 300_000);
});

describe('an address has one owner', () => {
  const page = '---\ntitle: Ours\n---\n\nText.\n';
  const at = (name: string) => ({ [`theme/pages/${name}.mdx`]: page });
  const taken: [what: string, files: Record<string, string>, says: string, other: string][] = [
    [
      'a standing page',
      { ...at('about'), 'content/pages/about.md': '---\nheadline: About\n---\n\nUs.\n' },
      'theme/pages/about.mdx:1',
      'content/pages/about.md',
    ],
    [
      'a standing page in other case',
      { ...at('About'), 'content/pages/about.md': '---\nheadline: About\n---\n\nUs.\n' },
      'theme/pages/About.mdx:1',
      'content/pages/about.md',
    ],
    [
      'the alias of a standing page',
      { ...at('old'), 'content/pages/about.md': '---\nheadline: About\naliases: [/old/]\n---\n\nUs.\n' },
      'theme/pages/old.mdx:1',
      'content/pages/about.md',
    ],
    [
      'the alias of a story',
      { ...at('old'), [harbour]: story({ aliases: ['/old/'] }) },
      `${harbour}:6`,
      'theme/pages/old.mdx',
    ],
    [
      'a file in public/',
      { ...at('map'), 'public/map/index.html': 'x' },
      'public/map/index.html:1',
      'theme/pages/map.mdx',
    ],
    [
      'a file in public/ that would be its folder',
      { ...at('map'), 'public/map': 'x' },
      'public/map:1',
      'theme/pages/map.mdx',
    ],
    [
      'another page of the theme in other case',
      { ...at('Map'), ...at('map') },
      'theme/pages/map.mdx:1',
      'theme/pages/Map.mdx',
    ],
    [
      'another page of the theme as a folder',
      { ...at('map'), ...at('map/index') },
      'theme/pages/map/index.mdx:1',
      'theme/pages/map.mdx',
    ],
    [
      'a document beside a standing page',
      {
        ...at('about/report.pdf/x'),
        'content/pages/about.md': '---\nheadline: About\n---\n\n[Report](report.pdf)\n',
        'content/pages/report.pdf': '%PDF-1.4\n',
      },
      'theme/pages/about/report.pdf/x.mdx:1',
      'content/pages/about.md',
    ],
    ['a section', at('world'), 'theme/pages/world.mdx:1', 'content/site.yaml'],
    ['the feed of a section', at('world/feed.xml/x'), 'theme/pages/world/feed.xml/x.mdx:1', 'content/site.yaml'],
  ];
  test.each(taken)('%s', async (_, mistake, says, other) => {
    const newsroom = smallNewsroom({ [match]: story(), ...mistake });
    const [first] = await problemsOf(newsroom);
    expect(`${first?.file}:${first?.line}`).toBe(says);
    expect(first?.message).toContain(other);
    expect(first?.hint).toBeTruthy();
    rmSync(newsroom.site, { recursive: true, force: true });
  });

  test('a story whose address a page has, also in a later build', async () => {
    const newsroom = smallNewsroom({
      'content/site.yaml': `${siteYaml}permalink: '/{slug}/'\n`,
      [match]: story({ headline: 'Match' }),
      ...at('map'),
    });
    await newsroom.press();
    newsroom.put('content/stories/2025/04/map.md', story({ headline: 'Map' }));
    const [first] = await problemsOf(newsroom);
    expect(first).toMatchObject({ file: 'content/stories/2025/04/map.md', rule: 'address-taken' });
    expect(first?.message).toContain('theme/pages/map.mdx');
    // And when the page goes, the story has the address.
    newsroom.remove('theme');
    await newsroom.press();
    expect(newsroom.dist().get('map/index.html')).toContain('The first ferry');
    rmSync(newsroom.site, { recursive: true, force: true });
  }, 300_000);

  test('a name that Windows cannot store is a warning', async () => {
    const newsroom = smallNewsroom({ [match]: story(), ...at('aux') });
    const { warnings } = await newsroom.press();
    expect(lines(warnings)).toEqual(['theme/pages/aux.mdx:1 address-for-windows']);
    rmSync(newsroom.site, { recursive: true, force: true });
  }, 300_000);
});

test('a theme from npm brings pages, and the newsroom’s own page takes precedence', async () => {
  const newsroom = smallNewsroom({
    'content/site.yaml': `theme: broadsheet-theme-x\n${siteYaml}`,
    [match]: story({}, 'See [this](/team/).'),
    'node_modules/broadsheet-theme-x/package.json': '{ "name": "broadsheet-theme-x", "version": "1.0.0" }',
    'node_modules/broadsheet-theme-x/theme/pages/team.mdx':
      "---\ntitle: Team\nlayout: ../layouts/Wide.astro\n---\nimport Face from '../components/Face.astro';\n\n<Face />\n",
    'node_modules/broadsheet-theme-x/theme/pages/imprint.mdx': plain,
    'node_modules/broadsheet-theme-x/theme/components/Face.astro': '<b>Ann</b>\n<style>b { color: teal }</style>\n',
    'node_modules/broadsheet-theme-x/theme/layouts/Wide.astro':
      '---\nimport { Page } from \'broadsheet/theme\';\nconst { title } = Astro.props;\n---\n<Page title={title}><div class="wide"><h1>{title}</h1><slot /></div></Page>\n',
    'theme/pages/imprint.mdx': plain.replace('Ltd', 'plc'),
  });
  const { warnings } = await newsroom.press();
  expect(warnings).toEqual([]);
  const dist = newsroom.dist();
  expect(dist.get('team/index.html')).toMatch(/<div class="wide"[^>]*>\s*<h1[^>]*>Team<\/h1>\s*<b[^>]*>Ann<\/b>/);
  expect(dist.get('imprint/index.html')).toContain('The Example Post plc.');
  rmSync(newsroom.site, { recursive: true, force: true });
}, 300_000);

test('a page that fails while it is printed is reported with its file, and with the words of a wrong list', async () => {
  const newsroom = smallNewsroom({
    [match]: story(),
    'theme/pages/heat.astro': heat.replace('section/sport', 'section/sprot'),
  });
  const [first] = await problemsOf(newsroom);
  expect(first).toMatchObject({ file: 'theme/pages/heat.astro', line: 4, rule: 'theme-throws' });
  expect(first?.message).toContain('There is no section "sprot"');
  rmSync(newsroom.site, { recursive: true, force: true });
}, 300_000);

test('the example of the manual is a page', async () => {
  const manual = readFileSync(join(import.meta.dirname, '../../docs/theme.md'), 'utf8');
  const examples = [...manual.matchAll(/^`theme\/(pages\/[^`]+)`:\n\n```(?:mdx|astro)\n([\s\S]*?)```/gm)];
  expect(examples.map(([, file]) => file)).toEqual(['pages/contact.mdx', 'pages/projects/ports.astro']);
  const newsroom = smallNewsroom({
    [match]: story({ topics: ['Ports'] }),
    ...Object.fromEntries(examples.map(([, file = '', text = '']) => [`theme/${file}`, text])),
    'content/pages/about.md': '---\nheadline: About\n---\n\nUs.\n',
  });
  mkdirSync(join(newsroom.site, 'public'), { recursive: true });
  const { warnings } = await newsroom.press();
  expect(warnings).toEqual([]);
  const dist = newsroom.dist();
  expect(dist.get('contact/index.html')).toContain('<h1 class="headline">Contact</h1>');
  expect(dist.get('projects/ports/index.html')).toContain('Harbour reopens');
  rmSync(newsroom.site, { recursive: true, force: true });
}, 300_000);
