import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { addressOf } from '../files.ts';
import { attribute, elementsOf } from '../gates/dom.ts';
import type { BuiltSite, Finding } from '../gates/gate.ts';
import { nuHtmlChecker } from '../gates/nu-html-checker.ts';
import { serve } from '../serve.ts';
import { engines } from './engine.ts';
import { isReviewed, reviewed } from './reviewed.ts';

export const schemes = ['light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

/** The rules of each engine that reported a seeded defect, by the name of the defect and then by the engine. */
export type Caught = Record<string, Record<string, string[]>>;

const canaryFolder = join(import.meta.dirname, 'canary');

/** The findings of four engines about these pages of a site that nobody has reviewed. */
export async function surveyPages(
  browser: Browser,
  { origin }: BuiltSite,
  pages: string[],
  colorScheme: Scheme,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  // A desktop in light mode and a phone in dark mode. axe checks every page in the other two combinations
  // (gates/axe.ts).
  const viewport = { width: colorScheme === 'light' ? 1280 : 360, height: 900 };
  await using context = await browser.newContext({ reducedMotion: 'reduce', colorScheme, viewport });
  const window = await context.newPage();
  for (const page of pages) {
    await window.goto(origin + addressOf(page), { timeout: 120_000 });
    for (const { engine, fault, matches, source } of await facts(window)) {
      if (isReviewed(engine, fault, (selector) => matches.includes(selector))) continue;
      const message = `${fault.help} (${colorScheme}) ${fault.at}\n    ${source}`;
      findings.push({ rule: `${engine} ${fault.rule}`, page, message });
    }
  }
  return findings;
}

/** The findings of the four engines, and of the Nu checker if Java is installed, about the page of seeded defects. */
export async function surveyCanary(browser: Browser, hasJava: boolean): Promise<Caught> {
  const { origin, server } = await serve(canaryFolder);
  await using context = await browser.newContext({ reducedMotion: 'reduce' });
  const window = await context.newPage();
  await window.goto(`${origin}/`);
  const caught = await nothingCaught();
  for (const { engine, fault, defect } of await facts(window)) note(caught, defect, engine, fault.rule);
  if (hasJava) {
    const site = { folder: canaryFolder, origin, siteUrl: 'https://canary.example' };
    const lines = (await readFile(join(canaryFolder, 'index.html'), 'utf8')).split('\n');
    for (const { line, rule } of await nuHtmlChecker.check(site, ['index.html'])) {
      // Each defect is on a separate line.
      const defect = /data-defect="([^"]+)"/.exec(lines[(line ?? 0) - 1] ?? '')?.[1];
      note(caught, defect, nuName, rule);
    }
  }
  server.close();
  server.closeAllConnections();
  return caught;
}

export const nuName = 'Nu HTML checker';

/** The defects that the page of seeded defects lists. */
async function nothingCaught(): Promise<Caught> {
  const elements = await elementsOf(canaryFolder, 'index.html');
  const defects = elements.map((element) => attribute(element, 'data-defect')).filter((name) => name !== undefined);
  return Object.fromEntries(defects.map((defect) => [defect, {}]));
}

function note(caught: Caught, defect: string | undefined, engine: string, rule: string): void {
  if (defect === undefined || caught[defect] === undefined) return;
  const rules = new Set(caught[defect][engine]).add(rule);
  caught[defect][engine] = [...rules].sort();
}

/** Every finding about the open page, with the facts about its element that the reviewed list and the canary need. */
async function facts(window: Page) {
  const all = [];
  for (const engine of engines) {
    const faults = await engine.look(window);
    const found = await window.evaluate(factsInPage, {
      paths: faults.map(({ at }) => at),
      selectors: reviewed.map(({ where }) => where),
    });
    for (const [position, fault] of faults.entries()) all.push({ engine: engine.name, fault, ...found[position]! });
  }
  return all;
}

/**
 * Runs in the page. If a path leads nowhere, because XPath does not see inside a drawing, it is followed as far as
 * possible.
 */
function factsInPage({ paths, selectors }: { paths: string[]; selectors: string[] }) {
  const nodeAt = (path: string): Node | null => {
    if (path === '' || path === '/') return null;
    const found = document.evaluate(path, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null).singleNodeValue;
    return found ?? nodeAt(path.slice(0, path.lastIndexOf('/')));
  };
  return paths.map((path) => {
    const node = nodeAt(path);
    const element = node instanceof Attr ? node.ownerElement : node instanceof Element ? node : node?.parentElement;
    const holder = element?.closest('[data-defect]');
    // The root contains all other elements, so it counts only for itself.
    const isOfHolder = holder !== document.documentElement || holder === element;
    return {
      matches: selectors.filter((selector) => element?.matches(selector)),
      defect: isOfHolder ? (holder?.getAttribute('data-defect') ?? undefined) : undefined,
      source: element?.outerHTML.slice(0, 120) ?? '',
    };
  });
}
