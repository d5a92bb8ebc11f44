import { demo, storiesWithMostPictures } from './demo.ts';
import { addressOf } from './files.ts';
import { elementsOf, textOf } from './gates/dom.ts';
import { expect, test } from './test.ts';

test('a reader can go from the front to the oldest story: archive, year, month, headline', async ({ page }) => {
  const oldest = (await storiesWithMostPictures()).sort()[0]!;
  const [year, month] = oldest.split('/');
  const headline = (await elementsOf(demo().folder, oldest)).filter(({ tagName }) => tagName === 'h1').map(textOf)[0]!;

  await page.goto('/');
  await page.getByRole('link', { name: 'Archive' }).first().click();
  await page.locator(`main a[href="/${year}/"], footer a[href="/${year}/"]`).first().click();
  await expect(page.locator('h1')).toContainText(year!);
  await page.locator(`main a[href="/${year}/${month}/"]`).first().click();
  await expect(page).toHaveURL(new RegExp(`/${year}/${month}/$`));
  await page.locator('main').getByRole('link', { name: headline }).first().click();
  await expect(page).toHaveURL(new RegExp(`${addressOf(oldest)}$`));
  await expect(page.locator('h1')).toHaveText(headline);
});

test('an address that does not exist says so and links to the front', async ({ page }) => {
  const response = await page.goto('/2025/02/never-written/');
  expect(response?.status()).toBe(404);
  await expect(page.locator('h1')).toBeVisible();
  await page.locator('a[href="/"]').first().click();
  await expect(page).toHaveURL(/:\d+\/$/);
});
