import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import type { Problem } from '../problems/problem.ts';
import { siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';
import { themeProblems } from './theme-check.ts';

// `theme/head.html` and `theme/foot.html`, and what the policy allows for them.

const made: string[] = [];
afterAll(() => {
  for (const site of made) rmSync(site, { recursive: true, force: true });
});
const newsroom = (files: Record<string, string>) => {
  const one = smallNewsroom({ 'content/stories/2025/02/harbour.md': story({ aliases: ['/old/'] }), ...files });
  made.push(one.site);
  return one;
};
const lines = (problems: Problem[]) =>
  problems.map(({ file, line, rule, message, hint }) => `${file}:${line} ${rule}: ${message} ${hint}`);
const problemsOf = async (files: Record<string, string>) => lines(await themeProblems(newsroom(files).site));
const digest = (text: string) => `'sha256-${hash('sha256', text, 'base64')}'`;
const policyOf = (html: string) => /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

const script = '\n  document.documentElement.dataset.seen = "é & <b>";\n';
const style = '\n  .notice { color: teal }\n';
const head = `<meta name="google-site-verification" content="abc">\r\n<style>${style.replaceAll('\n', '\r\n')}</style>\r\n`;
const foot = `<aside class="notice"><p>Members meet on Friday.</aside>\n<script>${script}</script>\n<script src="/own.js" defer></script>\n`;

test('both are at the end of the head and the body of every page, and their scripts and styles are in the policies', async () => {
  const room = newsroom({ 'public/own.js': '1;' });
  await room.press();
  const before = room.dist();
  for (const [name, text] of before) if (name.endsWith('.html')) expect(text).not.toContain('notice');

  room.put('theme/head.html', `\uFEFF${head}`);
  room.put('theme/foot.html', foot);
  const report = await room.press();
  expect(report.warnings).toEqual([]);
  const pages = [...room.dist()].filter(([name]) => name.endsWith('.html'));
  expect(report.changed.filter((name) => name.endsWith('.html')).length).toBe(pages.length - 1);
  for (const [name, latin] of pages) {
    const text = Buffer.from(latin, 'latin1').toString();
    if (name === 'old/index.html') {
      expect(text, name).toBe(Buffer.from(before.get(name)!, 'latin1').toString());
      continue;
    }
    expect(text, name).toMatch(new RegExp(`<style>${style}</style>(?:<link rel="stylesheet"[^>]*>)*</head>`));
    expect(text, name).toContain('<script src="/own.js" defer></script> </body>');
    const policy = policyOf(text);
    expect(policy.split('; ').find((one) => one.startsWith('script-src'))).toContain(digest(script));
    expect(policy.split('; ').find((one) => one.startsWith('script-src'))).toContain("'self'");
    expect(policy.split('; ').find((one) => one.startsWith('style-src'))).toBe(`style-src 'self' ${digest(style)}`);
  }
  const sent = /Content-Security-Policy: (.*)/.exec(room.dist().get('_headers')!)?.[1] ?? '';
  expect(sent).toContain(digest(script));
  expect(sent).toContain(digest(style));

  room.remove('theme/head.html');
  room.remove('theme/foot.html');
  await room.press();
  const after = room.dist();
  for (const [name, text] of before) if (/\.html$|_headers$/.test(name)) expect(after.get(name), name).toBe(text);
}, 120_000);

describe('what a theme wants and site.yaml does not allow is a warning, with the line to add', () => {
  const wants: [name: string, file: string, text: string, purpose: string, host?: string][] = [
    ['a script', 'theme/foot.html', '<script src="https://stats.example/x.js" defer></script>\n', 'script'],
    ['a script without a scheme', 'theme/head.html', '<script src="//stats.example/x.js"></script>\n', 'script'],
    [
      'a module',
      'theme/foot.html',
      '<script type="module">\nimport x from "https://stats.example/x.js";\n</script>\n',
      'script',
    ],
    [
      'a request',
      'theme/foot.html',
      '<script>\nfetch("https://stats.example/count", { method: "POST" });\n</script>\n',
      'connect',
    ],
    [
      'a beacon',
      'theme/foot.html',
      '<script>\nnavigator.sendBeacon(`https://stats.example/count`);\n</script>\n',
      'connect',
    ],
    [
      'a web socket',
      'theme/foot.html',
      '<script>\nnew WebSocket("wss://stats.example/");\n</script>\n',
      'connect',
      'wss://stats.example',
    ],
    ['a picture', 'theme/foot.html', '<img src="https://stats.example/x.png" alt="">\n', 'img'],
    [
      'a picture in several sizes',
      'theme/foot.html',
      '<img src="/own.png" srcset="/own.png 1x, https://stats.example/x.png 2x" alt="">\n',
      'img',
    ],
    ['a style sheet', 'theme/head.html', '<link rel="stylesheet" href="https://stats.example/x.css">\n', 'style'],
    [
      'a font',
      'theme/head.html',
      '<link rel="preload" as="font" href="https://stats.example/x.woff2" crossorigin>\n',
      'font',
    ],
    ['a frame', 'theme/foot.html', '<iframe src="https://stats.example/x" title="A"></iframe>\n', 'frame'],
    ['a video', 'theme/foot.html', '<video src="https://stats.example/x.mp4"></video>\n', 'media'],
    ['a form', 'theme/foot.html', '<form action="https://stats.example/x"><button>Go</button></form>\n', 'form'],
    [
      'a frame of a component',
      'theme/components/Map.astro',
      '<iframe src="https://stats.example/x" title="A"></iframe>\n',
      'frame',
    ],
    [
      'a script of a component',
      'theme/components/Map.astro',
      '<script is:inline src="https://stats.example/x.js" />\n',
      'script',
    ],
    [
      'a form of a component',
      'theme/components/Map.astro',
      '<form action="https://stats.example/x"><button>Go</button></form>\n',
      'form',
    ],
    [
      'a font of a style sheet',
      'theme/a.css',
      '@font-face { font-family: X; src: url("https://stats.example/x.woff2"); }\n',
      'font',
    ],
    ['a picture of a style sheet', 'theme/a.css', 'body { background: url("https://stats.example/x.png"); }\n', 'img'],
    ['a style sheet of a style sheet', 'theme/a.css', '@import url("https://stats.example/x.css");\n', 'style'],
    [
      'a style in the head',
      'theme/head.html',
      '<style>\nbody { background: url("https://stats.example/x.png") }\n</style>\n',
      'img',
    ],
  ];
  const own = { 'public/own.png': 'x' };

  test.each(wants)('%s', async (_, file, text, purpose, host = 'stats.example') => {
    const found = await problemsOf({ [file]: text, ...own });
    expect(found).toHaveLength(1);
    const line = text.slice(0, text.indexOf('stats.example')).split('\n').length;
    expect(found[0]).toMatch(`${file}:${line} theme-elsewhere: `);
    expect(found[0]).toContain(`add this line to content/site.yaml:  allow: { ${purpose}: [${host}] } .`);
    // The line does what the message says.
    const allowed = { 'content/site.yaml': `${siteYaml}allow: { ${purpose}: ["${host}"] }\n` };
    expect(await problemsOf({ [file]: text, ...own, ...allowed })).toEqual([]);
    const other = { 'content/site.yaml': `${siteYaml}allow: { ${purpose}: [other.example] }\n` };
    expect((await problemsOf({ [file]: text, ...own, ...other }))[0]).toContain(
      `add  - ${host}  to  allow: ${purpose}  in content/site.yaml.`,
    );
  });

  test.each([
    [
      'theme/pages/contact.mdx',
      '---\ntitle: Contact\n---\n\n<iframe src="https://maps.example/x" title="A"></iframe>\n',
      'frame',
    ],
    ['theme/pages/contact.mdx', '---\ntitle: Contact\n---\n\n![A map](https://maps.example/x.png)\n', 'img'],
    [
      'theme/pages/contact.astro',
      "---\nimport { Page } from 'broadsheet/theme';\n---\n<Page title='A'><iframe src='https://maps.example/x' title='A'></iframe></Page>\n",
      'frame',
    ],
  ])('a page of the theme is named in the line: %s', async (file, text, purpose) => {
    const entry = '{ host: maps.example, on: [/contact/] }';
    expect((await problemsOf({ [file]: text }))[0]).toContain(`allow: { ${purpose}: [${entry}] }`);
    const allowed = { 'content/site.yaml': `${siteYaml}allow: { ${purpose}: [${entry}] }\n` };
    expect(await problemsOf({ [file]: text, ...allowed })).toEqual([]);
    const elsewhere = {
      'content/site.yaml': `${siteYaml}allow: { ${purpose}: [{ host: maps.example, on: [story] }] }\n`,
    };
    expect((await problemsOf({ [file]: text, ...elsewhere }))[0]).toContain(
      'write  - { host: maps.example, on: [story, /contact/] }  for this host',
    );
  });

  test('what is on every page must be allowed on every page', async () => {
    const text = '<script src="https://stats.example/x.js"></script>\n';
    const files = { 'content/site.yaml': `${siteYaml}allow: { script: [{ host: stats.example, on: [story] }] }\n` };
    expect((await problemsOf({ 'theme/foot.html': text, ...files }))[0]).toMatch(
      /does not allow on every page that has this.*write only {2}- stats\.example {2}for this host/,
    );
  });

  test('a form of the theme can be sent from every page if its host is allowed, and not otherwise', async () => {
    const form = '<form action="https://letters.example/join"><button>Join</button></form>\n';
    const room = newsroom({ 'theme/foot.html': form });
    expect((await room.press()).warnings.map(({ rule }) => rule)).toEqual(['theme-elsewhere']);
    expect(policyOf(room.dist().get('world/index.html')!)).toContain("form-action 'none'");
    room.put('content/site.yaml', `${siteYaml}allow: { form: ["*.example"] }\n`);
    expect((await room.press()).warnings).toEqual([]);
    for (const page of ['index.html', 'world/index.html', '2025/02/harbour/index.html'])
      expect(policyOf(room.dist().get(page)!)).toContain("form-action 'self' https://letters.example");
    expect(room.dist().get('_headers')).toContain("form-action 'self' https://letters.example");
    room.put('theme/foot.html', '<form action="/find"><button>Find</button></form>\n');
    expect((await room.press()).warnings).toEqual([]);
    expect(policyOf(room.dist().get('world/index.html')!)).toContain("form-action 'self' https://post.example");
  }, 120_000);

  test('a host that is no longer allowed is reported by the next build, although the templates are the same', async () => {
    const file = { 'theme/foot.html': '<script src="https://stats.example/x.js"></script>\n' };
    const allow = `${siteYaml}allow: { script: [stats.example] }\n`;
    const room = newsroom({ ...file, 'content/site.yaml': allow });
    expect((await room.press()).warnings).toEqual([]);
    expect(policyOf(room.dist().get('index.html')!)).toMatch(/script-src [^;]* https:\/\/stats\.example;/);
    room.put('content/site.yaml', siteYaml);
    expect((await room.press()).warnings.map(({ rule }) => rule)).toEqual(['theme-elsewhere']);
    expect(policyOf(room.dist().get('index.html')!)).not.toContain('stats.example');
  }, 120_000);

  test.each([
    ['a link', '<a href="https://stats.example/">Us</a>\n'],
    ['a complete address of this site', '<img src="https://post.example/own.png" alt="">\n'],
    ['a comment', '<!-- <script src="https://stats.example/x.js"></script> -->\n'],
    [
      'an address in the words of a script',
      '<script>\nconst about = "https://stats.example/";\n/* fetch("https://stats.example/") */\n</script>\n',
    ],
  ])('canary: %s is not', async (_, text) => expect(await problemsOf({ 'theme/foot.html': text, ...own })).toEqual([]));
});

describe('a mistake in the HTML is an error at its line', () => {
  const foots: [text: string, says: RegExp][] = [
    ['<div>\n<p>A</p>\n', /foot\.html:1 theme-html: <div> is never closed/],
    ['<p>A</p>\n</div>\n', /foot\.html:2 theme-html: <\/div> does not close anything/],
    ['<div><span>A</div>\n', /foot\.html:1 theme-html: <span> is never closed/],
    ['<p class="a>A</p>\n', /foot\.html:\d theme-html: This is not valid HTML/],
    ['<p class="a"id="b">A</p>\n', /foot\.html:1 theme-html: This is not valid HTML: .*missing whitespace/],
    ['<p id="a" id="b">A</p>\n', /foot\.html:1 theme-html: .*duplicate attribute/],
    ['<!-- never\n<p>A</p>\n', /foot\.html:\d theme-html: .*comment/],
    ['\n<script>\nconst a = 1;\n', /foot\.html:2 theme-html: <script> is never closed/],
    ['<div/>\n', /foot\.html:1 theme-html: <div\/> does not close <div>/],
    ['<html><body><p>A</p></body></html>\n', /foot\.html:1 theme-html: Every page already has <html>/],
    ['<!doctype html>\n', /foot\.html:1 theme-html: A page has only one document type/],
    ['<main>A</main>\n', /foot\.html:1 theme-html: Every page already has <main>/],
    ['<style>p{}</style>\n', /foot\.html:1 theme-html: .*head\.html/],
    ['<meta name="a" content="b">\n', /foot\.html:1 theme-html: .*head\.html/],
    ['<img src="a.png" alt="">\n', /foot\.html:1 theme-html: "a\.png" is relative.*public\/.*\/a\.png/],
    ['<img src="/none.png" alt="">\n', /foot\.html:1 theme-file-missing: .*public\/none\.png/],
    ['<p onclick="a()">A</p>\n', /foot\.html:1 theme-html-script: .*onclick="a\(\)".*addEventListener/],
    ['<a href="javascript:a()">A</a>\n', /foot\.html:1 theme-html-script: .*javascript:a\(\)/],
    ['<script>\n\ndocument.write("a");\n</script>\n', /foot\.html:3 theme-html-script: document\.write\(\)/],
    ['<script>\nconst a = ;\n</script>\n', /foot\.html:2 theme-html-script: This is not valid JavaScript/],
    [
      '<script type="application/ld+json">\n{ a: 1 }\n</script>\n',
      /foot\.html:1 theme-html-script: This is not valid JSON/,
    ],
    ['<script src="/own.js">a()</script>\n', /foot\.html:1 theme-html-script: .*src=/],
    ['<p style="color:red">A</p>\n', /foot\.html:1 theme-blocked: .*style=/],
    ['<object data="/own.png"></object>\n', /foot\.html:1 theme-blocked: .*<object>/],
    ['<img src="data:image/gif;base64,R0" alt="">\n', /foot\.html:1 theme-blocked: .*data:image/],
    ['<script src="http://stats.example/a.js"></script>\n', /foot\.html:1 theme-elsewhere: .*not encrypted/],
  ];
  const heads: [text: string, says: RegExp][] = [
    ['<p>A</p>\n', /head\.html:1 theme-html: The head of a page cannot contain <p>.*foot\.html/],
    ['Words\n', /head\.html:1 theme-html: The head of a page cannot contain text: "Words"/],
    [
      '<noscript><img src="/own.png" alt=""></noscript>\n',
      /head\.html:1 theme-html: The head of a page cannot contain <img> in <noscript>/,
    ],
    ['\n<meta charset="utf-8">\n', /head\.html:2 theme-html-contradicts: .*UTF-8/],
    [
      '<meta http-equiv="Content-Security-Policy" content="script-src *">\n',
      /head\.html:1 theme-html-contradicts: .*site\.yaml/,
    ],
    ['<meta http-equiv="refresh" content="0; url=/">\n', /head\.html:1 theme-html: .*redirects/],
    ['<meta name="ROBOTS" content="noindex">\n', /head\.html:1 theme-html-contradicts: .*search engines/],
    ['<meta name="viewport" content="width=900">\n', /head\.html:1 theme-html-contradicts: /],
    ['<meta property="og:title" content="A">\n', /head\.html:1 theme-html-contradicts: /],
    ['<link rel="canonical" href="/">\n', /head\.html:1 theme-html-contradicts: /],
    ['<title>A</title>\n', /head\.html:1 theme-html-contradicts: /],
    ['<base href="/">\n', /head\.html:1 theme-html-contradicts: /],
    ['<style>\np { colr: red }\n</style>\n', /head\.html:2 theme-css-unknown: .*colr/],
    ['<style>\np { color: red\n</style>\n', /head\.html:2 theme-css: /],
  ];
  const own = { 'public/own.png': 'x', 'public/own.js': '1;' };

  test.each(foots)('foot: %j', async (text, says) =>
    expect((await problemsOf({ 'theme/foot.html': text, ...own }))[0]).toMatch(says),
  );
  test.each(heads)('head: %j', async (text, says) =>
    expect((await problemsOf({ 'theme/head.html': text, ...own }))[0]).toMatch(says),
  );

  test('an address outside of the path of the site', async () =>
    expect(
      (
        await problemsOf({
          'content/site.yaml': siteYaml.replace('post.example', 'post.example/paper/'),
          'theme/foot.html': '<img src="/own.png" alt="">\n',
          ...own,
        })
      )[0],
    ).toMatch(/foot\.html:1 theme-html: .*Write {2}\/paper\/own\.png/));

  test('a file with another name is not printed, and it is reported', async () => {
    expect(await problemsOf({ 'theme/footer.html': '<p>A</p>\n' })).toEqual([
      'theme/footer.html:1 theme-unused: Nothing uses this file. Rename it to  theme/foot.html .',
    ]);
    expect((await problemsOf({ 'theme/promo.html': '<p>A</p>\n' }))[0]).toContain('Only  theme/head.html');
  });

  test('canary: HTML without a mistake', async () => {
    const fine = `<ul><li>A<li>B</ul>\n<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>\n<table><tr><td>A</table>\n${foot}`;
    expect(await problemsOf({ 'theme/head.html': head, 'theme/foot.html': fine, ...own })).toEqual([]);
  });

  test('a mistake stops the build before anything is written', async () => {
    const room = newsroom({ 'theme/foot.html': '<div>\n' });
    await expect(room.press()).rejects.toMatchObject({ problems: [{ rule: 'theme-html', file: 'theme/foot.html' }] });
  });
});
