import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedCache, smallNewsroom, story } from './small-newsroom.fixture.ts';
import { Headers, loadWebClasses, PageRequest, Response } from './web-classes.ts';

describe('substitutes for classes that are not loaded', () => {
  // In a separate process, because the test runner has already loaded them.
  let told: Record<string, unknown>;
  beforeAll(() => {
    const script = `
      const isLoaded = () => process.moduleLoadList.some((name) => /undici\\/undici/.test(name));
      import(process.argv[1]).then((web) => {
        const told = { start: isLoaded() };
        told.others = ['text', 1, null, undefined, {}, [], { [Symbol.toStringTag]: 'Headers' }]
          .some((thing) => thing instanceof web.Response);
        const headers = new web.Headers({ 'Content-Type': 'text/html' });
        const request = new web.PageRequest('https://post.example/story');
        told.request = request.url + ' ' + request.method;
        told.unused = isLoaded();
        told.liar = { [Symbol.toStringTag]: 'Response' } instanceof web.Response;
        told.used = isLoaded();
        told.type = headers.get('content-type');
        told.isHeaders = headers instanceof web.Headers && headers instanceof globalThis.Headers;
        told.isClass = web.Response === globalThis.Response && web.Headers === globalThis.Headers;
        console.log(JSON.stringify(told));
      });`;
    const file = join(import.meta.dirname, 'web-classes.ts');
    told = JSON.parse(execFileSync(process.execPath, ['-e', script, file], { encoding: 'utf8' }));
  });

  test('say that anything else is not a Response, and load nothing for this', () => {
    expect(told).toMatchObject({
      start: false,
      others: false,
      request: 'https://post.example/story GET',
      unused: false,
    });
  });

  test('load the classes when they are used, and are the classes from then on', () => {
    expect(told).toMatchObject({ liar: false, used: true, type: 'text/html', isHeaders: true, isClass: true });
  });
});

test('are the classes themselves once these are loaded', async () => {
  loadWebClasses();
  expect(Response).toBe(globalThis.Response);
  expect(Headers).toBe(globalThis.Headers);
  expect(new PageRequest('https://post.example/').headers.get('accept')).toBeNull();
});

test('a build that renders one page does not load them', { timeout: 120_000 }, () => {
  const page = (text: string) => `---\nheadline: About\n---\n${text}\n`;
  const newsroom = smallNewsroom({
    'content/pages/about.md': page('A paper.'),
    'content/stories/2025/02/a.md': story(),
  });
  const tell = `process.on('exit', () => console.error(process.moduleLoadList.filter((name) => /undici|http2/.test(name)).join()))`;
  const build = () =>
    spawnSync(
      process.execPath,
      [join(import.meta.dirname, '../cli/bin.mjs'), 'build', '--site', newsroom.site, '--now', '2025-06-01T12:00:00Z'],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          BROADSHEET_CACHE: sharedCache,
          NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(tell)}"`,
        },
      },
    );
  expect(build().stderr).toContain('undici'); // feeds are responses
  newsroom.put('content/pages/about.md', page('Another text.'));
  const { status, stdout, stderr } = build();
  expect(status).toBe(0);
  expect(stdout).toContain('1 page rendered');
  expect(stderr.trim()).toBe('');
  rmSync(newsroom.site, { recursive: true, force: true });
});
