import { expect, test } from '@playwright/test';
import { demo } from './demo.ts';
import { filesOf } from './files.ts';
import { listed } from './gates/gate.ts';
import { gates } from './gates/gates.ts';
import { need } from './tools.ts';

// Runs every gate on every page of the demo newsroom. axe takes about a second for each page, so its pages are divided
// into four parts, which keep both workers busy until the end.
const parts: Record<string, number> = { axe: 4 };

test('the demo newsroom exists, with its stories', async () => {
  const pages = await filesOf(demo().folder, '.html');
  expect(pages.filter((page) => /^\d{4}\/\d{2}\/[^/]+\/index\.html$/.test(page)).length).toBeGreaterThanOrEqual(14);
});

for (const [name, gate] of Object.entries(gates)) {
  const count = parts[name] ?? 1;
  for (let part = 1; part <= count; part += 1) {
    test(`every page passes: ${gate.name}${count > 1 ? `, part ${part} of ${count}` : ''}`, async () => {
      need(...gate.needs);
      test.setTimeout(600_000);
      const site = demo();
      const pages = (await filesOf(site.folder, '.html')).filter((_, position) => position % count === part - 1);
      expect(pages.length, 'pages to look at').toBeGreaterThan(0);
      expect(listed(await gate.check(site, pages))).toBe('');
    });
  }
}
