import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { filesIn } from '../deploy/small-site.fixture.ts';
import { type SmallNewsroom, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import { call, start } from './command-line.fixture.ts';

let newsroom: SmallNewsroom | undefined;
afterEach(() => {
  if (newsroom) rmSync(newsroom.site, { recursive: true, force: true });
  newsroom = undefined;
});

const file = 'content/stories/2025/02/harbour/index.md';

/** A newsroom with a folder as its target. */
function withTarget(files: Record<string, string> = {}) {
  const made = smallNewsroom({
    [file]: story(),
    'content/deploy.yaml': 'targets:\n  live: { kind: folder, path: www }\n',
    ...files,
  });
  newsroom = made;
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(made.site, path)), { recursive: true });
    writeFileSync(join(made.site, path), text);
  };
  const publish = (...argv: string[]) => call(['publish', '--site', made.site, ...argv]);
  return { site: made.site, www: join(made.site, 'www'), put, publish };
}

test('publish builds the site and sends it, and an edit sends what differs', async () => {
  const { site, www, put, publish } = withTarget();
  expect((await publish()).code).toBe(0);
  const pages = () => [...filesIn(www)].filter(([path]) => path.endsWith('.html'));
  expect(pages()).toEqual([...filesIn(join(site, 'dist'))].filter(([path]) => path.endsWith('.html')));
  put(file, story({ headline: 'Harbour reopens again' }));
  const { code, stdout } = await publish('--json');
  const said = JSON.parse(stdout);
  expect({ code, ok: said.ok }).toEqual({ code: 0, ok: true });
  expect(said.sent).toContain('2025/02/harbour/index.html');
  expect(said.purge).toContain('/2025/02/harbour/');
  expect(said.build.changed).toContain('2025/02/harbour/index.html');
});

test('a mistake in the newsroom, or in deploy.yaml, stops it before anything is written or sent', async () => {
  const { site, www, put, publish } = withTarget({ [file]: '---\nheadline: Only\n---\nWords\n' });
  const refused = await publish();
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('Nothing was sent.');
  expect([existsSync(join(site, 'dist')), existsSync(www)]).toEqual([false, false]);
  put(file, story());
  put('content/deploy.yaml', 'targets:\n  live: { kind: foldre, path: www }\n');
  expect((await publish()).code).toBe(1);
  expect(existsSync(join(site, 'dist'))).toBe(false);
});

test('an editor sees what a copy editor would mark in the stories that changed, once', async () => {
  const { put, publish } = withTarget({
    'content/stories/2025/02/old/index.md': story({ headline: 'Old' }, 'The the quay.'),
  });
  const first = await publish();
  expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('old/index.md')]);
  put(file, story({}, 'The the ferry sailed.'));
  const { code, stdout } = await publish('--json');
  const { warnings } = JSON.parse(stdout);
  expect([code, warnings]).toEqual([0, [expect.objectContaining({ file, rule: 'copy-doubled-word' })]]);
  expect(JSON.parse((await publish('--json')).stdout).warnings).toEqual([]);
});

test('the cache in front of the host is told, and a dry run tells nobody', async () => {
  const { site, put, publish } = withTarget({
    'content/deploy.yaml': `targets:\n  live: { kind: folder, path: www, purge: { kind: command, run: [${JSON.stringify(process.execPath)}, tell.cjs] } }\n`,
    'tell.cjs': `require('node:fs').appendFileSync('told', require('node:fs').readFileSync(0));`,
  });
  const told = () => (existsSync(join(site, 'told')) ? readFileSync(join(site, 'told'), 'utf8') : '');
  await publish('--dry-run');
  expect(told()).toBe('');
  await publish();
  expect(told()).toContain('https://post.example/2025/02/harbour/\n');
  rmSync(join(site, 'told'));
  await publish();
  expect(told()).toBe('');
  put('tell.cjs', 'process.exit(1)');
  put(file, story({ headline: 'Other' }));
  const failed = await publish();
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('the cache in front of it was not told');
});

test('watch publishes at the start, after an edit, and in the second when a story is due; it ends with SIGTERM', {
  timeout: 400_000,
}, async () => {
  const due = new Date(Math.ceil(Date.now() / 1000) * 1000 + 25_000); // a story has no smaller unit than a second
  const { site, www, put } = withTarget({
    'content/stories/2025/02/vote/index.md': story({
      headline: 'The vote',
      published: `${due.toISOString().slice(0, 19)}Z`,
    }),
  });
  expect((await call(['build', '--site', site])).code).toBe(0); // the templates are compiled now
  const tools = join(site, 'tools');
  put(
    'tools/systemd-notify',
    `#!${process.execPath}\nrequire('node:fs').appendFileSync(${JSON.stringify(join(site, 'notified'))}, process.argv.slice(2).join(' ') + '\\n');`,
  );
  chmodSync(join(tools, 'systemd-notify'), 0o755);
  const notified = () => (existsSync(join(site, 'notified')) ? readFileSync(join(site, 'notified'), 'utf8') : '');
  const { child, ended, saidSoFar } = start(['watch', '--site', site], undefined, {
    NOTIFY_SOCKET: join(site, 'socket'),
    WATCHDOG_USEC: '400000',
    PATH: `${tools}:${process.env.PATH}`,
  });
  try {
    const page = (slug: string) => join(www, `2025/02/${slug}/index.html`);
    const soon = { timeout: 150_000, interval: 50 };
    await vi.waitFor(() => expect(saidSoFar()).toMatch(/Watching for changes, which go to live\./), soon);
    expect(existsSync(page('harbour'))).toBe(true);
    put(file, story({ headline: 'Harbour reopens again' }));
    await vi.waitFor(() => expect(readFileSync(page('harbour'), 'utf8')).toContain('reopens again'), soon);
    await vi.waitFor(() => expect(existsSync(page('vote'))).toBe(true), soon);
    expect(Date.now()).toBeGreaterThanOrEqual(due.getTime());
    await vi.waitFor(() => expect(notified()).toMatch(/--ready.*WATCHDOG=1/s), soon);
  } finally {
    child.kill('SIGTERM');
  }
  expect((await ended).code).toBe(0);
  await vi.waitFor(() => expect(notified()).toContain('STOPPING=1'), 10_000);
});
