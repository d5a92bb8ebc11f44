import type { Fault } from './engine.ts';

/** A rule whose finding on our pages was looked at by a person and is let through, where `where` says. */
export interface Reviewed {
  engine: string;
  rule: string;
  /** The elements it is let through on, as a CSS selector; anywhere else it is still a finding. */
  where: string;
  reason: string;
  /** The seeded defect that shows that the rule still fires: `data-defect` of canary/index.html. */
  canary: string;
}

export const reviewed: Reviewed[] = [
  {
    engine: 'IBM Equal Access',
    rule: 'element_attribute_deprecated',
    where: 'meta[http-equiv="Content-Security-Policy"], ol[start]',
    reason:
      'The HTML standard has both: http-equiv carries the security policy of a page without a server, and start numbers the later parts of a series.',
    canary: 'attributes of another century',
  },
  {
    engine: 'IBM Equal Access',
    rule: 'aria_content_in_landmark',
    where: 'body > a.skip',
    reason: 'A skip link is the first thing in the page, before all landmarks; axe and Alfa expect it there.',
    canary: 'words outside all landmarks',
  },
  {
    engine: 'IBM Equal Access',
    rule: 'aria_article_label_unique',
    where: 'article.card',
    reason:
      'The cards of a front are articles with a heading each. A name besides would be the same headline, said twice; WCAG asks for none.',
    canary: 'two articles of one name',
  },
  {
    engine: 'IBM Equal Access',
    rule: 'aria_complementary_label_visible',
    where: 'aside[aria-label]',
    reason: 'Each aside has a name of its own that is heard. WCAG does not ask that it is seen as well.',
    canary: 'aside whose name is not seen',
  },
  {
    engine: 'IBM Equal Access',
    rule: 'element_tabbable_role_valid',
    where: '.table[role="group"][tabindex="0"]',
    reason:
      'A table that is wider than the window scrolls in a box of its own, and the keyboard must reach the box to scroll it (axe scrollable-region-focusable, Alfa r84).',
    canary: 'tab stop that is no control',
  },
  {
    engine: 'Siteimprove Alfa',
    rule: 'sia-r14',
    where: 'a.footnote-back',
    reason: 'What is seen is an arrow, not a word that somebody could say to the machine.',
    canary: 'name that lacks the visible words',
  },
  {
    engine: 'Siteimprove Alfa',
    rule: 'sia-r73',
    where: ':not(.body > p:not([class]))',
    reason:
      'WCAG 1.4.8 (AAA) asks for blocks of running text that can be given lines 1.5 apart. The text of stories has it, and there the rule is kept; short lines such as standfirsts, captions and stamps stand closer, and readers may space them out (1.4.12 is tested).',
    canary: 'lines too close',
  },
  {
    engine: 'Siteimprove Alfa',
    rule: 'sia-r111',
    where: 'a, input',
    reason:
      'The rule takes the box of the words. On a card the whole card answers, and a radio button answers with its line. What really answers is measured at 44 px by the test of targets.',
    canary: 'target smaller than 44 px',
  },
  {
    engine: 'Siteimprove Alfa',
    rule: 'sia-r113',
    where: '.sections > div > ul > li > a',
    reason:
      'On a phone the sections of the paper stand in a row that scrolls, and the rule takes what the row shows of the section at its edge. Once the row is scrolled, each answers at 44 px, which the test of targets measures.',
    canary: 'targets smaller than 24 px',
  },
];

/** Whether somebody has looked at such a finding; `matches` says whether its element matches a selector. */
export const isReviewed = (engine: string, { rule }: Fault, matches: (selector: string) => boolean): boolean =>
  reviewed.some((entry) => entry.engine === engine && entry.rule === rule && matches(entry.where));
