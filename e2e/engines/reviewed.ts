import type { Fault } from './engine.ts';

/** A finding on our pages that a person has reviewed and that is allowed on the elements that `where` selects. */
export interface Reviewed {
  engine: string;
  rule: string;
  /** The elements on which it is allowed, as a CSS selector. On any other element it is still a finding. */
  where: string;
  reason: string;
  /** The seeded defect that the rule must still report: a `data-defect` in canary/index.html. */
  canary: string;
}

export const reviewed: Reviewed[] = [
  {
    engine: 'IBM Equal Access',
    rule: 'element_attribute_deprecated',
    where: 'meta[http-equiv="Content-Security-Policy"], ol[start]',
    reason:
      'Both are in the HTML standard: http-equiv contains the security policy of a page that has no server, and start numbers the later parts of a series.',
    canary: 'obsolete attributes',
  },
  {
    engine: 'IBM Equal Access',
    rule: 'aria_content_in_landmark',
    where: 'body > a.skip',
    reason: 'A skip link is the first element of the page, before all landmarks. axe and Alfa expect it there.',
    canary: 'text outside all landmarks',
  },
  {
    engine: 'IBM Equal Access',
    rule: 'aria_article_label_unique',
    where: 'article.card',
    reason:
      'Each card of a front is an article with a heading. An additional name would repeat the headline, and WCAG does not require one.',
    canary: 'two articles with the same name',
  },
  {
    engine: 'IBM Equal Access',
    rule: 'aria_complementary_label_visible',
    where: 'aside[aria-label]',
    reason: 'Each aside has its own name for screen readers. WCAG does not require the name to be visible.',
    canary: 'aside whose name is not visible',
  },
  {
    engine: 'IBM Equal Access',
    rule: 'element_tabbable_role_valid',
    where: '.table[role="group"][tabindex="0"]',
    reason:
      'A table that is wider than the window scrolls in its own box, and keyboard users must be able to reach the box to scroll it (axe scrollable-region-focusable, Alfa r84).',
    canary: 'tab stop that is not a control',
  },
  {
    engine: 'Siteimprove Alfa',
    rule: 'sia-r14',
    where: 'a.footnote-back',
    reason: 'The visible label is an arrow, not a word that somebody could say to speech recognition.',
    canary: 'name that lacks the visible text',
  },
  {
    engine: 'Siteimprove Alfa',
    rule: 'sia-r73',
    where: ':not(.body > p:not([class]))',
    reason:
      'WCAG 1.4.8 (AAA) requires a line height of 1.5 for blocks of running text. The text of stories has it, and the rule applies there. Short texts such as standfirsts, captions, and labels have a smaller line height, and readers can increase it (1.4.12 is tested).',
    canary: 'lines too close',
  },
  {
    engine: 'Siteimprove Alfa',
    rule: 'sia-r111',
    where: 'a, input',
    reason:
      'The rule measures the box of the text. On a card, the whole card is the target, and for a radio button it is the whole line. The test of target sizes measures the actual target at 44 px.',
    canary: 'target smaller than 44 px',
  },
  {
    engine: 'Siteimprove Alfa',
    rule: 'sia-r113',
    where: '.sections > div > ul > li > a',
    reason:
      'On a phone, the sections are in a row that scrolls, and the rule measures only the visible part of the section at the edge. After scrolling, each target is 44 px, which the test of target sizes measures.',
    canary: 'targets smaller than 24 px',
  },
];

/** Whether somebody has reviewed such a finding. `matches` says whether its element matches a selector. */
export const isReviewed = (engine: string, { rule }: Fault, matches: (selector: string) => boolean): boolean =>
  reviewed.some((entry) => entry.engine === engine && entry.rule === rule && matches(entry.where));
