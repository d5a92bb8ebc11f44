import type { Page } from '@playwright/test';
import axeCore, { type AxeResults } from 'axe-core';
import { launchFound } from '../browser.ts';
import { addressOf } from '../files.ts';
import { elementsOf, isRedirect } from './dom.ts';
import type { Finding, Gate } from './gate.ts';

// Each width and each colour scheme once. axe also checks a page of every type in the other two combinations
// (engines/).
const views = [
  { widthPx: 360, colorScheme: 'light' },
  { widthPx: 1280, colorScheme: 'dark' },
] as const;

/** Runs all rules of axe on every page, on a phone in light mode and on a desktop in dark mode. */
export const axe: Gate = {
  name: 'axe, 360 px light and 1280 px dark',
  needs: ['chromium'],
  async check({ folder, origin }, pages) {
    await using browser = await launchFound();
    // Otherwise, colours that are fading would be measured halfway.
    const window = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
    const findings: Finding[] = [];
    for (const page of pages) {
      // A page at an old address redirects before axe has begun.
      if (isRedirect(await elementsOf(folder, page))) continue;
      await window.goto(origin + addressOf(page));
      await window.evaluate(axeCore.source);
      for (const { widthPx, colorScheme } of views) {
        await window.setViewportSize({ width: widthPx, height: 900 });
        await window.emulateMedia({ colorScheme });
        findings.push(...(await violations(window, page, `${widthPx} px, ${colorScheme}`)));
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
