import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { launchFound } from '../browser.ts';
import { addressOf } from '../files.ts';
import type { Finding, Gate } from './gate.ts';

const schemes = ['light', 'dark'] as const;
const widthsPx = [360, 1280];

/** Every page with all rules of axe, in both colour schemes, on a phone and on a desk. */
export const axe: Gate = {
  name: 'axe',
  needs: ['chromium'],
  async check({ origin }, pages) {
    await using browser = await launchFound();
    const window = await (await browser.newContext()).newPage();
    const findings: Finding[] = [];
    for (const page of pages) {
      for (const width of widthsPx) {
        await window.setViewportSize({ width, height: 900 });
        for (const colorScheme of schemes) {
          await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await window.goto(origin + addressOf(page));
          findings.push(...(await violations(window, page, `${width} px, ${colorScheme}`)));
        }
      }
    }
    return findings;
  },
};

async function violations(window: Page, page: string, where: string): Promise<Finding[]> {
  const found = await new AxeBuilder({ page: window }).analyze();
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => ({ rule: id, page, message: `${help}: ${target.join(' ')} (${where})` })),
  );
}
