// How long the desk's editor takes to open a story of 3,000 words, and for a key in the whole desk, on a processor that
// is four times slower. Run it with  node bench/desk-editor.ts , or  node bench/desk-editor.ts keys  for the keys alone.
// The times are those of the page's thread, so that other work on the machine counts less. `shown` is what counts for a
// key: all tasks of the thread from the key to the end of the frame that shows the letter (events, styles, layout, paint,
// commit). `seen` is what a person waits, from the key to the picture, in steps of 8 ms: it has the wait for the next frame and
// everything else that the machine does. The same keys in a bare page, whose text no script knows, show what the browser
// needs itself.
import { loadavg } from 'node:os';
import { type CDPSession, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../e2e/browser.ts';
import { serveEditor } from '../e2e/desk-editor/serve.ts';
import { startDesk } from '../e2e/desk-paper.ts';
import { type KeyTimes, keyTimes, type TraceEvent } from './key-times.ts';

const slower = 4;
const sentence =
  'The harbour will open again in **March**, the [council](https://c.example) said, and two ferries of three will sail every day until the end of the year. ';
const parts: string[] = [];
for (let words = 0; words < 3000; words += 78) {
  const at = parts.length;
  if (at % 7 === 0) parts.push(`## Heading ${at}`);
  if (at % 8 === 3) parts.push('<FactBox title="Figures">\n- one\n- two\n</FactBox>');
  if (at % 9 === 4) parts.push('![A man](man.jpg "A caption")');
  parts.push(sentence.repeat(3).trim());
}
const body = `${parts.join('\n\n')}\n`;

const found = await findBrowser();
if (!('executablePath' in found)) throw new Error(`No browser was found: ${found.tried.join('; ')}`);
const browser = await chromium.launch({ executablePath: found.executablePath, args: found.args });
console.log('load', loadavg()[0]!.toFixed(1));
if (process.argv[2] !== 'keys') await openings();
await keysInABarePage();
await keysInTheDesk();
await browser.close();
console.log('load', loadavg()[0]!.toFixed(1));

/** The editor alone, at the speed of this machine. */
async function openings() {
  const editor = await serveEditor();
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(editor.address);
  await page.waitForFunction(() => window.editor);
  for (const name of ['open, first time', 'open again', 'open again'])
    console.log(
      name,
      await taken(session, () =>
        page.evaluate(async (text) => {
          await window.editor.open(text, true);
          await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
        }, body),
      ),
    );
  await page.close();
  editor.close();
}

/** A text as long as that of the story, in a page that has nothing else. The browser edits it by itself. */
async function keysInABarePage() {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  const text = sentence
    .replace(/\*\*(.+?)\*\*/, '<b>$1</b>')
    .replace(/\[(.+?)\]\((.+?)\)/, '<a href="$2">$1</a>')
    .repeat(3);
  await page.setContent(`<div contenteditable style="inline-size: 40rem">${`<p>${text}</p>`.repeat(39)}</div>`);
  await page.locator('p').nth(10).click();
  await page.keyboard.type('what is typed first ', { delay: 15 });
  await tell(page, 'a bare page', 100);
  await page.close();
}

/** The whole desk, with its form and preview. */
async function keysInTheDesk() {
  const path = 'stories/2026/03/harbour/index.mdx';
  const paper = await startDesk({
    'content/site.yaml':
      'name: The Example Post\nurl: https://x.example/\ntimeZone: Europe/London\nsections:\n  - { id: world, title: World }\n',
    [`content/${path}`]: `---\nheadline: Harbour\nsection: world\npublished: 2026-03-02 08:00\n---\n\n${body}`,
  });
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  await page.goto(`${paper.address}edit?path=${encodeURIComponent(path)}`);
  await page.locator('.story-text > p').nth(10).click({ timeout: 120_000 });
  await page.keyboard.type('what is typed first, so that all code is compiled, and then again, and once more ', {
    delay: 15,
  });
  await page.waitForTimeout(3000);
  // Fast, so that the text is written at the end, and slowly, so that it is written after each key.
  for (const delay of [100, 450]) await tell(page, 'the desk', delay);
  await page.close();
  await paper.stop();
}

/** Types on a slower processor, and prints what the keys took. */
async function tell(page: Page, name: string, delay: number) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === 'keypress') seen.push(duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] },
  });
  await page.keyboard.type('the quick brown fox jumps over the lazy dog and runs on', { delay });
  await page.waitForTimeout(1000);
  const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await done;
  const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen.sort((a, b) => a - b));
  await session.detach();
  const keys = keyTimes(events);
  console.log(
    `${name}: a key every ${delay} ms, on a processor ${slower} times slower (ms: 10 %, median, 95 %)`,
    Object.fromEntries([
      ...(['key', 'frame', 'shown', 'longest', 'all'] as const).map((part) => [
        part,
        [0.1, 0.5, 0.95].map((share) => at(keys, part, share)).join(', '),
      ]),
      ['seen', [0.1, 0.5, 0.95].map((share) => seen[Math.floor(share * (seen.length - 1))]).join(', ')],
    ]),
  );
}

function at(keys: KeyTimes[], part: keyof KeyTimes, share: number): string {
  return keys
    .map((one) => one[part])
    .sort((a, b) => a - b)
    [Math.floor(share * (keys.length - 1))]!.toFixed(1);
}

/** Milliseconds of the page's thread: all of it, scripts, and layout. */
async function taken(session: CDPSession, action: () => Promise<void>) {
  const read = async () =>
    Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  const before = await read();
  await action();
  const after = await read();
  const took = (name: string) => Number(((after[name]! - before[name]!) * 1000).toFixed(1));
  return { all: took('TaskDuration'), scripts: took('ScriptDuration'), layout: took('LayoutDuration') };
}
