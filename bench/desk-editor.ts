// How long the desk's editor takes to open a story of 3,000 words, and for a key in the whole desk, on a processor that
// is four times slower. Run it with  node bench/desk-editor.ts .
// The times are those of the page's thread, so that other work on the machine counts less.
import { loadavg } from 'node:os';
import { type CDPSession, chromium } from '@playwright/test';
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
await openings();
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

/** The whole desk, with its form and preview, on a slower processor. */
async function keysInTheDesk() {
  const path = 'stories/2026/03/harbour/index.mdx';
  const paper = await startDesk({
    'content/site.yaml':
      'name: The Example Post\nurl: https://x.example/\ntimeZone: Europe/London\nsections:\n  - { id: world, title: World }\n',
    [`content/${path}`]: `---\nheadline: Harbour\nsection: world\npublished: 2026-03-02 08:00\n---\n\n${body}`,
  });
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  const session = await page.context().newCDPSession(page);
  await page.goto(`${paper.address}edit?path=${encodeURIComponent(path)}`);
  await page.locator('.story-text > p').nth(10).click({ timeout: 120_000 });
  await page.keyboard.type('what is typed first, so that all code is compiled, and then again, and once more ', {
    delay: 15,
  });
  await page.waitForTimeout(3000);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const typed = 'the quick brown fox jumps over the lazy dog and runs on';
  // Fast, so that the text is written at the end, and slowly, so that it is written after each key.
  for (const delay of [100, 450]) {
    const events: TraceEvent[] = [];
    const collect = ({ value }: { value: object[] }) => void events.push(...(value as TraceEvent[]));
    session.on('Tracing.dataCollected', collect);
    await session.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] },
    });
    await page.keyboard.type(typed, { delay });
    await page.waitForTimeout(1000);
    const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await done;
    session.off('Tracing.dataCollected', collect);
    const keys = keyTimes(events);
    console.log(
      `a key every ${delay} ms, on a processor ${slower} times slower (ms: median, 95 %)`,
      Object.fromEntries(
        (['key', 'frame', 'shown', 'longest', 'all'] as const).map((part) => [
          part,
          `${at(keys, part, 0.5)}, ${at(keys, part, 0.95)}`,
        ]),
      ),
    );
  }
  await page.close();
  await paper.stop();
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
