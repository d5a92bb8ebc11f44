import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { Outcome } from '@siteimprove/alfa-act';
import type { Node } from '@siteimprove/alfa-dom';
import { Playwright } from '@siteimprove/alfa-playwright';
import { Rules } from '@siteimprove/alfa-rules';
import axeCore from 'axe-core';

// Four engines that check a page in a browser, each with its own authors, rules, and code. The fifth, the Nu checker,
// reads files (gates/nu-html-checker.ts). docs/accessibility.md shows what each of them detects.

/** One finding of an engine about a page. */
export interface Fault {
  /** The engine's own name for the rule. */
  rule: string;
  help: string;
  /** XPath of the element, or empty. */
  at: string;
}

export interface Engine {
  name: string;
  version: string;
  /** The rules that are used, for the report. */
  asked: string;
  /** The findings about the open page. It must be served over HTTP, because style sheets cannot be read otherwise. */
  look(window: Page): Promise<Fault[]>;
}

/** For scripts that run in the page. */
const pathOfInPage = `const pathOf = (element) => {
  if (!element || !element.parentElement) return element && element.localName ? '/' + element.localName + '[1]' : '';
  const alike = [...element.parentElement.children].filter((other) => other.localName === element.localName);
  return pathOf(element.parentElement) + '/' + element.localName + '[' + (alike.indexOf(element) + 1) + ']';
};`;

const require = createRequire(import.meta.url);
const versionOf = (name: string): string => require(`../../node_modules/${name}/package.json`).version;

const axe: Engine = {
  name: 'axe',
  version: versionOf('axe-core'),
  asked: 'all rules, including best practices',
  async look(window) {
    await window.evaluate(axeCore.source);
    return window.evaluate(`axe.run(document, { resultTypes: ['violations'], elementRef: true }).then(({ violations }) => {
      ${pathOfInPage}
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ element }) => ({ rule: id, help, at: pathOf(element) })));
    })`);
  },
};

interface IbmResult {
  ruleId: string;
  value: [string, string];
  message: string;
  path: { dom: string };
}

const ibm: Engine = {
  name: 'IBM Equal Access',
  version: versionOf('accessibility-checker-engine'),
  asked: 'policy IBM_Accessibility, failures',
  async look(window) {
    await inject(window, 'accessibility-checker-engine/ace.js');
    const results: IbmResult[] = await window.evaluate(
      'new ace.Checker().check(document, ["IBM_Accessibility"]).then(({ results }) => results)',
    );
    return results
      .filter(({ value }) => value[1] === 'FAIL')
      .map(({ ruleId, message, path }) => ({ rule: ruleId, help: message, at: path.dom }));
  },
};

/** Versions that do not match make every rule of Alfa inapplicable, which would look like a clean page. */
const outcomesMin = 100;

const alfa: Engine = {
  name: 'Siteimprove Alfa',
  version: versionOf('@siteimprove/alfa-rules'),
  asked: 'all rules, including AAA',
  async look(window) {
    const page = await Playwright.toPage(await window.evaluateHandle('document'));
    const faults: Fault[] = [];
    let outcomes = 0;
    for (const rule of Rules.values())
      for (const outcome of await rule.evaluate(page)) {
        if (Outcome.isApplicable(outcome)) outcomes += 1;
        if (!Outcome.isFailed(outcome)) continue;
        const name = rule.uri.replace(/^.*\//, '');
        faults.push({ rule: name, help: helpOf(outcome), at: pathOf(outcome.target) });
      }
    if (outcomes <= outcomesMin)
      throw new Error(`Alfa looked at ${outcomes} things only: do its versions belong together?`);
    return faults;
  },
};

function helpOf({ expectations }: Pick<Outcome.Failed<unknown, never>, 'expectations'>): string {
  for (const [, expectation] of expectations) if (expectation.isErr()) return expectation.getErr().message;
  return '';
}

/** A target is a node, or a group of nodes of which the first one is named. */
function pathOf(target: unknown): string {
  if (typeof target !== 'object' || target === null) return '';
  if ('path' in target) return (target as Node).path();
  return Symbol.iterator in target ? pathOf([...(target as Iterable<unknown>)][0]) : '';
}

const htmlCodeSniffer: Engine = {
  name: 'HTML_CodeSniffer',
  version: versionOf('@pa11y/html_codesniffer'),
  asked: 'standard WCAG2AAA, errors',
  async look(window) {
    await inject(window, '@pa11y/html_codesniffer/build/HTMLCS.js');
    return window.evaluate(`new Promise((resolve, reject) => {
      ${pathOfInPage}
      HTMLCS.process('WCAG2AAA', document, () => resolve(
        HTMLCS.getMessages().filter(({ type }) => type === HTMLCS.ERROR).map(({ code, msg, element }) => ({
          rule: code.replace(/^WCAG2AAA\\.Principle\\d\\.Guideline\\d_\\d\\./, ''),
          help: msg,
          at: pathOf(element),
        })),
      ), () => reject(new Error('HTML_CodeSniffer gave up')));
    })`);
  },
};

/** It runs as a script of the inspector, because the page's own policy forbids all others. */
async function inject(window: Page, file: string): Promise<void> {
  await window.evaluate(await readFile(require.resolve(file), 'utf8'));
}

export const engines: Engine[] = [axe, ibm, alfa, htmlCodeSniffer];
