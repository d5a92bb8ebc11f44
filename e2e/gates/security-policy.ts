import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { attribute, elementsOf, lineOf } from './dom.ts';
import type { Finding, Gate } from './gate.ts';

/**
 * Every page has a policy that allows nothing by default and no inline code, placed before everything that it governs.
 */
export const securityPolicy: Gate = {
  name: 'Content Security Policy',
  needs: [],
  async check({ folder }, pages) {
    const found = await Promise.all(pages.map((page) => checkPage(folder, page)));
    return found.flat();
  },
};

async function checkPage(folder: string, page: string): Promise<Finding[]> {
  const elements = await elementsOf(folder, page);
  const metas = elements.filter(
    (element) => attribute(element, 'http-equiv')?.toLowerCase() === 'content-security-policy',
  );
  const [meta] = metas;
  if (metas.length !== 1 || meta === undefined) {
    return [{ rule: 'csp-missing', page, message: `The page has ${metas.length} policies, not one.` }];
  }
  const text = attribute(meta, 'content') ?? '';
  const findings = policyFindings(text).map((finding) => ({ page, line: lineOf(meta), ...finding }));
  // A policy in a meta element governs only what comes after it.
  const early = elements
    .slice(0, elements.indexOf(meta))
    .find(({ tagName }) => ['script', 'style', 'link', 'img'].includes(tagName));
  if (early) {
    const message = `<${early.tagName}> stands before the policy, which does not govern it.`;
    findings.push({ rule: 'csp-late', page, line: lineOf(early), message });
  }
  return findings;
}

function policyFindings(text: string): Omit<Finding, 'page'>[] {
  const policy = new CspParser(text).csp;
  const findings: Omit<Finding, 'page'>[] = [];
  if (policy.directives['default-src']?.join(' ') !== "'none'") {
    findings.push({ rule: 'csp-default', message: "default-src is not 'none'." });
  }
  const unsafe = text.match(/'unsafe-[a-z-]+'/g) ?? [];
  findings.push(...unsafe.map((word) => ({ rule: 'csp-unsafe', message: `The policy allows ${word}.` })));
  const opinions = new CspEvaluator(policy).evaluate().filter(({ severity }) => severity <= Severity.MEDIUM);
  findings.push(
    ...opinions.map(({ directive, description }) => ({ rule: 'csp-weak', message: `${directive}: ${description}` })),
  );
  return findings;
}
