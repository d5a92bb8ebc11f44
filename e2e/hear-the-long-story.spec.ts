import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Virtual } from '@guidepup/virtual-screen-reader';
import { JSDOM } from 'jsdom';
import { demo } from './demo.ts';
import { addressOf } from './files.ts';
import { expect, test } from './test.ts';

// What is read aloud of the longest story, from the skip link to the footer, by a screen reader that follows the
// specifications of ARIA and accessible names. Real screen readers have habits that differ, which this test does not
// cover.

const story = '2026/03/who-owns-the-alder/index.html';
/** More than the page has stops. A screen reader that moves in a circle would never finish. */
const stopsMax = 5000;

test('the long story is read aloud in the order of the page, including its landmarks', async () => {
  const { said, document } = await listen();
  expect(said.length).toBeGreaterThan(100);
  inOrder(said, ['link, Skip', 'banner', 'navigation', 'main', 'heading, Who has a claim on the Alder', 'contentinfo']);
  const headings = [...document.querySelectorAll('main :is(h1, h2, h3)')].map((heading) =>
    squeeze(heading.textContent),
  );
  expect(headings.length).toBeGreaterThan(5);
  inOrder(said.map(squeeze), headings);
});

test('what is above the headline is read aloud as separate phrases', async () => {
  const { said } = await listen();
  const headline = said.findIndex((phrase) => phrase.startsWith('heading, Who has a claim on the Alder'));
  const above = said.slice(said.lastIndexOf('main', headline), headline).map(squeeze);
  expect(above.join(' ')).toMatch(/link, Environment , The Alder , Explainer/);
});

test('every picture of the long story is read aloud, and no alt text or caption twice', async () => {
  const { said, document } = await listen();
  const pictures = [...document.querySelectorAll('article figure img')];
  expect(pictures.length).toBeGreaterThan(5);
  for (const picture of pictures) {
    const alt = squeeze(picture.getAttribute('alt') ?? '');
    if (alt === '') continue;
    const heard = said.map(squeeze).filter((phrase) => phrase.includes(alt) && !phrase.startsWith('end of'));
    expect(heard, alt).toHaveLength(1);
  }
  for (const caption of document.querySelectorAll('article figcaption .caption')) {
    const words = squeeze(caption.textContent);
    const whole = squeeze(said.filter((phrase) => !/^(end of )?(figure|caption)/.test(phrase)).join(' '));
    expect(whole.split(words).length - 1, words).toBe(1);
  }
});

test('canary: an alt text that repeats its caption, and a heading in the wrong place, are detected', async () => {
  const said = await speak(
    new JSDOM(
      '<main><h2>Second</h2><h1>First</h1><figure><img src="x" alt="The quay"><figcaption>The quay</figcaption></figure></main>',
    ),
  );
  expect(said.filter((phrase) => phrase.includes('The quay')).length).toBeGreaterThan(1);
  expect(() => inOrder(said, ['First', 'Second'])).toThrow();
});

test('the browser gives the long story the same landmarks and headings', async ({ page }) => {
  await page.goto(addressOf(story));
  const tree = await page.locator('body').ariaSnapshot();
  for (const landmark of ['banner', 'navigation "', 'main', 'contentinfo']) expect(tree).toContain(`- ${landmark}`);
  const levels = [...tree.matchAll(/- heading ".*" \[level=(\d)\]/g)].map(([, level]) => Number(level));
  expect(levels[0]).toBe(1);
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  const jumps = levels.filter((level, position) => position > 0 && level > levels[position - 1]! + 1);
  expect(jumps).toEqual([]);
});

let once: Promise<{ said: string[]; document: Document }> | undefined;

/** The page is read aloud once for all tests of this file. */
function listen() {
  once ??= (async () => {
    const dom = new JSDOM(await readFile(join(demo().folder, story), 'utf8'));
    return { said: await speak(dom), document: dom.window.document };
  })();
  return once;
}

async function speak({ window }: JSDOM): Promise<string[]> {
  const reader = new Virtual();
  await reader.start({ container: window.document.body, window: window as unknown as typeof globalThis.window });
  let stops = 0;
  for (; stops < stopsMax && (await reader.lastSpokenPhrase()) !== 'end of document'; stops += 1) await reader.next();
  const said = await reader.spokenPhraseLog();
  await reader.stop();
  expect(stops, 'the end of the page is reached').toBeLessThan(stopsMax);
  return said;
}

/** Each phrase must come after the one before it. */
function inOrder(said: string[], phrases: string[]): void {
  let from = 0;
  for (const phrase of phrases) {
    const at = said.findIndex((heard, position) => position >= from && heard.includes(phrase));
    expect(at, `"${phrase}" is heard after what comes before it`).toBeGreaterThanOrEqual(0);
    from = at;
  }
}

const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();
