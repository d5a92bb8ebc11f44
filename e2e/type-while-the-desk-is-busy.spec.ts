import type { CDPSession, Page } from '@playwright/test';
import { serveEditor } from './desk-editor/serve.ts';
import { expect, test } from './test.ts';

// While a page is busy, presses and keys wait. The browser then hands them over before it says that the caret has moved, so
// the editor has to look where the caret is.

test.describe.configure({ mode: 'default' });

let editor: Awaited<ReturnType<typeof serveEditor>>;
test.beforeAll(async () => {
  editor = await serveEditor();
});
test.afterAll(() => editor?.close());

async function open(page: Page, body: string): Promise<void> {
  await page.goto(editor.address);
  await page.waitForFunction(() => window.editor);
  await page.evaluate((text) => window.editor.open(text, true).then(() => undefined), body);
}

const bodyOf = (page: Page): Promise<string> => page.evaluate(() => window.editor.opened!.handle!.flush());

/** Presses and keys that all wait until the page has time for them. */
async function whileBusy(page: Page, act: (session: CDPSession) => Promise<unknown>[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    setTimeout(() => {
      const end = performance.now() + 1500;
      while (performance.now() < end);
    });
  });
  await Promise.all(act(session));
  await session.detach();
}

const press = (session: CDPSession, key: string, more: object = {}) => {
  const text = key.length === 1 ? { text: key } : {};
  return [
    session.send('Input.dispatchKeyEvent', { type: 'keyDown', key, ...text, ...more }),
    session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, ...more }),
  ];
};

async function click(page: Page, words: string, count = 1) {
  const { x, y, height } = (await page.locator('.story-text').getByText(words).boundingBox())!;
  const at = { x: x + 8, y: y + height / 2, button: 'left' } as const;
  return (session: CDPSession) =>
    Array.from({ length: count }, (_, before) => [
      session.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at, clickCount: before + 1 }),
      session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at, clickCount: before + 1 }),
    ]).flat();
}

const end = { code: 'End', windowsVirtualKeyCode: 35 };
const enter = { code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' };
const backspace = { code: 'Backspace', windowsVirtualKeyCode: 8 };

test('what is typed right after a click lands where the click was', async ({ page }) => {
  await open(page, 'One.\n\nTwo.\n');
  const clicked = await click(page, 'Two.');
  await whileBusy(page, (session) => [
    ...clicked(session),
    ...press(session, 'End', end),
    ...press(session, ' '),
    ...press(session, '3'),
  ]);
  expect(await bodyOf(page)).toBe('One.\n\nTwo. 3\n');
});

const acts: [what: string, act: (session: CDPSession) => Promise<unknown>[], body: string][] = [
  [
    'Enter',
    (session) => [...press(session, 'End', end), ...press(session, 'Enter', enter), ...press(session, 'x')],
    'One.\n\nTwo.\n\nx\n',
  ],
  [
    'Backspace',
    (session) => [...press(session, 'End', end), ...press(session, 'Backspace', backspace)],
    'One.\n\nTwo\n',
  ],
  [
    'the key for bold',
    (session) => press(session, 'b', { code: 'KeyB', windowsVirtualKeyCode: 66, modifiers: 2, text: '' }),
    'One.\n\n**Two**.\n',
  ],
  [
    'cutting',
    (session) =>
      press(session, 'x', { code: 'KeyX', windowsVirtualKeyCode: 88, modifiers: 2, text: '', commands: ['cut'] }),
    'One.\n\n.\n',
  ],
];
for (const [what, act, body] of acts)
  test(`${what} is about the words that were pressed just before`, async ({ page }) => {
    await open(page, 'One.\n\nTwo.\n');
    const pressed = await click(page, 'Two.', 2);
    await whileBusy(page, (session) => [...pressed(session), ...act(session)]);
    expect(await bodyOf(page)).toBe(body);
  });

test('a button of the toolbar is about the words that were pressed just before', async ({ page }) => {
  await open(page, 'One.\n\nTwo.\n');
  const pressed = await click(page, 'Two.', 2);
  const { x, y } = (await page.getByRole('button', { name: 'Bold' }).boundingBox())!;
  const at = { x: x + 5, y: y + 5, button: 'left', clickCount: 1 } as const;
  await whileBusy(page, (session) => [
    ...pressed(session),
    session.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at }),
    session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at }),
  ]);
  expect(await bodyOf(page)).toBe('One.\n\n**Two**.\n');
});

test('problems that arrive right after a click leave the caret where the click was', async ({ page }) => {
  await open(page, 'One.\n\nTwo.\n');
  await page.locator('.story-text').getByText('One.').click();
  await page.evaluate(async () => {
    const later = window.setTimeout.bind(window);
    const words = document.querySelectorAll('.story-text > p')[1]!.firstChild!;
    // The browser has moved the caret and has not said so, whenever something runs that had waited.
    const moved: typeof window.setTimeout = ((run: () => void, ms?: number) =>
      later(() => {
        getSelection()!.collapse(words, 4);
        run();
      }, ms)) as typeof window.setTimeout;
    window.setTimeout = moved;
    const says = 'A word is missing.';
    window.editor.opened!.draw({ problems: [{ rule: 'x', severity: 'warning', says, offset: 0 } as never] });
    await new Promise<void>((done) => {
      const watch = new MutationObserver(() => {
        if (!document.querySelector('.block-problems')) return;
        watch.disconnect();
        done();
      });
      watch.observe(document.querySelector('.story-text')!, { childList: true, subtree: true });
    });
    window.setTimeout = later as typeof window.setTimeout;
  });
  await page.keyboard.type(' 3');
  expect(await bodyOf(page)).toBe('One.\n\nTwo. 3\n');
});

test('the source view types where the click was, too', async ({ page }) => {
  await open(page, 'One.\n\nTwo.\n');
  await page.getByRole('button', { name: 'Source view' }).click();
  const line = page.locator('.cm-line').getByText('Two.');
  await expect(line).toBeVisible();
  const { x, y } = (await line.boundingBox())!;
  const at = { x: x + 5, y: y + 5, button: 'left', clickCount: 1 } as const;
  await whileBusy(page, (session) => [
    session.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at }),
    session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at }),
    ...press(session, 'End', end),
    ...press(session, '!'),
  ]);
  expect(await bodyOf(page)).toBe('One.\n\nTwo.!\n');
});
