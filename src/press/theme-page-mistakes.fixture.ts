import type { ThemeMistake } from './theme-mistakes.fixture.ts';

/** Mistakes in the pages of a theme, as in `theme-mistakes.fixture.ts`. */

const mdx = (body: string, front = 'title: Contact\n') => ({
  'theme/pages/contact.mdx': `---\n${front}---\n\n${body}\n`,
});
const astro = (html: string) => ({
  'theme/pages/map.astro': `---\nimport { Page } from 'broadsheet/theme';\n---\n<Page title="Map">\n${html}\n</Page>\n`,
});

const error = (name: string, files: Record<string, string>, says: RegExp): ThemeMistake => ({
  name: `on a page: ${name}`,
  files,
  says,
  severity: 'error',
});
const warning = (name: string, files: Record<string, string>, says: RegExp): ThemeMistake => ({
  ...error(name, files, says),
  severity: 'warning',
});

export const themePageMistakes: ThemeMistake[] = [
  // What is not MDX.
  error(
    'a tag that is never closed',
    mdx('Words.\n\n<aside>\n\nMore words.'),
    /^theme\/pages\/contact\.mdx:7 theme-page-mdx: <aside> is opened here but not closed/,
  ),
  error(
    'a tag that closes another',
    mdx('<aside><b>\n\nMore words.\n\n</aside></b>'),
    /^theme\/pages\/contact\.mdx:\d+ theme-page-mdx: .*<\/?(?:b|aside)>/,
  ),
  error(
    'a brace that is never closed',
    mdx('Open from {hours to six.'),
    /^theme\/pages\/contact\.mdx:5 theme-page-mdx: This \{ is never closed: "Open from/,
  ),
  error(
    'an expression that is no JavaScript',
    mdx('Words.\n\nOpen from {1 +} to six.'),
    /^theme\/pages\/contact\.mdx:7 theme-page-mdx: This is not valid JavaScript: "Open from \{1 \+\}/,
  ),
  error(
    'an import that is no JavaScript',
    mdx("import { Card } fron 'broadsheet/theme';\n\nWords."),
    /^theme\/pages\/contact\.mdx:5 theme-page-mdx: This is not valid JavaScript: "import/,
  ),
  error(
    'a comment of HTML',
    mdx('Words.\n\n<!-- later -->'),
    /^theme\/pages\/contact\.mdx:7 theme-page-mdx: Comments like <!--/,
  ),
  error(
    'an address in angle brackets',
    mdx('Write to <desk@post.example>.'),
    /^theme\/pages\/contact\.mdx:5 theme-page-mdx: .*<desk@post\.example>/,
  ),
  error('an .astro file that is not closed', astro('<h1>Map'), /^theme\/pages\/map\.astro:\d+ theme-broken: /),
  // Imports and components.
  error(
    'an import of a file that does not exist',
    mdx("import Box from '../components/Bx.astro';\n\n<Box />"),
    /^theme\/pages\/contact\.mdx:5 theme-broken: This file imports "\.\.\/components\/Bx\.astro", but there is no such file/,
  ),
  error(
    'an import of a package that is not installed',
    mdx("import { bar } from 'chartz';\n\n{bar}"),
    /^theme\/pages\/contact\.mdx:5 theme-broken: .*"chartz"/,
  ),
  error(
    'an import of what the engine keeps to itself',
    mdx("import { compileBody } from 'broadsheet/story/body/compile.ts';\n\nWords."),
    /^theme\/pages\/contact\.mdx:5 theme-import-internal: /,
  ),
  error(
    'an import of a name that does not exist',
    mdx("import { LastStories } from 'broadsheet/theme';\n\n<LastStories />"),
    /^theme\/pages\/contact\.mdx:5 theme-import-unknown: .*"LastStories"/,
  ),
  error(
    'a component that is not imported',
    mdx('Words.\n\n<Map place="Galway" />'),
    /^theme\/pages\/contact\.mdx:7 theme-page-component: This page uses <Map>/,
  ),
  error(
    'a layout that does not exist',
    mdx('Words.', 'title: Contact\nlayout: ../layouts/Wide.astro\n'),
    /^theme\/pages\/contact\.mdx:3 theme-broken: .*"\.\.\/layouts\/Wide\.astro"/,
  ),
  error(
    'a picture that does not exist',
    mdx('![The quay](./quay.png)'),
    /^theme\/pages\/contact\.mdx:5 theme-file-missing: .*"\.\/quay\.png" \(theme\/pages\/quay\.png\)/,
  ),
  error(
    'a picture that is not in public/',
    mdx('![The quay](/pictures/quay.png)'),
    /^theme\/pages\/contact\.mdx:5 theme-file-missing: .*\(public\/pictures\/quay\.png\)/,
  ),
  error(
    'a link to a story that does not exist',
    mdx('See [this](story:2025/02/harbor).'),
    /^theme\/pages\/contact\.mdx:5 story-link-dead: .*2025\/02\/harbor/,
  ),
  // Front matter.
  error(
    'no front matter',
    { 'theme/pages/contact.mdx': '# Contact\n\nWords.\n' },
    /^theme\/pages\/contact\.mdx:1 front-matter-missing: /,
  ),
  error(
    'no headline',
    mdx('Words.', 'standfirst: How to reach us.\n'),
    /^theme\/pages\/contact\.mdx:1 missing-key: .*headline/,
  ),
  error(
    'a key that does not exist',
    mdx('Words.', 'title: Contact\nstandfrist: How to reach us.\n'),
    /^theme\/pages\/contact\.mdx:3 unknown-key: .*standfrist/,
  ),
  error(
    'a value that is no text',
    mdx('Words.', 'title: [Contact]\n'),
    /^theme\/pages\/contact\.mdx:2 wrong-value: .*title/,
  ),
  error(
    'a section that does not exist',
    mdx('Words.', 'title: Contact\nsection: wrold\n'),
    /^theme\/pages\/contact\.mdx:3 unknown-section: .*"wrold"/,
  ),
  error(
    'front matter that is no YAML',
    mdx('Words.', 'title: "Contact\n'),
    /^theme\/pages\/contact\.mdx:\d yaml-broken: /,
  ),
  // Scripts.
  error(
    'client:load in MDX',
    mdx("import { Paid } from 'broadsheet/theme';\n\n<Paid client:load />"),
    /^theme\/pages\/contact\.mdx:7 theme-script: This is a script: {2}client:load /,
  ),
  error(
    'client:visible in .astro',
    {
      'theme/pages/map.astro':
        '---\nimport { Page, Paid } from \'broadsheet/theme\';\n---\n<Page title="Map"><Paid client:visible /></Page>\n',
    },
    /^theme\/pages\/map\.astro:4 theme-script: .*client:visible/,
  ),
  error(
    'server:defer in .astro',
    {
      'theme/pages/map.astro':
        '---\nimport { Page, Paid } from \'broadsheet/theme\';\n---\n<Page title="Map"><Paid server:defer /></Page>\n',
    },
    /^theme\/pages\/map\.astro:4 theme-script: .*server:defer/,
  ),
  error(
    'a script in .astro',
    astro('<script>start()</script>'),
    /^theme\/pages\/map\.astro:5 theme-script: .*<script>/,
  ),
  error(
    'a script of another file',
    astro('{1 > 0 && <script is:inline src="/map.js"></script>}'),
    /^theme\/pages\/map\.astro:5 theme-script: .*<script>/,
  ),
  error('a script in MDX', mdx('<script>start()</script>'), /^theme\/pages\/contact\.mdx:5 theme-script: .*<script>/),
  error(
    'an event handler',
    mdx('Words.\n\n<button onclick="call()">Call</button>'),
    /^theme\/pages\/contact\.mdx:7 theme-script: .*onclick/,
  ),
  // Names.
  error(
    'a name with brackets',
    { 'theme/pages/team/[name].astro': '<p>x</p>\n' },
    /^theme\/pages\/team\/\[name\]\.astro:1 theme-page-dynamic: .*\[name\]\.astro/,
  ),
  error(
    'a name with three dots',
    { 'theme/pages/[...rest].mdx': '---\ntitle: Rest\n---\n' },
    /^theme\/pages\/\[\.\.\.rest\]\.mdx:1 theme-page-dynamic: /,
  ),
  ...['index', 'story', 'section', '404', 'Search', 'alias'].map((name) =>
    error(
      `the name of the built-in page ${name}`,
      { [`theme/pages/${name}.mdx`]: '---\ntitle: Ours\n---\n' },
      new RegExp(`^theme\\/pages\\/${name}\\.mdx:1 theme-page-built-in: .*"${name}"`),
    ),
  ),
  ...['topics/housing', 'authors/ann', 'series/quay', '2026/review', 'assets/map', 'search/help', 'functions/x'].map(
    (name) =>
      error(
        `the address of the site itself, ${name}`,
        { [`theme/pages/${name}.mdx`]: '---\ntitle: Ours\n---\n' },
        new RegExp(`^theme\\/pages\\/${name}\\.mdx:1 address-taken: .*reserved`),
      ),
  ),
  error(
    'the address of a section',
    { 'theme/pages/world.mdx': '---\ntitle: Ours\n---\n' },
    /^theme\/pages\/world\.mdx:1 address-taken: .*content\/site\.yaml/,
  ),
  error(
    'two pages of one name',
    { ...mdx('Words.'), 'theme/pages/contact.astro': '<p>x</p>\n' },
    /^theme\/pages\/contact\.mdx:1 page-twice: .*theme\/pages\/contact\.astro/,
  ),
  // What is only ignored.
  warning(
    'an inline style in MDX',
    { 'theme/pages/a.mdx': '---\ntitle: A\n---\n\n<p style="color: teal">Words</p>\n' },
    /^theme\/pages\/a\.mdx:5 theme-blocked: .*style=/,
  ),
  warning(
    'a <style> in MDX',
    { 'theme/pages/b.mdx': '---\ntitle: B\n---\n\n<style>{`p { color: teal }`}</style>\n' },
    /^theme\/pages\/b\.mdx:5 theme-blocked: .*<style>/,
  ),
  warning(
    'an inline style in .astro',
    {
      'theme/pages/c.astro':
        "---\nimport { Page } from 'broadsheet/theme';\n---\n<Page title=\"C\">\n<p style={{ color: 'teal' }}>Words</p></Page>\n",
    },
    /^theme\/pages\/c\.astro:5 theme-blocked: .*style=/,
  ),
  warning(
    'a script in a component',
    { 'theme/components/Chart.astro': '<p>x</p>\n<script>draw()</script>\n' },
    /^theme\/components\/Chart\.astro:2 theme-blocked: .*<script>/,
  ),
  warning(
    'a frame of another site',
    { 'theme/pages/d.mdx': '---\ntitle: D\n---\n\n<iframe src="https://maps.example/" title="Map" />\n' },
    /^theme\/pages\/d\.mdx:5 theme-elsewhere: .*maps\.example/,
  ),
  warning(
    'a picture of another site',
    { 'theme/pages/e.mdx': '---\ntitle: E\n---\n\n![Map](https://maps.example/a.png)\n' },
    /^theme\/pages\/e\.mdx:5 theme-elsewhere: .*maps\.example/,
  ),
  warning(
    'a dead link in MDX',
    { 'theme/pages/f.mdx': '---\ntitle: F\n---\n\nSee [this](/nowhere/).\n' },
    /^theme\/pages\/f\.mdx:5 link-dead: .*"\/nowhere\/"/,
  ),
  warning('a page in plain Markdown', { 'theme/pages/g.md': '# G\n' }, /^theme\/pages\/g\.md:1 theme-unused: /),
  warning('a page in plain HTML', { 'theme/pages/h.html': '<h1>H</h1>\n' }, /^theme\/pages\/h\.html:1 theme-unused: /),
  warning(
    'an endpoint',
    { 'theme/pages/i.json.ts': "export const GET = () => new Response('{}');\n" },
    /^theme\/pages\/i\.json\.ts:1 theme-unused: /,
  ),
  warning(
    'a page beside the folder of pages',
    { 'theme/contact.mdx': '---\ntitle: Contact\n---\n' },
    /^theme\/contact\.mdx:1 theme-unused: /,
  ),
];
