import type { Page } from '@playwright/test';
import { demo } from './demo.ts';
import { pageTypes } from './engines/page-types.ts';
import { addressOf } from './files.ts';
import { expect, test } from './test.ts';

// WCAG 2.4.9 (AAA): the text of a link alone says where it leads. Anyone who goes from link to link hears nothing else.

test('links with the same text lead to the same page, and none has the text “more”', async ({ page }) => {
  let links = 0;
  for (const [type, path] of Object.entries(await pageTypes(demo().folder))) {
    await page.goto(addressOf(path));
    const found = await unclear(page);
    expect(found.unclear, type).toEqual([]);
    links += found.links;
  }
  expect(links).toBeGreaterThan(300);
});

test('canary: one text for two pages, a text that says nothing, and a missing text are detected', async ({ page }) => {
  await page.goto('/'); // so that a path is an address
  await page.setContent(`<html lang="en"><body><a href="/one/">The bridge</a> <a href="/two/">The bridge</a> <a href="/one/">The bridge</a>
    <a href="/x/">Read more</a> <a href="/y/"><img src="data:," alt=""></a> <a href="/fine/" aria-label="A fine name">more</a></body></html>`);
  expect((await unclear(page)).unclear).toEqual([
    '"the bridge" leads to /one/ and /two/',
    '"read more" says nothing',
    '"" says nothing',
  ]);
});

async function unclear(page: Page): Promise<{ links: number; unclear: string[] }> {
  return page.evaluate(() => {
    const nameOf = (link: Element) => {
      const pictures = [...link.querySelectorAll('img')].map(({ alt }) => alt);
      const hidden = [...link.querySelectorAll('[aria-hidden="true"]')].map(({ textContent }) => textContent ?? '');
      let words = link.textContent ?? '';
      for (const one of hidden) words = words.replace(one, '');
      const name = link.getAttribute('aria-label') ?? [words, ...pictures].join(' ');
      return name.replace(/\s+/g, ' ').trim().toLowerCase();
    };
    const places = new Map<string, Set<string>>();
    const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].filter((link) => link.checkVisibility());
    for (const link of links) {
      const name = nameOf(link);
      // The same page at another address is still the same page.
      const place = new URL(link.href).pathname + new URL(link.href).search;
      places.set(
        name,
        (places.get(name) ?? new Set()).add(link.hash && place === location.pathname ? place + link.hash : place),
      );
    }
    const empty = /^(?:|more|read more|here|click here|link|this|continue|details)$/;
    return {
      links: links.length,
      unclear: [...places].flatMap(([name, to]) =>
        empty.test(name)
          ? [`"${name}" says nothing`]
          : to.size > 1
            ? [`"${name}" leads to ${[...to].join(' and ')}`]
            : [],
      ),
    };
  });
}
