import type { Page } from '@playwright/test';
import axeCore, { type AxeResults } from 'axe-core';
import { launchFound } from '../browser.ts';
import { addressOf } from '../files.ts';
import { elementsOf, isRedirect } from './dom.ts';
import type { Finding, Gate } from './gate.ts';

const schemes = ['light', 'dark'] as const;
const widthsPx = [360, 1280];

/** Every page with all rules of axe, in both colour schemes, on a phone and on a desk. */
export const axe: Gate = {
  name: 'axe',
  needs: ['chromium'],
  async check({ folder, origin }, pages) {
    await using browser = await launchFound();
    // Colours that fade are measured half-way otherwise.
    const window = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
    const findings: Finding[] = [];
    for (const page of pages) {
      // Whoever comes to an old address is somewhere else before axe has begun.
      if (isRedirect(await elementsOf(folder, page))) continue;
      await window.goto(origin + addressOf(page));
      await window.evaluate(axeCore.source);
      for (const width of widthsPx) {
        await window.setViewportSize({ width, height: 900 });
        for (const colorScheme of schemes) {
          await window.emulateMedia({ colorScheme });
          findings.push(...(await violations(window, page, `${width} px, ${colorScheme}`)));
        }
      }
    }
    return findings;
  },
};

async function violations(window: Page, page: string, where: string): Promise<Finding[]> {
  const found: AxeResults = await window.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => ({ rule: id, page, message: `${help}: ${target.join(' ')} (${where})` })),
  );
}
