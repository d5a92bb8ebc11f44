import { chromium } from '@playwright/test';
import { serve } from './serve.ts';
const [dist, out, ...list] = process.argv.slice(2);
const { origin, server } = await serve(dist!);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const item of list) {
  const [path, width, scheme = 'light', clip] = item.split('@');
  const page = await browser.newPage({ viewport: { width: Number(width), height: 1000 }, colorScheme: scheme as 'light' });
  await page.goto(origin + path);
  // Lazy pictures come when they are near.
  await page.evaluate(async () => { for (let y = 0; y < document.body.scrollHeight; y += 600) { scrollTo(0, y); await new Promise((r) => setTimeout(r, 60)); } scrollTo(0, 0); });
  await page.waitForTimeout(150);
  const name = `${path!.replace(/\W+/g, '-')}${width}-${scheme}`;
  const height = await page.evaluate(() => document.body.scrollHeight);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  const step = Number(clip ?? 2400);
  for (let y = 0, i = 0; y < height && i < 4; y += step, i++)
    await page.screenshot({ path: `${out}/${name}-${i}.png`, fullPage: true, clip: { x: 0, y, width: Number(width), height: Math.min(step, height - y) } });
  console.log(name, height, wide > Number(width) ? `SIDEWAYS ${wide}` : '');
  await page.close();
}
await browser.close();
server.close();
server.closeAllConnections();
