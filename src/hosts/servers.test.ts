import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Redirect } from '../site/hosting.ts';
import { siteSchema } from '../site/site.ts';
import { type HostFacts, hostModel } from './model.ts';
import { type Running, servers, start, whyNotRun } from './servers.fixture.ts';

/* What our configuration promises, asked of real servers over HTTP. */

const page = (words: string) =>
  `<!doctype html><html lang="en"><title>${words}</title>${words} ${'x'.repeat(400)}</html>`;

/** Files of a site, by their paths. */
const files: Record<string, string> = {
  'index.html': page('The front'),
  '404.html': page('Nothing here'),
  'feed.xml': '<rss version="2.0"/>',
  'world/feed.xml': '<rss version="2.0"/>',
  'world/index.html': page('World'),
  'search/index.html': page('Search'),
  'search/help/index.html': page('Help'),
  'sitemap.xml': '<urlset/>',
  'robots.txt': 'User-agent: *\n',
  'site.webmanifest': '{}',
  '2026/11/harbour-opens/index.html': page('Harbour opens'),
  '2026/11/wrong/index.html': page('This story was withdrawn'),
  '2026/11/старая-гавань/index.html': page('Стара гавань'),
  '2026/11/港口/index.html': page('港口'),
  'old/path/index.html': page('moved'),
  'old.html': page('moved'),
  'blog/kept/index.html': page('Kept'),
  'games/index.html': page('A game of our own'),
  'assets/Story.Kq7lKPNf.css': 'body{color:red}'.repeat(50),
  'pagefind/2025/en/fragment/en_1a2b3c4.pf_fragment': 'packed',
  'pagefind/2025/en/pagefind-entry.json': '{}',
  'assets/newsreader.yGD5PQeA.woff2': 'font',
  'assets/mark.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'assets/own.homepage.css': 'body{}',
  'assets/pictures/abc-640.avif': 'picture',
  _headers: '/*',
  _redirects: '/a /b',
  'vercel.json': '{}',
  '.broadsheet': 'ours',
  '.git/config': 'secret',
  '.well-known/security.txt': 'Contact: mailto:a@b.example\n',
};

const redirects: Redirect[] = [
  { from: '/old/path/', to: '/2026/11/harbour-opens/', status: 301, hasPage: true },
  { from: '/old.html', to: '/2026/11/harbour-opens/', status: 301, hasPage: true },
  { from: '/2026/11/Harbour-Opens/', to: '/2026/11/harbour-opens/', status: 301 },
  { from: '/2026/11/HARBOUR-OPENS/', to: '/2026/11/harbour-opens/', status: 301 },
  { from: '/Mixed/', to: '/world/', status: 301 },
  { from: '/mixed/', to: '/2026/11/港口/', status: 301 },
  { from: '/x.php', query: 'id=4', to: '/2026/11/港口/', status: 301 },
  { from: '/x.php', query: 'id=5&lang=en', to: '/world/', status: 301 },
  { from: '/', query: 'p=7', to: '/2026/11/harbour-opens/', status: 301 },
  { from: '/архів/гавань/', to: '/2026/11/старая-гавань/', status: 301 },
  { from: '/world/index.htm', to: '/world/', status: 301 },
  { from: '/cgi-bin/story.pl', query: 'n=é', to: '/world/', status: 301 },
  { from: '/rss.xml', to: '/feed.xml', status: 301 },
  { from: '/soon/', to: '/world/', status: 302 },
  { from: '/soon.php', query: 'a=1', to: '/world/', status: 302 },
  { from: '/shop/', to: 'https://shop.example/a?b=c&d=%20x', status: 301 },
  { from: '/blog/', isFolder: true, keepsRest: true, to: '/opinion/', status: 301, isOverPages: true },
  { from: '/forum/', isFolder: true, to: '/world/', status: 302 },
  { from: '/we (old)/', isFolder: true, keepsRest: true, to: 'https://archive.example/x/', status: 301 },
];

const facts: HostFacts = {
  ownFiles: ['/games/index.html', '/assets/own.homepage.css', '/site.webmanifest'],
  hasThemePages: false,
  years: ['2026'],
  pages: [],
  withdrawn: ['/2026/11/wrong/'],
  headers: { 'Reporting-Endpoints': 'csp="https://x.example/csp", b="{a}%5"', 'Permissions-Policy': false },
};

const encoded = (path: string) => encodeURI(path);

describe.each(['', '/paper', '/zeitung-für-ü'])('below %j', (basePath) => {
  const base = encodeURI(basePath);
  const site = siteSchema.parse({
    name: 'The Post',
    url: `https://x.example${base}/`,
    sections: [{ id: 'world', title: 'World' }],
    tips: { title: 'Tips', text: 'Tell us.', button: 'Send', action: 'https://forms.example/tips' },
  });
  const model = hostModel(site, facts, redirects);

  describe.each(servers)('%s', (server) => {
    const reason = whyNotRun(server);
    if (reason !== undefined) {
      test('is installed', ({ skip }) => skip(reason));
      return;
    }
    let running: Running;
    const root = mkdtempSync(join(tmpdir(), 'host-site-'));
    beforeAll(async () => {
      for (const [file, text] of Object.entries(files)) {
        const place = join(root, basePath, file);
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, text);
        if (/\.(?:html|css|xml)$/.test(file)) {
          writeFileSync(`${place}.br`, brotliCompressSync(text));
          writeFileSync(`${place}.gz`, gzipSync(text));
        }
      }
      running = await start(server, model, root);
    }, 60_000);
    afterAll(async () => {
      await running?.stop();
      rmSync(root, { recursive: true, force: true });
    });
    const ask = (path: string, headers?: Record<string, string>, method?: string) =>
      running.ask(base + path, headers, method);
    const leads = async (path: string) => {
      const { status, headers } = await ask(path);
      const location = headers.location?.replace(/^http:\/\/127\.0\.0\.1:\d+/, '');
      // Apache writes the digits of an encoded character in lower case, which means the same.
      return `${status} ${location?.replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase())}`;
    };

    test('a page: its headers, its type, and no more than a minute in caches', async () => {
      for (const path of [
        '/',
        '/2026/11/harbour-opens/',
        encoded('/2026/11/старая-гавань/'),
        encoded('/2026/11/港口/'),
      ]) {
        const { status, headers, body } = await ask(path);
        expect([path, status]).toEqual([path, 200]);
        expect(body.toString()).toContain('<!doctype html>');
        expect(headers['content-type']).toMatch(/^text\/html; ?charset=utf-8$/i);
        expect(headers['content-security-policy']).toBe(model.policy);
        expect(headers['cache-control']).toBe('public, max-age=60, must-revalidate');
        expect(headers['x-content-type-options']).toBe('nosniff');
        expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
        expect(headers['cross-origin-opener-policy']).toBe('same-origin');
        expect(headers['strict-transport-security']).toBe('max-age=31536000');
        expect(headers['permissions-policy']).toBeUndefined();
        expect(headers['reporting-endpoints']).toBe('csp="https://x.example/csp", b="{a}%5"');
        expect(headers.etag).toBeTruthy();
      }
    });

    test('304 for what a browser has, with the same lifetime', async () => {
      const { headers } = await ask('/2026/11/harbour-opens/');
      const again = await ask('/2026/11/harbour-opens/', { 'if-none-match': headers.etag! });
      expect(again.status).toBe(304);
      expect(again.body.length).toBe(0);
      expect(again.headers['cache-control']).toBe('public, max-age=60, must-revalidate');
      const other = await ask('/2026/11/harbour-opens/', { 'if-none-match': '"other"' });
      expect(other.status).toBe(200);
    });

    test('a range of a file', async () => {
      const { status, headers, body } = await ask('/assets/Story.Kq7lKPNf.css', { range: 'bytes=5-9' });
      expect([status, body.toString(), headers['content-range']]).toEqual([206, 'color', 'bytes 5-9/750']);
    });

    test('HEAD is GET without a body', async () => {
      const { status, headers, body } = await ask('/', {}, 'HEAD');
      expect([status, body.length, headers['content-security-policy']]).toEqual([200, 0, model.policy]);
    });

    test('types, and how long each kind of file may stay in caches', async () => {
      const immutable = 'public, max-age=31536000, immutable';
      const brief = 'public, max-age=60, must-revalidate';
      for (const [path, type, cache] of [
        ['/feed.xml', /^application\/rss\+xml; ?charset=utf-8$/i, brief],
        ['/world/feed.xml', /^application\/rss\+xml; ?charset=utf-8$/i, brief],
        ['/sitemap.xml', /^(?:text|application)\/xml/, brief],
        ['/robots.txt', /^text\/plain; ?charset=utf-8$/i, brief],
        ['/site.webmanifest', /^application\/manifest\+json/, brief],
        ['/assets/Story.Kq7lKPNf.css', /^text\/css; ?charset=utf-8$/i, immutable],
        ['/assets/newsreader.yGD5PQeA.woff2', /^font\/woff2$/, immutable],
        ['/assets/pictures/abc-640.avif', /^image\/avif$/, immutable],
        ['/pagefind/2025/en/fragment/en_1a2b3c4.pf_fragment', undefined, immutable],
        ['/pagefind/2025/en/pagefind-entry.json', /^application\/json/, brief],
        ['/assets/mark.svg', /^image\/svg\+xml/, brief],
        ['/assets/own.homepage.css', /^text\/css/, brief],
      ] as const) {
        const { status, headers } = await ask(path);
        expect([path, status, headers['cache-control']]).toEqual([path, 200, cache]);
        if (type) expect(headers['content-type'], path).toMatch(type);
        expect(headers['x-content-type-options'], path).toBe('nosniff');
      }
    });

    test('a document of the newsroom in public/ does not get the policy of our pages', async () => {
      for (const path of ['/games/', '/games/index.html']) {
        const { status, headers } = await ask(path);
        if (status !== 200) continue; // Caddy has only one address for a page
        expect([path, headers['content-security-policy']]).toEqual([path, undefined]);
        expect(headers['x-content-type-options']).toBe('nosniff');
      }
    });

    test('404 with our page, for every path that is not there', async () => {
      for (const path of [
        '/nothing/',
        '/nothing',
        '/2026/11/nothing/',
        encoded('/нема/'),
        '/world/x.xml',
        '/a%0Ab/',
        '/%22%27$%7B%7D',
      ]) {
        const { status, headers, body } = await ask(path);
        expect([path, status]).toEqual([path, 404]);
        expect(body.toString(), path).toContain('Nothing here');
        expect(headers['content-security-policy'], path).toBe(model.policy);
        expect(headers['cache-control'], path).toBeUndefined();
      }
    });

    test('the search page alone has the policy that allows a program', async () => {
      expect(model.searchPolicy).toContain("'wasm-unsafe-eval'");
      expect(model.policy).not.toContain('wasm-unsafe-eval');
      for (const path of ['/search/', '/search/index.html', '/search/?q=ferry&sort=date']) {
        const { headers } = await ask(path);
        expect(headers['content-security-policy'], path).toBe(model.searchPolicy);
      }
      const packed = await ask('/search/', { 'accept-encoding': 'br, gzip' });
      expect(packed.headers['content-security-policy']).toBe(model.searchPolicy);
      const { headers } = await ask('/search/help/');
      expect(headers['content-security-policy']).toBe(model.policy);
    });

    test('410 for a withdrawn story, with the page that says so', async () => {
      const { status, headers, body } = await ask('/2026/11/wrong/');
      expect(status).toBe(410);
      expect(body.toString()).toContain('This story was withdrawn');
      expect(headers['content-security-policy']).toBe(model.policy);
      expect(headers['content-type']).toMatch(/^text\/html/);
      const missing = await ask('/2026/11/wrong-too/');
      expect(missing.status).toBe(404);
    });

    test.each([
      ['/old/path/', '301 BASE/2026/11/harbour-opens/'],
      ['/old/path', '301 BASE/2026/11/harbour-opens/'],
      ['/old/path/?utm_source=x&a=%20b', '301 BASE/2026/11/harbour-opens/?utm_source=x&a=%20b'],
      ['/old.html', '301 BASE/2026/11/harbour-opens/'],
      ['/2026/11/Harbour-Opens/', '301 BASE/2026/11/harbour-opens/'],
      ['/2026/11/HARBOUR-OPENS', '301 BASE/2026/11/harbour-opens/'],
      ['/Mixed/', '301 BASE/world/'],
      ['/mixed/', `301 BASE${encoded('/2026/11/港口/')}`],
      ['/x.php?id=4', `301 BASE${encoded('/2026/11/港口/')}`],
      ['/x.php?id=5&lang=en', '301 BASE/world/'],
      ['/?p=7', '301 BASE/2026/11/harbour-opens/'],
      [encoded('/архів/гавань/'), `301 BASE${encoded('/2026/11/старая-гавань/')}`],
      ['/cgi-bin/story.pl?n=%C3%A9', '301 BASE/world/'],
      ['/rss.xml', '301 BASE/feed.xml'],
      ['/soon/', '302 BASE/world/'],
      ['/soon/?a=1', '302 BASE/world/?a=1'],
      ['/soon.php?a=1', '302 BASE/world/'],
      ['/shop/', '301 https://shop.example/a?b=c&d=%20x'],
      ['/blog/2014/x/', '301 BASE/opinion/2014/x/'],
      ['/blog/2014/x/?a=b', '301 BASE/opinion/2014/x/?a=b'],
      ['/blog/%C3%A9%20x/', '301 BASE/opinion/%C3%A9%20x/'],
      ['/forum/a/b', '302 BASE/world/'],
      ['/forum/a/b?c=d', '302 BASE/world/?c=d'],
      ['/we%20(old)/a/b', '301 https://archive.example/x/a/b'],
    ])('%s leads to %s', async (path, expected) => expect(await leads(path)).toBe(expected.replace('BASE', base)));

    test('no address of a request can add a header to a response', async () => {
      for (const path of [
        '/blog/a%0d%0aSet-Cookie:x=1/',
        '/forum/a%0d%0aSet-Cookie:x=1',
        '/old/path/?a%0d%0aSet-Cookie:x=1',
        '/x.php?id=4%0d%0aSet-Cookie:x=1',
        '/%0d%0aSet-Cookie:x=1',
        '/%09/old/path%09=https:%2f%2fevil.example',
        '/a%09%09/x%09301=https:%2f%2fevil.example',
      ]) {
        const { headers } = await ask(path);
        expect([path, headers['set-cookie']]).toEqual([path, undefined]);
        expect(headers.location ?? '', path).not.toContain('evil');
      }
    });

    test('what only looks like an old address is not redirected', async () => {
      for (const [path, status] of [
        ['/2026/11/harbour-opens/', 200],
        ['/x.php', 404],
        ['/x.php?id=6', 404],
        ['/x.php?id=44', 404],
        ['/xAphp?id=4', 404],
        ['/?p=8', 200],
        ['/oldAhtml', 404],
        ['/MIXED/', 404],
        ['/blog/kept/', 200],
      ] as const)
        expect([path, (await ask(path)).status]).toEqual([path, status]);
    });

    test('a page without its final slash leads to the one with it', async () => {
      const { status, headers } = await ask('/world');
      expect([301, 308]).toContain(status);
      expect(decodeURI(headers.location ?? '')).toMatch(new RegExp(`${basePath}/world/$`));
    });

    test('compressed files are sent to browsers that can read them, and to no others', async () => {
      for (const path of ['/', '/2026/11/harbour-opens/', '/assets/Story.Kq7lKPNf.css', '/feed.xml']) {
        const plain = await ask(path);
        const br = await ask(path, { 'accept-encoding': 'br, gzip' });
        const gzip = await ask(path, { 'accept-encoding': 'gzip' });
        const text = files[path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1)]!;
        expect([path, plain.headers['content-encoding'], plain.body.toString()]).toEqual([path, undefined, text]);
        expect([path, br.headers['content-encoding']]).toEqual([path, 'br']);
        expect(br.body.equals(brotliCompressSync(text)), path).toBe(true);
        expect([path, gzip.headers['content-encoding']]).toEqual([path, 'gzip']);
        expect(gzip.body.equals(gzipSync(text)), path).toBe(true);
        for (const { headers } of [br, gzip]) {
          expect(headers['content-type'], path).toBe(plain.headers['content-type']);
          expect(headers['content-security-policy'], path).toBe(plain.headers['content-security-policy']);
          expect(headers['cache-control'], path).toBe(plain.headers['cache-control']);
          expect(headers.vary?.toLowerCase(), path).toContain('accept-encoding');
        }
      }
      const gone = await ask('/2026/11/wrong/', { 'accept-encoding': 'gzip' });
      expect(gone.status).toBe(410);
    });

    test('files that are not for readers are not there', async () => {
      for (const path of ['/_headers', '/_redirects', '/vercel.json', '/.broadsheet', '/.git/config', '/.htaccess'])
        expect([path, (await ask(path)).body.toString().includes(files[path.slice(1)] ?? 'RewriteRule')]).toEqual([
          path,
          false,
        ]);
      expect((await ask('/.well-known/security.txt')).status).toBe(200);
    });
  });
});
