import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { searchedYaml } from '../src/press/search/search.fixture.ts';
import { type SmallNewsroom, smallNewsroom, story } from '../src/press/small-newsroom.fixture.ts';
import { openFirefox } from './firefox.ts';
import { serve } from './serve.ts';
import { expect, test } from './test.ts';
import { need } from './tools.ts';

test.describe.configure({ timeout: 120_000 });

/** Everything that a page complained about. */
function heard(page: import('@playwright/test').Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  return complaints;
}

test('with the keyboard alone, a reader finds a story, and the number of results is announced', async ({ page }) => {
  const complaints = heard(page);
  await page.goto('/search/');
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('harbour bridge');
  await page.keyboard.press('Enter');
  const status = page.getByRole('status');
  await expect(status).toHaveText(/^Results: \d+\. Searched: 2026/);
  await expect(page).toHaveURL(/\/search\/\?q=harbour\+bridge$/);
  const results = page.locator('.found ol > li');
  const bridge = results.filter({ hasText: 'Harbour bridge to be lit at half strength after midnight' });
  await expect(bridge.locator('.stamp')).toHaveText('News · 13 June 2025');
  await expect(bridge.locator('mark').first()).toBeVisible();
  expect(await results.locator('img').count()).toBeGreaterThan(0);
  await bridge.getByRole('link').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toContainText('Harbour bridge');
  // Back to the same results.
  await page.goBack();
  await expect(status).toHaveText(/^Results: \d+/);
  await expect(page.getByRole('searchbox')).toHaveValue('harbour bridge');
  expect(complaints).toEqual([]);
});

test('results can be narrowed and sorted, and the address keeps it', async ({ page }) => {
  await page.goto('/search/?q=harbour');
  const section = page.getByRole('combobox', { name: 'Section' });
  await section.selectOption({ value: 'Culture' });
  await expect(page).toHaveURL(/section=Culture/);
  const stamps = page.locator('.found ol > li .stamp');
  await expect(page.getByRole('status')).toHaveText(/^Results/);
  for (const text of await stamps.allTextContents()) expect(text).toContain('Culture');
  await page.getByRole('combobox', { name: 'Order' }).selectOption('date');
  await expect(page).toHaveURL(/sort=date/);
  await page.goto('/search/?q=harbour&sort=date&year=2025');
  await expect(page.getByRole('status')).toHaveText(/Searched: 2025\.$/);
  const days = await stamps
    .locator('time')
    .evaluateAll((times) => times.map((time) => (time as HTMLTimeElement).dateTime));
  expect(days.length).toBeGreaterThan(2);
  expect(days).toEqual([...days].sort().reverse());
});

test('whatever somebody types is text', async ({ page }) => {
  const complaints = heard(page);
  for (const query of [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a'.repeat(10_000),
    '👩‍🚀',
    'the',
    '"',
    '%',
    '   ',
    'the and of a to',
  ]) {
    await page.goto(`/search/?q=${encodeURIComponent(query).slice(0, 4000)}`);
    if (query.trim() === '') await expect(page.getByRole('status')).toHaveText('');
    else await expect(page.getByRole('status')).toHaveText(/^(?:Results: \d+|No story was found)/);
    await page.getByRole('searchbox').fill(query);
    expect((await page.getByRole('searchbox').inputValue()).length).toBeLessThanOrEqual(10_000);
    expect(await page.locator('.found ol script, .found ol [onerror]').count()).toBe(0);
  }
  expect(complaints).toEqual([]);
});

test('if the index cannot be loaded, the page says so', async ({ page }) => {
  await page.route('**/pagefind/**', (route) => route.abort());
  await page.goto('/search/?q=harbour');
  await expect(page.getByRole('status')).toContainText('The search could not be loaded.');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the page says so, offers sections and the archive, and shows no form that does nothing', async ({ page }) => {
    await page.goto('/search/?q=harbour');
    await expect(page.getByRole('status')).toContainText('needs JavaScript');
    await expect(page.locator('form.find')).toBeHidden();
    await expect(page.locator('.found button, .found select').first()).toBeHidden();
    await expect(page.locator('main').getByRole('link', { name: 'World' })).toBeVisible();
    await expect(page.locator('main a[href="/2025/02/"]').first()).toBeVisible();
  });
});

test.describe('a paper below a path, in several languages and many years', () => {
  let newsroom: SmallNewsroom;
  let server: Server;
  let origin: string;

  test.beforeAll(async () => {
    const file = (name: string) => `content/stories/${name}.md`;
    const ferries = Object.fromEntries(
      Array.from({ length: 14 }, (_, number) => [
        file(`2025/03/f${number}`),
        story(
          { headline: `Ferry ${number}`, published: `2025-03-${String(number + 1).padStart(2, '0')}` },
          'A ferry sailed to the far island.',
        ),
      ]),
    );
    newsroom = smallNewsroom({
      'content/site.yaml': searchedYaml.replace('https://post.example', 'https://post.example/the-paper'),
      ...ferries,
      [file('2024/02/tram')]: story(
        { headline: 'The tram and the ferry', published: '2024-02-01' },
        'A tram met a ferry & <b>both</b> stopped.',
      ),
      [file('2025/03/ar')]: story(
        { headline: 'أخبار القاهرة', language: 'ar', published: '2025-03-02' },
        'زار الوزيرُ مدينةَ القاهــرة يوم الخميس.',
      ),
      [file('2025/03/uk')]: story(
        { headline: 'Новини', language: 'uk', published: '2025-03-03' },
        'Сім’я прийшла до бібліотеки з книгами.',
      ),
      [file('2025/03/de')]: story(
        { headline: 'Nachrichten', language: 'de', published: '2025-03-04' },
        'Die Häuser am Hafen sind alt.',
      ),
      [file('2025/03/ga')]: story(
        { headline: 'Nuacht', language: 'ga', published: '2025-03-05' },
        'Bhí an leabharlann oscailte inniu.',
      ),
      [file('2025/03/hidden')]: story({ headline: 'Hidden ferry', draft: true }, 'The zeppelin landed.'),
    });
    const folder = join(newsroom.site, 'www');
    await newsroom.press({ dist: join(folder, 'the-paper') });
    ({ origin, server } = await serve(folder));
  });
  test.afterAll(() => {
    server.close();
    rmSync(newsroom.site, { recursive: true, force: true });
  });

  test('more results and older years come when the reader asks', async ({ page }) => {
    const complaints = heard(page);
    await page.goto(`${origin}/the-paper/search/?q=ferry`);
    await expect(page.getByRole('status')).toHaveText('Results: 14. Searched: 2025.');
    const results = page.locator('.found ol > li');
    await expect(results).toHaveCount(10);
    await page.getByRole('button', { name: 'More results' }).press('Enter');
    await expect(results).toHaveCount(14);
    await expect(results.nth(10).getByRole('link')).toBeFocused();
    await page.getByRole('button', { name: 'Search in 2024' }).press('Enter');
    await expect(page.getByRole('status')).toHaveText('Results: 15. Searched: 2025, 2024.');
    const last = results.nth(14);
    await expect(last.getByRole('link')).toBeFocused();
    await expect(last).toContainText('A tram met a ferry & both stopped.');
    await expect(page.getByRole('button', { name: /Search in|More results/ })).toHaveCount(0);
    await last.getByRole('link').click();
    await expect(page).toHaveURL(`${origin}/the-paper/2024/02/tram/`);
    expect(complaints).toEqual([]);
  });

  for (const [query, headline] of [
    ['القاهره', 'أخبار القاهرة'],
    ['قاهرة', 'أخبار القاهرة'],
    ['الوزير', 'أخبار القاهرة'],
    ['книга', 'Новини'],
    ["сім'я", 'Новини'],
    ['Haus', 'Nachrichten'],
    ['leabharlanna', 'Nuacht'],
  ] as const)
    test(`“${query}” finds “${headline}”`, async ({ page }) => {
      await page.goto(`${origin}/the-paper/search/?q=${encodeURIComponent(query)}`);
      const found = page.locator('.found h2 a', { hasText: headline });
      await expect(found).toBeVisible();
      const language = await found.getAttribute('lang');
      expect(language).toMatch(/^(?:ar|uk|de|ga)$/);
      if (language === 'ar') await expect(found).toHaveAttribute('dir', 'rtl');
    });

  test('what is hidden is not found', async ({ page }) => {
    await page.goto(`${origin}/the-paper/search/?q=zeppelin`);
    await expect(page.getByRole('status')).toHaveText('No story was found. Searched: 2025, 2024.');
  });

  test('a page that was open during a publish finds the new story, and older years without one keep the focus', async ({
    page,
  }) => {
    const dist = join(newsroom.site, 'www', 'the-paper');
    await page.goto(`${origin}/the-paper/search/?q=gondola`);
    const status = page.getByRole('status');
    await expect(status).toHaveText('No story was found. Searched: 2025, 2024.');
    const added = 'content/stories/2025/03/gondola.md';
    newsroom.put(added, story({ headline: 'A gondola', published: '2025-03-20' }, 'A gondola arrived.'));
    await newsroom.press({ dist });
    await page.getByRole('searchbox').fill('gondolas');
    await page.keyboard.press('Enter');
    await expect(page.locator('.found h2 a', { hasText: 'A gondola' })).toBeVisible();
    newsroom.remove(added);
    await newsroom.press({ dist });
    await page.getByRole('searchbox').fill('gondola');
    await page.keyboard.press('Enter');
    await expect(status).toHaveText('No story was found. Searched: 2025, 2024.');
    // Fourteen stories of 2025 have the word, and none of 2024.
    await page.getByRole('searchbox').fill('island');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'More results' }).press('Enter');
    await expect(page.locator('.found ol > li')).toHaveCount(14);
    await page.getByRole('button', { name: 'Search in 2024' }).press('Enter');
    await expect(status).toHaveText('Results: 14. Searched: 2025, 2024.');
    await expect(status).toBeFocused();
  });

  test('Firefox finds the same', async () => {
    need('firefox-esr');
    const firefox = await openFirefox();
    try {
      await firefox.open(`${origin}/the-paper/search/?q=ferry`);
      const read = (code: string) => firefox.evaluate(code);
      await expect
        .poll(() => read("document.querySelector('[role=status]').textContent"), { timeout: 60_000 })
        .toBe('Results: 14. Searched: 2025.');
      expect(await read("document.querySelectorAll('.found ol > li').length")).toBe(10);
      expect(await read("document.querySelectorAll('.found mark').length")).toBeGreaterThan(9);
      expect(firefox.faults()).toEqual([]);
      await firefox.open(`${origin}/the-paper/search/?q=${encodeURIComponent('القاهره')}`);
      await expect
        .poll(() => read("document.querySelector('.found h2')?.textContent"), { timeout: 60_000 })
        .toBe('أخبار القاهرة');
    } finally {
      await firefox.close();
    }
  });
});
