import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contractProblems, smallArchive } from '../../small-archive.fixture.ts';

const post = (head: string, body = 'Text.\n') => `---\n${head}\n---\n${body}`;
const aliases = (receipt: { stories: { file: string; aliases: string[] }[] }) =>
  Object.fromEntries(receipt.stories.map(({ file, aliases: list }) => [file, list]));

test('Jekyll: permalink, time zone, authors, defaults, redirects, and words of _config.yml', async () => {
  const archive = smallArchive({
    '_config.yml':
      'url: https://old.example\npermalink: /:year/:month/:day/:title/\ntimezone: America/New_York\ncompany: Post & Co\ndefaults:\n  - { scope: { path: _posts/hidden }, values: { published: false } }\n',
    '_data/authors.yml': 'alee: { name: Ann Lee, title: Reporter, bio: "Writes *much*." }\n',
    _redirects: '/short /2015/03/04/a/ 301\n/all/* /x/:splat\n',
    '_posts/2015-03-04-a.md': post(
      'title: A\nauthor: alee\ndate: 2015-03-04 23:30:00 -0500',
      'By {{ site.company }}. [b](/hidden/)\n',
    ),
    '_posts/hidden/2015-03-05-b.md': post('title: B'),
    'assets/report.pdf': 'x',
    'styles.css': '',
    'export.xml': '<rss/>',
  });
  const receipt = await archive.run();
  expect(receipt.stories.map(({ story }) => story)).toEqual(['2015/03/a', '2015/03/b']);
  expect(aliases(receipt)['_posts/2015-03-04-a.md']).toEqual(['/2015/03/04/a/', '/short/']);
  expect(receipt.drafts).toMatchObject([{ file: '_posts/hidden/2015-03-05-b.md', reason: 'published: false' }]);
  expect(archive.story('2015/03/a')).toContain('byline: [alee]\n');
  expect(archive.story('2015/03/a')).toContain('By Post & Co. ');
  expect(receipt.authors.written).toEqual(['alee']);
  expect(receipt.others).toEqual({
    used: [],
    unused: ['assets/report.pdf'],
    generator: 4,
    private: [],
    left: [],
    notUnderstood: ['export.xml'],
  });
  expect(receipt.notes.map(({ note }) => note).join()).toContain('/all/* → /x/:splat');
  expect(await contractProblems(archive.stories)).toEqual([]);
});

test('Hugo: languages by suffix, bundles, cascade, and permalinks', async () => {
  const archive = smallArchive({
    'hugo.toml':
      'baseURL = "https://old.example/"\ndefaultContentLanguage = "en"\n[languages.en]\n[languages.es]\n[permalinks]\nposts = "/:year/:slug/"\n',
    'content/posts/a/index.md': post('title: The Harbour\ndate: 2015-03-04'),
    'content/posts/a/index.es.md': post('title: El puerto\ndate: 2015-03-04'),
    'content/posts/a/notes.md': post('title: Notes\ndate: 2015-03-04'),
    'content/old/_index.md': post('title: Old\ncascade: { build: { render: never } }'),
    'content/old/b.md': post('title: B\ndate: 2015-03-04'),
    'content/news/C D.md': post('title: C\ndate: 2015-03-04\nauthor: alee'),
    'content/authors/alee/_index.md': post('display_name: Ann Lee'),
  });
  const receipt = await archive.run();
  expect(receipt.authors.written).toEqual(['alee']);
  expect(receipt.skipped).toEqual([]);
  expect(aliases(receipt)).toMatchObject({
    'content/posts/a/index.md': ['/2015/the-harbour/'],
    'content/posts/a/index.es.md': ['/es/2015/el-puerto/'],
    'content/news/C D.md': ['/news/c-d/'],
  });
  expect(archive.story('2015/03/a-2')).toContain('language: es\ntranslationOf: 2015/03/a\n');
  expect(receipt.drafts.map(({ file, reason }) => [file, reason])).toEqual([
    ['content/old/_index.md', 'build: render: never'],
    ['content/old/b.md', 'build: render: never'],
    ['content/posts/a/notes.md', 'a resource of a page in the same folder, not a page'],
  ]);
});

test('Docusaurus: authors.yml, dates in names, i18n, and partials', async () => {
  const archive = smallArchive({
    'docusaurus.config.js':
      "export default { url: 'https://old.example', baseUrl: '/' , i18n: { defaultLocale: 'en', locales: ['en', 'fr'] } };",
    'blog/authors.yml': 'alee:\n  name: Ann Lee\n  title: Maintainer\n  url: https://ann.example\n',
    'blog/2019-05-28-first.md': post('title: First\nauthors: [alee]'),
    'blog/2020-01-01-second/index.md': post('title: Second\nslug: two\nauthors: { name: Bo Ek, title: Guest }'),
    'blog/_partial.md': post('title: P\ndate: 2019-01-01'),
    'i18n/fr/docusaurus-plugin-content-blog/2019-05-28-first.md': post('title: Premier\nauthors: alee'),
  });
  const receipt = await archive.run();
  expect(aliases(receipt)).toMatchObject({
    'blog/2019-05-28-first.md': ['/blog/2019/05/28/first/'],
    'blog/2020-01-01-second/index.md': ['/blog/two/'],
    'i18n/fr/docusaurus-plugin-content-blog/2019-05-28-first.md': ['/fr/blog/2019/05/28/first/'],
  });
  expect(archive.story('2019/05/first-2')).toContain('language: fr\ntranslationOf: 2019/05/first\n');
  expect(archive.story('2020/01/two')).toContain('{ name: Bo Ek, role: Guest }');
  expect(receipt.drafts.map(({ reason }) => reason)).toEqual(['its name begins with _, so it was not public']);
});

test('Zola, Hexo, Eleventy, Astro, Gatsby, and Quartz: the addresses that they made', async () => {
  const of = async (files: Record<string, string>) => aliases(await smallArchive(files).run());
  expect(
    await of({
      'config.toml': 'base_url = "https://old.example"\n',
      'content/blog/2015-03-04-a.md': '+++\ntitle = "A"\naliases = ["x.html"]\n[extra]\nsubtitle = "B"\n+++\nText\n',
    }),
  ).toEqual({ 'content/blog/2015-03-04-a.md': ['/blog/a/', '/x.html'] });
  expect(
    await of({
      '_config.yml': 'url: https://old.example\nskip_render:\npermalink: :year/:month/:title/\n',
      'source/_posts/a.md': 'title: A\ndate: 2015-03-04 10:00:00\n---\nText\n',
      'source/_posts/b.md': 'title: B\ndate: 2015-03-04\n---\nText\n',
    }),
  ).toEqual({ 'source/_posts/a.md': [], 'source/_posts/b.md': [] });
  expect(
    await of({
      'eleventy.config.js': '',
      'src/posts/posts.json': '{ "permalink": false }',
      'src/news/2015-03-04-a.md': post('title: A'),
      'src/posts/b.md': post('title: B\ndate: 2015-03-04'),
    }),
  ).toMatchObject({ 'src/news/2015-03-04-a.md': ['/news/a/'] });
  expect(
    await of({
      'astro.config.mjs': "site: 'https://old.example'",
      'src/content/blog/a.md': post('title: A\ndate: 2015-03-04'),
    }),
  ).toEqual({
    'src/content/blog/a.md': ['/blog/a/'],
  });
  expect(await of({ 'gatsby-config.js': '', 'content/blog/a/index.md': post('title: A\ndate: 2015-03-04') })).toEqual({
    'content/blog/a/index.md': ['/a/'],
  });
});

test('HTML posts with front matter are posts, and a folder of other things is named file by file', async () => {
  const archive = smallArchive({
    '_posts/2015-03-04-a.html': post('title: A', '<p>One <b>two</b></p>\n<p>{{ "x" }} three</p>\n'),
    'index.html': post('layout: default', '<ul>{% for post in site.posts %}{% endfor %}</ul>'),
    'export.xml': '<rss/>',
    'story.docx': 'x',
  });
  const receipt = await archive.run();
  expect(receipt.files).toMatchObject({ in: 1, stories: 1 });
  expect(archive.story('2015/03/a')).toContain('One **two**');
  expect(receipt.others).toMatchObject({ unused: ['story.docx'], notUnderstood: ['index.html', 'export.xml'] });
});

test('versions without a configuration: a code counts only beside the same file in another language', async () => {
  const archive = smallArchive({
    'a/index.md': post('title: A\ndate: 2015-03-04'),
    'a/index.es.md': post('title: A es\ndate: 2015-03-04'),
    'fr/b.md': post('title: B fr\ndate: 2015-03-04'),
    'b.md': post('title: B\ndate: 2015-03-04'),
    'it/c.md': post('title: C\ndate: 2015-03-04'),
    'd.md': post('title: D\ndate: 2015-03-04\nlang: de\nref: d'),
    'e.md': post('title: E\ndate: 2015-03-04\nref: d'),
  });
  const receipt = await archive.run();
  const of = (file: string) => archive.story(receipt.stories.find((story) => story.file === file)?.story ?? '');
  expect(of('a/index.es.md')).toContain('language: es\ntranslationOf: 2015/03/a\n');
  expect(of('fr/b.md')).toContain('language: fr\ntranslationOf: 2015/03/b\n');
  expect(of('it/c.md')).not.toContain('language');
  expect(of('d.md')).toContain('language: de\ntranslationOf: 2015/03/e\n');
});

test('--map names the keys of any other front matter', async () => {
  const archive = smallArchive({
    'a.md': post('titulo: A\nfecha_de: 2015-03-04\nfirma: [Ann Lee]\nextra: { pie: Out }\nimagen: b.jpg'),
  });
  await archive.run({
    map: new Map([
      ['headline', ['titulo']],
      ['published', ['fecha_de']],
      ['byline', ['nobody', 'firma']],
      ['lead.src', ['imagen']],
      ['lead.caption', ['extra.pie']],
    ]),
  });
  const text = archive.story('2015/03/a');
  expect(text).toContain('headline: A\n');
  expect(text).toContain('Ann Lee');
  expect(text).toContain('lead: { wanted: b.jpg, caption: Out }');
});

test('files of a repository count as files of the generator, so an ordinary one is imported without a skip', async () => {
  const archive = smallArchive({
    'hugo.toml': 'baseURL = "https://old.example/"\n',
    'README.md': '# How to build\n',
    'README.de.md': '# Bauen\n',
    'CONTRIBUTING.md': 'Words.',
    '.github/ISSUE_TEMPLATE.md': 'Words.',
    'archetypes/default.md': '---\ntitle: "{{ .Name }}"\ndate: {{ .Date }}\n---\n',
    'layouts/shortcodes/README.md': 'Words.',
    'themes/thin/exampleSite/content/post.md': '---\ntitle: Example\ndate: 2015-01-01\n---\nWords.\n',
    'content/_index.md': '---\ntitle: Home\n---\nWelcome to the paper.\n',
    'content/news/_index.md': '---\ntitle: News\n---\nAll the *news*.\n',
    'content/posts/_index.md': '---\ntitle: Posts\n---\n{{< list >}}\n<!-- Words. -->\n',
    'content/empty/_index.md': '',
    'content/tags/ships/_index.md': '---\ntitle: Ships\n---\nAbout ships.\n',
    'content/about/_index.md': '---\ntitle: About us\n---\nWe are a paper. [Post](/posts/a/)\n',
    'content/about/_index.es.md': '---\ntitle: Nosotros\n---\nSomos un diario.\n',
    'content/posts/a.md': '---\ntitle: A\ndate: 2015-01-01\n---\nWords. [About](/about/)\n',
    'content/old.md': '---\ntitle: Old\nredirect_to: /posts/a/\npermalink: /was/\n---\n',
    'content/posts/README.md': '---\ntitle: Read me\ndate: 2015-01-02\n---\nA post about a file.\n',
  });
  const receipt = await archive.run();
  expect(receipt.skipped).toEqual([]);
  expect(receipt.files).toMatchObject({ in: 4, stories: 2, pages: 2, drafts: 0, skipped: 0 });
  expect(receipt.stories.map(({ file, story }) => [file, story])).toEqual([
    ['content/about/_index.es.md', expect.stringMatching(/^\/about/)],
    ['content/about/_index.md', '/about/'],
    ['content/posts/README.md', '2015/01/posts'],
    ['content/posts/a.md', '2015/01/a'],
  ]);
  expect(archive.story('2015/01/a')).toContain('[About](/about/)');
  expect(archive.story('2015/01/a')).toContain('aliases: [/posts/a/, /was/]');
  const page = readFileSync(join(archive.root, 'site/content/pages/about.md'), 'utf8');
  expect(page).toContain('We are a paper. [Post](story:2015/01/a)');
  const notes = Object.fromEntries(receipt.notes.map(({ file, note }) => [file, note]));
  expect(notes['content/_index.md']).toContain('“Welcome to the paper.”');
  expect(notes['content/news/_index.md']).toContain('description of the section "news" in site.yaml: “All the news.”');
  expect(notes['content/tags/ships/_index.md']).toContain('topics.yaml or series.yaml: “About ships.”');
  expect(receipt.others).toMatchObject({ notUnderstood: [], generator: 13 });
  expect(await contractProblems(archive.stories)).toEqual([]);
});
