// How long the desk's editor takes to open a story of 3,000 words, and for a key. Run it with  node bench/desk-editor.ts .
// The times are those of the processor, so that other work on the machine counts less.
import { chromium } from '@playwright/test';
import { findBrowser } from '../e2e/browser.ts';
import { serveEditor } from '../e2e/desk-editor/serve.ts';

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

const found = await findBrowser();
if (!('executablePath' in found)) throw new Error(`No browser was found: ${found.tried.join('; ')}`);
const editor = await serveEditor();
const browser = await chromium.launch({ executablePath: found.executablePath, args: found.args });
const page = await browser.newPage();
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
await page.goto(editor.address);
await page.waitForFunction(() => window.editor);

const keys = 'the quick brown fox jumps over the lazy dog and runs ';
console.log('open, first time', await measure(open));
for (let run = 0; run < 3; run++) console.log('open again', await measure(open));
await page.locator('.story-text > p').nth(10).click();
await measure(() => type(keys), keys.length);
for (let run = 0; run < 3; run++) console.log('one key', await measure(() => type(keys), keys.length));
await browser.close();
editor.close();

async function open() {
  await page.evaluate(
    async (body) => {
      await window.editor.open(body, true);
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    },
    `${parts.join('\n\n')}\n`,
  );
}

async function type(text: string) {
  await page.keyboard.type(text, { delay: 15 });
  // The text is written after the last key.
  await page.waitForTimeout(500);
}

/** Milliseconds of the page's thread: all of it, scripts, and layout. */
async function measure(action: () => Promise<void>, count = 1) {
  const read = async () =>
    Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  const before = await read();
  await action();
  const after = await read();
  const took = (name: string) => Number((((after[name]! - before[name]!) * 1000) / count).toFixed(2));
  return { all: took('TaskDuration'), scripts: took('ScriptDuration'), layout: took('LayoutDuration') };
}
