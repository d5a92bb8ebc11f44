import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchFound } from '../browser.ts';
import { addressOf, filesOf } from '../files.ts';
import { attribute, type Element, elementsOf, lineOf } from './dom.ts';
import type { BuiltSite, Finding, Gate } from './gate.ts';

/**
 * No page requests anything from another host. This is checked in the files, and in a browser, where failed requests
 * and console errors (from what the policy blocked) count too.
 */
export const ownHost: Gate = {
  name: 'own host only',
  needs: ['chromium'],
  async check(site, pages) {
    const written = await Promise.all(pages.map((page) => inPage(site, page)));
    return [...written.flat(), ...(await inStyles(site)), ...(await inBrowser(site, pages))];
  },
};

const loadingAttributes = ['src', 'srcset', 'poster', 'data', 'background'];
const loadingRelations = /\b(stylesheet|preload|modulepreload|prefetch|preconnect|dns-prefetch|icon|manifest)\b/;

async function inPage({ folder, siteUrl }: BuiltSite, page: string): Promise<Finding[]> {
  const elements = await elementsOf(folder, page);
  return elements.flatMap((element) =>
    loaded(element)
      .filter((url) => /^([a-z]+:)?\/\//i.test(url) && !url.startsWith(`${siteUrl}/`))
      .map((url) => ({
        rule: 'other-host',
        page,
        line: lineOf(element),
        message: `<${element.tagName}> loads ${url}`,
      })),
  );
}

function loaded(element: Element): string[] {
  const values = loadingAttributes.flatMap((name) => attribute(element, name) ?? []);
  if (element.tagName === 'link' && loadingRelations.test(attribute(element, 'rel') ?? '')) {
    values.push(attribute(element, 'href') ?? '', attribute(element, 'imagesrcset') ?? '');
  }
  return values.flatMap((value) => value.split(/,\s+/)).map((value) => value.trim().split(/\s+/)[0] ?? '');
}

async function inStyles({ folder }: BuiltSite): Promise<Finding[]> {
  const sheets = await filesOf(folder, '.css');
  const found = await Promise.all(
    sheets.map(async (page) => {
      const text = await readFile(join(folder, page), 'utf8');
      const urls = text.match(/(?:url\(\s*["']?|@import\s+["'])(?:[a-z]+:)?\/\/[^"')\s]+/gi) ?? [];
      return urls.map((url) => ({ rule: 'other-host', page, message: `The style sheet loads ${url}` }));
    }),
  );
  return found.flat();
}

const refresh = /<meta http-equiv="refresh"[^>]*>/;

async function inBrowser({ origin, folder }: BuiltSite, pages: string[]): Promise<Finding[]> {
  await using browser = await launchFound();
  const context = await browser.newContext();
  const window = await context.newPage();
  const findings: Finding[] = [];
  let page = '';
  let html = '';
  const report = (rule: string, message: string) => findings.push({ rule, page, message });
  await context.route('**/*', async (route) => {
    const url = route.request().url();
    if (url === origin + addressOf(page) && refresh.test(html)) {
      // The page of an alias redirects to its story after a moment, which would disturb the next page. Here the
      // redirect is prevented.
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html.replace(refresh, '') });
    }
    if (url.startsWith(`${origin}/`) || url.startsWith('data:')) return route.continue();
    report('other-host', `The browser asked for ${url}`);
    return route.abort();
  });
  window.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) report('console', message.text());
  });
  window.on('pageerror', (error) => report('script-error', error.message));
  window.on('response', (response) => {
    if (response.status() >= 400)
      report('request-failed', `${response.status()} ${response.url().replace(origin, '')}`);
  });
  for (page of pages) {
    html = await readFile(join(folder, page), 'utf8');
    await window.goto(origin + addressOf(page), { waitUntil: 'load' });
    // Messages of the page arrive on the same channel as this response, and before it.
    await window.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  }
  return findings;
}
