import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { demo } from './demo.ts';
import { expect, test } from './test.ts';

// A host sends the headers of `_headers`. A browser applies their policy and that of the page, and neither may stop
// anything that the page needs.

/** The headers that the file gives an address: those of every pattern that matches it. */
function headersOfHost(path = '/'): Record<string, string> {
  const rules = readFileSync(join(demo().folder, '_headers'), 'utf8').split(/\n(?=\S)/);
  const headers: Record<string, string> = {};
  for (const rule of rules) {
    const [pattern = '', ...lines] = rule.split('\n');
    const isFor = new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(path);
    for (const line of isFor ? lines.filter(Boolean) : []) {
      const [, name = '', value = ''] = /^ {2}([\w-]+): (.*)$/.exec(line) ?? [];
      // Hosts differ in what they do with a header that two patterns have.
      expect(headers[name.toLowerCase()], `${name} for ${path}`).toBeUndefined();
      headers[name.toLowerCase()] = value;
    }
  }
  return headers;
}

/** Opens a page behind these headers. Returns what the browser complained about, and how the page looks. */
async function open(page: Page, path: string, change: Record<string, string> = {}) {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = headersOfHost(new URL(route.request().url()).pathname);
    await route.fulfill({ response, headers: { ...response.headers(), ...headers, ...change } });
  });
  await page.clock.setFixedTime('2031-06-01T12:00:00Z');
  await page.goto(path);
  await page.evaluate(() => document.fonts.ready);
  const seen = {
    complaints: complaints.filter((text) => !text.includes('404 (Not Found)')),
    font: await page.evaluate(() => getComputedStyle(document.body).fontFamily),
    broken: await page.evaluate(
      () => [...document.images].filter((image) => image.complete && image.naturalWidth === 0).length,
    ),
  };
  // Pictures further down may still be on their way.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  return seen;
}

const story = '/2025/02/nato-brussels-ukraine/';

for (const path of ['/', story, '/search/', '/corrections/', '/accessibility/', '/nothing/'])
  test(`nothing is blocked on ${path}`, async ({ page }) => {
    const { complaints, font, broken } = await open(page, path);
    expect(complaints).toEqual([]);
    expect(font).toContain('Newsreader');
    expect(broken).toBe(0);
    if (path === story) expect(await page.locator('.age').count()).toBe(1);
  });

test('the headers are those of a careful host', () => {
  expect(headersOfHost()).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'content-security-policy': expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'self'$/),
  });
});

test('the search works behind the headers, and only its page may run a program', async ({ page }) => {
  const { complaints } = await open(page, '/search/?q=harbour');
  await expect(page.getByRole('status')).toContainText('Results:');
  expect(complaints).toEqual([]);
  for (const path of ['/', story, '/about/', '/404.html'])
    expect(headersOfHost(path)['content-security-policy'] ?? '', path).not.toContain('wasm-unsafe-eval');
});

test('canary: the policy of other pages stops the search', async ({ page }) => {
  const { complaints } = await open(page, '/search/?q=harbour', {
    'content-security-policy': headersOfHost(story)['content-security-policy']!,
  });
  expect(complaints.join()).toContain('Content Security Policy');
});

test('canary: a policy that does not know the script of a story stops it', async ({ page }) => {
  const policy = headersOfHost(story)['content-security-policy']!.replace(/sha256-[^']+/, `sha256-${'A'.repeat(43)}=`);
  const { complaints } = await open(page, story, { 'content-security-policy': policy });
  expect(complaints.join()).toContain('Content Security Policy');
  expect(await page.locator('.age').count()).toBe(0);
});
