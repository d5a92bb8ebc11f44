import { attribute, type Element, elementsIn, elementsOf, isRedirect, lineOf, textOf } from './dom.ts';
import type { Finding, Gate } from './gate.ts';

/** There is one h1, which comes first. No level is skipped on the way down, and no heading is empty. */
export const headings: Gate = {
  name: 'heading order',
  needs: [],
  async check({ folder }, pages) {
    const found = await Promise.all(
      pages.map(async (page) => {
        const elements = await elementsOf(folder, page);
        return isRedirect(elements) ? [] : outline(elements).map((finding): Finding => ({ page, ...finding }));
      }),
    );
    return found.flat();
  },
};

function outline(elements: Element[]): Omit<Finding, 'page'>[] {
  const headings = elements.filter(({ tagName }) => /^h[1-6]$/.test(tagName));
  const level = (heading: Element) => Number(heading.tagName[1]);
  const tops = headings.filter((heading) => level(heading) === 1);
  const findings: Omit<Finding, 'page'>[] = [];
  if (tops.length !== 1) findings.push({ rule: 'one-h1', message: `The page has ${tops.length} h1.` });
  headings.forEach((heading, position) => {
    const before = position === 0 ? 0 : level(headings[position - 1]!);
    const line = lineOf(heading);
    if (level(heading) > before + 1) {
      const above = before === 0 ? 'the start of the page' : `h${before}`;
      findings.push({
        rule: 'heading-skipped',
        line,
        message: `${heading.tagName} "${textOf(heading)}" follows ${above}.`,
      });
    }
    if (wordsOf(heading) === '')
      findings.push({ rule: 'heading-empty', line, message: `${heading.tagName} has no words.` });
  });
  return findings;
}

/** A heading can be a picture of text, such as a nameplate. */
const wordsOf = (heading: Element) =>
  textOf(heading) +
  elementsIn(heading)
    .map((element) => attribute(element, 'alt') ?? attribute(element, 'aria-label') ?? '')
    .join('');
