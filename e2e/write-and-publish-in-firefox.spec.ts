import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { type DeskPaper, startDesk } from './desk-paper.ts';
import { type Firefox, openFirefox } from './firefox.ts';
import { expect, test } from './test.ts';
import { need } from './tools.ts';

// The reporter's way in Firefox: a story with two pictures and a quotation. The editor schedules it, publishes it,
// corrects it after publication, and takes the correction back.

const enter = '\uE007';
const escapeKey = '\uE00C';
const control = '\uE009';
const end = '\uE010';

let paper: DeskPaper;
let firefox: Firefox;
let home: string;
test.describe.configure({ mode: 'serial', timeout: 600_000 });
test.beforeAll(async () => {
  need('firefox-esr');
  home = await mkdtemp(join(tmpdir(), 'broadsheet-firefox-pictures-'));
  for (const [at, background] of ['teal', 'maroon'].entries())
    await sharp({ create: { width: 1200, height: 800, channels: 3, background } })
      .jpeg()
      .toFile(join(home, `picture-${at + 1}.jpg`));
  paper = await startDesk({
    'content/site.yaml':
      'name: The Example Post\nurl: https://x.example/\ntimeZone: Europe/London\nsections:\n  - { id: world, title: World }\n',
  });
  firefox = await openFirefox();
});
test.afterAll(async () => {
  await firefox?.close();
  await paper?.stop();
  if (home) await rm(home, { recursive: true, force: true });
});

const text = "document.querySelector('.story-text[contenteditable]')";
const dialog = "document.querySelector('[role=dialog], [role=alertdialog]')";
/** A control that is seen, by the beginning of its name. */
const named = (name: string, within = 'document') =>
  `[...(${within})?.querySelectorAll('button, [role=menuitem], summary, a') ?? []].find((one) => one.getClientRects().length > 0 && !one.disabled && (one.getAttribute('aria-label') ?? one.textContent).trim().startsWith(${JSON.stringify(name)}))`;
const field = (label: string, within = 'document') =>
  `[...(${within})?.querySelectorAll('label') ?? []].find((one) => one.getClientRects().length > 0 && one.textContent.trim().startsWith(${JSON.stringify(label)}))?.control`;
const says = (words: string, within = 'document.body') => `(${within})?.textContent.includes(${JSON.stringify(words)})`;

async function fill(element: string, words: string): Promise<void> {
  await firefox.click(element);
  await firefox.until(`document.activeElement === ${element}`);
  await firefox.press('a', control);
  await firefox.type(words);
}

async function addPicture(number: number): Promise<void> {
  await firefox.click(named('Picture', "document.querySelector('[role=toolbar][aria-label=Formatting]')"));
  const drop = `${dialog}?.querySelector('.drop')`;
  await firefox.until(drop);
  const bytes = (await readFile(join(home, `picture-${number}.jpg`))).toString('base64');
  await firefox.evaluate(`(() => {
    const dataTransfer = new DataTransfer();
    const bytes = Uint8Array.from(atob('${bytes}'), (one) => one.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], 'picture-${number}.jpg', { type: 'image/jpeg' }));
    ${drop}.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  })()`);
  await fill(field('Alt text', dialog), `What picture ${number} shows`);
  await fill(field('Caption', dialog), `What picture ${number} means`);
  await fill(field('Credit', dialog), 'A. Diallo');
  await firefox.click(named('Use this picture', dialog));
  await firefox.until(`!${dialog}`);
  await firefox.until(`document.querySelectorAll('.block-picture img').length === ${number}`);
}

/** The controls of a date are the browser's own, and differ from language to language. */
async function setDay(day: string): Promise<void> {
  const input = `document.querySelector('.form input[type=date][id*="published"]')`;
  await firefox.until(input);
  await firefox.evaluate(
    `(() => { ${input}.value = '${day}'; ${input}.dispatchEvent(new Event('input', { bubbles: true })); })()`,
  );
  await firefox.until(`${input}.value === '${day}'`);
}

const printed = (address: string) => readFile(join(paper.home, 'dist', address, 'index.html'), 'utf8').catch(() => '');
let file = '';
let address = '';

test('a reporter writes a story with two pictures and a quotation, and sees its page', async () => {
  await firefox.open(paper.address);
  await firefox.click(named('New story'));
  await firefox.click("document.querySelector('[role=menuitem]')");
  await fill(field('Headline', dialog), 'Bridge reopens');
  await firefox.click(named('Create', dialog));
  await firefox.until(text);
  await firefox.click(text);
  await firefox.type('The bridge carried ten buses on Monday.');
  await firefox.press(enter);
  await firefox.type('> It held.');
  await firefox.until(`${text}.querySelector('blockquote p')?.textContent === 'It held.'`);
  await firefox.press(end, control);
  await firefox.press(enter);
  await firefox.press(enter);
  await firefox.type('The last one.');
  await addPicture(1);
  await addPicture(2);
  await firefox.press('s', control);
  await firefox.until(says('Saved at'));
  file = String(await firefox.evaluate("new URLSearchParams(location.search).get('path')"));
  const saved = await paper.read(`content/${file}`);
  expect(saved).toMatch(/ten buses on Monday\.\n\n> It held\.\n/);
  expect(saved.match(/!\[What picture \d shows\]\(picture-\d\.jpg "What picture \d means"\)/g)).toHaveLength(2);
  expect(saved.match(/credit: A\. Diallo/g)).toHaveLength(2);
  // The preview is another page, which the desk cannot read. It says when it is up to date.
  await firefox.until(says('Up to date'));
  await firefox.until("document.querySelector('iframe.frame')?.getAttribute('src')");
});

test('undo and redo work in the text and in the form', async () => {
  await firefox.click(`[...${text}.querySelectorAll('p')].find((one) => one.textContent.startsWith('The last'))`);
  await firefox.press(end);
  await firefox.type(' Or not.');
  await firefox.until(says('Or not.', text));
  await firefox.press('z', control);
  await firefox.until(`!${says('Or not.', text)}`);
  await firefox.press('y', control);
  await firefox.until(says('Or not.', text));
  await firefox.press('z', control);
  await firefox.until(`!${says('Or not.', text)}`);
  // Escape leads to the toolbar, so nobody is caught in the text.
  await firefox.press(escapeKey);
  await firefox.until("document.activeElement.closest('[role=toolbar]')");
});

test('an editor schedules it, then publishes it', async () => {
  await setDay('2030-05-01');
  await firefox.click(named('Publish …'));
  await firefox.until(`${dialog}?.querySelector('.plan li')`);
  await firefox.click(named('Schedule', dialog));
  await firefox.until(says('It waits until', dialog));
  await firefox.click(named('Back to the story', dialog));
  await firefox.until(`!${dialog}`);
  expect(await printed('2030/05/bridge-reopens/')).toBe('');

  await setDay('2026-03-02');
  await firefox.click(named('Publish …'));
  await firefox.until(`${dialog}?.querySelector('.plan li')`);
  await firefox.click(named('Publish now', dialog));
  await firefox.until(says('Published', `${dialog}?.querySelector('h2')`));
  const link = String(await firefox.evaluate(`${dialog}.querySelector('a')?.href`));
  expect(link).toMatch(/^https:\/\/x\.example\/\d{4}\/\d\d\/bridge-reopens\/$/);
  address = new URL(link).pathname.slice(1);
  const html = await printed(address);
  expect(html).toMatch(/<blockquote[^>]*>\s*<p>It held\.<\/p>/);
  expect(html.match(/A\. Diallo/g)?.length).toBeGreaterThanOrEqual(2);
  await firefox.click(named('Back to the story', dialog));
  await firefox.until(`!${dialog}`);
});

test('a correction is asked about and printed, and taken back', async () => {
  await firefox.click(`[...${text}.querySelectorAll('p')].find((one) => one.textContent.startsWith('The last'))`);
  await firefox.press(end);
  await firefox.type(' And two trams.');
  await firefox.until(says('two trams', text));
  await firefox.click(named('Publish …'));
  await firefox.until(says('What kind of change is it?', dialog));
  await firefox.click(
    `[...${dialog}.querySelectorAll('input[type=radio]')].find((one) => one.closest('label').textContent.includes('Correction'))`,
  );
  await fill(field('Text of the correction', dialog), 'The trams were missing.');
  await firefox.click(named('Publish now', dialog));
  await firefox.until(says('Published', `${dialog}?.querySelector('h2')`));
  expect(await printed(address)).toContain('The trams were missing.');
  await firefox.click(named('Take it back', dialog));
  await firefox.until(`!${dialog}`);
  await expect.poll(() => printed(address)).not.toContain('trams');
  expect(await printed(address)).toContain('ten buses');
});
