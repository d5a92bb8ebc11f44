import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import type { FoundBrowser } from '../browser.ts';

export const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type Category = (typeof categories)[number];

/** The Lighthouse result for a page on a phone, with Lighthouse's default throttling. */
export interface Judgement {
  /** 0 to 100. */
  scores: Record<Category, number>;
  /** Cumulative layout shift. */
  shift: number;
  /** Largest contentful paint on the simulated phone, in ms. */
  paintMs: number;
  /** Audits that lowered a score, with the findings of each. */
  faults: string[];
}

/**
 * Runs Lighthouse on pages, one after another, in its own browser.
 *
 * @param judged categories to run
 */
export async function judge(
  { executablePath, args, env }: FoundBrowser,
  addresses: string[],
  judged: readonly Category[] = categories,
): Promise<Judgement[]> {
  const chrome = await launch({
    chromePath: executablePath,
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage', ...args],
    envVars: { ...process.env, ...env } as Record<string, string>,
    logLevel: 'silent',
  });
  try {
    const judgements: Judgement[] = [];
    for (const address of addresses) {
      const result = await lighthouse(address, {
        port: chrome.port,
        onlyCategories: [...judged],
        logLevel: 'error',
        maxWaitForLoad: 90_000,
      });
      if (!result) throw new Error(`Lighthouse returned no result for ${address}.`);
      const { categories: found, audits, runtimeError } = result.lhr;
      if (runtimeError) throw new Error(`${address}: ${runtimeError.message}`);
      const scores = Object.fromEntries(judged.map((name) => [name, Math.round((found[name]?.score ?? 0) * 100)]));
      const faults = judged
        .flatMap((name) => found[name]?.auditRefs ?? [])
        .filter(({ weight }) => weight > 0)
        .map(({ id }) => audits[id]!)
        .filter(({ score }) => score !== null && score < 1)
        .map(({ id, title, displayValue = '' }) => `${id}: ${title} ${displayValue}`.trim());
      judgements.push({
        scores: scores as Record<Category, number>,
        shift: audits['cumulative-layout-shift']?.numericValue ?? 0,
        paintMs: Math.round(audits['largest-contentful-paint']?.numericValue ?? 0),
        faults,
      });
    }
    return judgements;
  } finally {
    chrome.kill();
  }
}
