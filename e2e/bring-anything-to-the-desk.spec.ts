import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { axeIn } from './axe-in.ts';
import { type DeskPaper, startDesk } from './desk-paper.ts';
import { expect, test } from './test.ts';

// What people drop and paste: too much, the wrong thing, a whole story. The desk says what became of it, and goes on.

const folder = 'content/stories/2026/03';
const story = (headline: string, body = 'The first ferry sailed at seven.\n', more = '') =>
  `---\nheadline: ${headline}\nsection: world\n${more}published: 2026-03-02 08:00\n---\n\n${body}`;

let paper: DeskPaper;
test.describe.configure({ mode: 'default' });
test.beforeAll(async () => {
  const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer();
  paper = await startDesk({
    'content/site.yaml':
      'name: The Example Post\nurl: https://x.example/\ntimeZone: Europe/London\nsections:\n  - { id: world, title: World }\n',
    'content/authors/ann-example.yaml': 'name: Ann Example\n',
    [`${folder}/many/index.mdx`]: story('Many pictures'),
    [`${folder}/wrong/index.mdx`]: story('Wrong things'),
    [`${folder}/copy/index.mdx`]: story('Own headline', ''),
    [`${folder}/word/index.mdx`]: story('From Word'),
    [`${folder}/plain/index.md`]: story('Plain', 'If a < b, {say} so.\n\n![Boats](boats.jpg)\n'),
    [`${folder}/plain/boats.jpg`]: photo,
    [`${folder}/plain/boats.jpg.yaml`]: 'credit: A. Diallo\n',
    [`${folder}/links/index.md`]: story('Links', 'See [the other](story:2026/03/plain).\n'),
    [`${folder}/gone/index.mdx`]: story('A component is gone', 'One.\n\n<Weather place="Galway" />\n\nTwo.\n'),
    [`${folder}/profile/index.mdx`]: story(
      'A profile',
      '<Profile name="A" author="Somebody">Words.</Profile>\n\n<Figure src="boats.jpg" alt="Boats" />\n',
    ),
    [`${folder}/profile/boats.jpg`]: photo,
    [`${folder}/broken/index.md`]: '---\nheadline: Broken\nsection: [world\npublished: 2026-03-02\n---\n\nText.\n',
  });
});
test.afterAll(() => paper?.stop());

const textBox = (page: Page) => page.locator('.story-text[contenteditable]');
const message = (page: Page) => page.locator('.message');

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${paper.address}edit?path=${encodeURIComponent(`stories/2026/03/${path}`)}`);
  await expect(textBox(page)).toBeVisible({ timeout: 60_000 });
  // The forms of components come from the server.
  await expect(page.locator('.form details > summary').first()).toBeAttached({ timeout: 60_000 });
}

interface Given {
  name: string;
  type: string;
  base64: string;
  count?: number;
}

/** Drops files onto an element, or pastes them with texts, as a browser does. */
async function give(page: Page, how: 'drop' | 'paste', at: string, files: Given[], data: Record<string, string> = {}) {
  await page.evaluate(
    ({ how, at, files, data }) => {
      const transfer = new DataTransfer();
      for (const { name, type, base64, count = 1 } of files)
        for (let number = 0; number < count; number += 1) {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          // A byte after its end makes it another picture.
          const own = count === 1 ? [bytes] : [bytes, String(number)];
          transfer.items.add(new File(own, count === 1 ? name : name.replace('.', `-${number}.`), { type }));
        }
      for (const [type, text] of Object.entries(data)) transfer.setData(type, text);
      const target = document.querySelector(at)!;
      const { left, top } = target.getBoundingClientRect();
      const common = { bubbles: true, cancelable: true, clientX: left + 20, clientY: top + 10 };
      target.dispatchEvent(
        how === 'drop'
          ? new DragEvent('drop', { ...common, dataTransfer: transfer })
          : new ClipboardEvent('paste', { ...common, clipboardData: transfer }),
      );
    },
    { how, at, files, data },
  );
}

const png = async (width: number, height: number): Promise<string> =>
  (
    await sharp({ create: { width, height, channels: 3, background: 'teal' }, limitInputPixels: false })
      .png()
      .toBuffer()
  ).toString('base64');

async function save(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.locator('.saving.saved')).toHaveText(/^Saved at/, { timeout: 30_000 });
}

test('200 pictures dropped at once are one dialog: some are described, the rest is in the library', async ({
  page,
}) => {
  await open(page, 'many/index.mdx');
  await give(page, 'drop', '.story-text', [
    { name: 'p.png', type: 'image/png', base64: await png(30, 20), count: 200 },
  ]);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Picture 1 of', { exact: false }).first()).toBeVisible({ timeout: 60_000 });
  expect(await axeIn(page), 'the dialog for several pictures').toEqual([]);
  await dialog.getByLabel('Alt text').fill('The first one');
  await dialog.getByRole('button', { name: 'Use this picture' }).click();
  await expect(dialog.getByText('Picture 2 of', { exact: false }).first()).toBeVisible({ timeout: 60_000 });
  // The focus is in the next one, not at a button that is disabled.
  await expect(dialog.getByLabel('Alt text')).toBeFocused();
  await dialog.getByRole('button', { name: 'Skip' }).click();
  await dialog.getByLabel('Alt text').fill('The third one');
  await dialog.getByLabel('Credit').fill('A. Diallo');
  await dialog.getByRole('button', { name: 'Use this picture' }).click();
  await dialog.getByRole('button', { name: 'Finish with 2 pictures' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('.block-picture')).toHaveCount(2);
  // The others come after it.
  await expect(message(page)).toContainText('200 pictures were added', { timeout: 120_000 });
  await expect(page.locator('.block-picture').nth(1)).toContainText('A. Diallo');
  await save(page);
  const text = await paper.read(`${folder}/many/index.mdx`);
  expect(text.match(/!\[/g)).toHaveLength(2);
  expect(text).toContain('credit: A. Diallo');
  expect((await readdir(join(paper.home, folder, 'many'))).filter((name) => name.endsWith('.png'))).toHaveLength(200);
});

test('a file that is no picture, a picture that is too large, and a document say why they stay out', async ({
  page,
}) => {
  await open(page, 'wrong/index.mdx');
  await give(page, 'drop', '.story-text', [
    { name: 'letter.jpg', type: 'image/jpeg', base64: btoa('Dear editor, this is a letter.') },
  ]);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toContainText(/not .*picture|no picture|cannot be read/i);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await give(page, 'drop', '.story-text', [{ name: 'wall.png', type: 'image/png', base64: await png(20_000, 10_000) }]);
  await expect(dialog.getByRole('alert')).toContainText('This picture has 200 megapixels', { timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Close' }).click();
  await give(page, 'drop', '.story-text', [{ name: 'report.pdf', type: 'application/pdf', base64: btoa('%PDF-1.7') }]);
  await expect(message(page)).toContainText('“report.pdf” is not a picture');
  // Where nobody takes a file, a browser would open it, and the desk would be gone.
  await give(page, 'drop', '.form', [{ name: 'report.pdf', type: 'application/pdf', base64: btoa('%PDF-1.7') }]);
  await expect(message(page)).toContainText('Drop pictures onto the text');
  expect(await readdir(join(paper.home, folder, 'wrong'))).toEqual(['index.mdx']);
  await textBox(page).click();
  await page.keyboard.type('Still writing. ');
  await save(page);
  expect(await paper.read(`${folder}/wrong/index.mdx`)).toContain('Still writing.');
});

test('5 MB of text are refused in a sentence that everybody sees, and nothing is changed', async ({ page }) => {
  await open(page, 'wrong/index.mdx');
  const before = await textBox(page).innerText();
  const pastes: Record<string, string>[] = [
    { 'text/plain': 'word '.repeat(1_000_000) },
    { 'text/plain': 'word '.repeat(1_000_000), 'text/html': `<p>${'word '.repeat(1_000_000)}</p>` },
  ];
  for (const data of pastes) {
    await give(page, 'paste', '.story-text', [], data);
    await expect(message(page)).toContainText(/5,000,0\d\d characters/);
    await message(page).getByRole('button').click();
    await expect(message(page)).toBeHidden();
  }
  expect(await textBox(page).innerText()).toBe(before);
});

test('a whole story fills the empty fields of the form, and its text comes without them', async ({ page }) => {
  await open(page, 'copy/index.mdx');
  const copy =
    'Harbour reopens after winter storms\n\nBy Ann Example\n\nGALWAY (AP) — The harbour reopened on Tuesday after the longest closure in its history, the port authority said.\n\nFerries sail again from Thursday.\n';
  await give(page, 'paste', '.story-text', [], { 'text/plain': copy });
  const dialog = page.getByRole('dialog', { name: 'You pasted a whole story' });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('checkbox', { name: /Headline/ })).not.toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: /Byline/ })).toBeChecked();
  expect(await axeIn(page), 'the dialog for a pasted copy').toEqual([]);
  await dialog.getByRole('button', { name: 'Paste as a story' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(textBox(page)).toContainText('The harbour reopened on Tuesday');
  await save(page);
  const text = await paper.read(`${folder}/copy/index.mdx`);
  expect(text).toContain('headline: Own headline');
  expect(text).toContain('ann-example');
  expect(text).toContain('dateline: GALWAY (AP)');
  expect(text).not.toContain('By Ann Example');
  expect(text).toMatch(/---\n\nThe harbour reopened on Tuesday.*\n\nFerries sail again from Thursday\.\n$/s);
});

test('text of Word comes with its nested lists, its footnotes, and the pictures that only its RTF has', async ({
  page,
}) => {
  await open(page, 'word/index.mdx');
  const picture = Buffer.from(await png(12, 8), 'base64').toString('hex');
  const html = `<html xmlns:w="urn:schemas-microsoft-com:office:word"><body><!--StartFragment--><p class=MsoNormal>A note<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>. <span class=msoDel><del class=msoDel>Gone</del></span></p><p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>One<o:p></o:p></p><p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp;</span></span><![endif]>Two<o:p></o:p></p><p class=MsoNormal><!--[if gte vml 1]><v:shape><v:imagedata src="file:///C:/Users/a/clip_image001.png"/></v:shape><![endif]--><![if !vml]><img width=12 height=8 src="file:///C:/Users/a/clip_image002.png" alt="A boat" v:shapes="x"><![endif]></p><!--EndFragment--><div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> The note.</p></div></div></body></html>`;
  const rtf = `{\\rtf1{\\header {\\pict\\pngblip 00112233}}{\\*\\shppict{\\pict{\\*\\picprop{\\sp{\\sn x}{\\sv 1}}}\\picscalex100\\pngblip\\bliptag-12{\\*\\blipuid 00ff00ff}\n${picture}}}{\\nonshppict{\\pict\\wmetafile8 0011}}}`;
  await textBox(page).click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.press('Enter');
  await give(page, 'paste', '.story-text', [], { 'text/html': html, 'text/plain': 'A note', 'text/rtf': rtf });
  await expect(textBox(page)).toContainText('A note');
  await expect(page.locator('.block-picture img')).toBeVisible();
  await save(page);
  const text = await paper.read(`${folder}/word/index.mdx`);
  expect(text).toContain('A note[^1].');
  expect(text).toContain('[^1]: The note.');
  expect(text).toMatch(/[-*] One\n {2}[-*] Two/);
  expect(text).toContain('![A boat](pasted.png)');
  expect(text).not.toContain('Gone');
});

test('a picture shows the credit that its page prints, and a .md story becomes .mdx where it is', async ({ page }) => {
  await open(page, 'plain/index.md');
  await expect(page.locator('.block-picture')).toContainText('A. Diallo');
  await page.getByRole('button', { name: 'Details: Picture' }).click();
  await page.locator('.block-picture').getByLabel('Credit').fill('B. Test');
  await page.locator('.block-picture').getByRole('button', { name: 'Hide details' }).click();
  await expect(page.locator('.block-picture')).toContainText('B. Test');

  await page.getByRole('button', { name: 'Insert' }).click();
  await page.getByRole('menuitem', { name: /^Component/ }).click();
  const dialog = page.getByRole('dialog', { name: 'This story becomes .mdx' });
  expect(await axeIn(page), 'the dialog for MDX').toEqual([]);
  await dialog.getByRole('button', { name: 'Convert' }).press('Enter');
  await expect(page).toHaveURL(/plain%2Findex\.mdx/);
  await expect(textBox(page)).toContainText('If a < b, {say} so.');
  await expect(access(join(paper.home, folder, 'plain/index.md'))).rejects.toThrow();
  const text = await paper.read(`${folder}/plain/index.mdx`);
  expect(text).toContain('If a \\< b, \\{say\\} so.');
  expect(text).toContain('credit: B. Test');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Versions …' }).click();
  await expect(
    page.getByRole('dialog', { name: 'Versions' }).getByRole('button', { name: /Restore the version/ }),
  ).toBeVisible();
  await page.getByRole('dialog', { name: 'Versions' }).getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Insert' }).click();
  await expect(page.getByRole('menuitem', { name: /^Timeline/ })).toBeVisible();
});

test('a component that the theme no longer has is shown, and stays as it is', async ({ page }) => {
  await open(page, 'gone/index.mdx');
  const block = page.locator('.block-component_leaf, .block-component').first();
  await expect(block).toContainText('Weather');
  await block.getByRole('button', { name: /^Details/ }).click();
  await expect(block).toContainText('This newsroom has no component called Weather.');
  await textBox(page).getByText('Two.').click();
  await page.keyboard.press('End');
  await page.keyboard.type(' Three.');
  await save(page);
  expect(await paper.read(`${folder}/gone/index.mdx`)).toBe(
    story('A component is gone', 'One.\n\n<Weather place="Galway" />\n\nTwo. Three.\n'),
  );
});

test('front matter that cannot be read is marked at its line in the source', async ({ page }) => {
  await page.goto(`${paper.address}edit?path=${encodeURIComponent('stories/2026/03/broken/index.md')}`);
  const notice = page.getByRole('alert').filter({ hasText: /^Line \d+ cannot be read/ });
  await expect(notice).toBeVisible({ timeout: 60_000 });
  const line = Number(/Line (\d+)/.exec((await notice.textContent()) ?? '')?.[1]);
  const marked = page.locator('.cm-line.has-problem');
  await expect(marked).toHaveCount(1, { timeout: 60_000 });
  const place = await marked.evaluate((element) => [...element.parentElement!.children].indexOf(element) + 1);
  expect(place).toBe(line);
});

test('the form of a component completes names of the newsroom, as that of the story does', async ({ page }) => {
  await open(page, 'profile/index.mdx');
  const block = page.locator('.block-component, .block-component_leaf').first();
  await block.getByRole('button', { name: /^Details/ }).click();
  const author = block.getByRole('combobox', { name: 'Author' });
  // It follows the attribute, and what is typed is kept if it matches nothing.
  await expect(author).toHaveValue('Somebody');
  await author.fill('exam');
  await page.getByRole('option', { name: /Ann Example/ }).click();
  await expect(author).toHaveValue('Ann Example');
  await save(page);
  const text = () => paper.read(`${folder}/profile/index.mdx`);
  expect(await text()).toContain('<Profile name="A" author="ann-example">Words.</Profile>');
  // Escape closes the list first, and then the form.
  await author.fill('an');
  await expect(author).toHaveAttribute('aria-expanded', 'true');
  expect(await axeIn(page), 'the form of a component').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(author).toBeVisible();
  // A save takes what is typed, even while the field has the focus.
  await author.fill('Bo New');
  await save(page);
  await expect.poll(text).toContain('<Profile name="A" author="Bo New">Words.</Profile>');
  // The other fields of a component are those of a form, too: a choice, and a box to tick.
  const figure = page.locator('.block-component_leaf').first();
  await figure.getByRole('button', { name: /^Details/ }).click();
  await figure.getByLabel('Decorative').check();
  await save(page);
  expect(await text()).toContain('decorative');
  await figure.getByLabel('Decorative').uncheck();
  await save(page);
  expect(await text()).not.toContain('decorative');
});
