import type { AccessibilityReport } from './report.ts';
import { reviewed } from './reviewed.ts';

// Two texts from one report. Neither says more than was run: a sentence that no test stands behind does not belong here.

/** What tests look at besides the engines; each line is what one test does, and names the file. */
export const ownTests = [
  {
    file: 'e2e/read-a-story-from-the-front-with-the-keyboard.spec.ts',
    does: 'A reader goes from the front to a story and through it with the keyboard alone, and sees where they are at every stop.',
  },
  {
    file: 'e2e/read-on-a-narrow-phone.spec.ts',
    does: 'No type of page scrolls sideways at 320 px, which is a window of 1280 px at 400 %; with the text spacing of WCAG 1.4.12 nothing is cut off.',
  },
  {
    file: 'e2e/reach-every-control.spec.ts',
    does: 'Every control answers in an area of 44 by 44 px at least; links inside a sentence are exempt, as in WCAG 2.5.5. Every control that has the focus is marked.',
  },
  {
    file: 'e2e/hear-a-picture-once.spec.ts',
    does: 'Of every picture of a story, alt, caption and credit are heard once each, in this order.',
  },
  {
    file: 'e2e/hear-the-long-story.spec.ts',
    does: 'A simulated screen reader speaks the longest story from the skip link to the foot: landmarks, headings, pictures, tables and notes come in the order of the page.',
  },
  {
    file: 'src/styles/contrast.test.ts',
    does: 'Text has a contrast of 7:1 on every ground it stands on, by day and at night, computed from the colours of the style sheet.',
  },
  {
    file: 'e2e/gates.spec.ts',
    does: 'On every page of this site: axe, the Nu checker, html-validate, the order of headings, alt texts that repeat a caption.',
  },
];

/** The standing page of the newsroom, Markdown with front matter. */
export function statementOf(report: AccessibilityReport): string {
  const engines = report.engines.map(({ name, version }) => `- ${name} ${version}`).join('\n');
  const types = Object.keys(report.pages).map((type) => `the ${type}`);
  return `---
headline: Accessibility
standfirst: What we tested, with what, and what we did not
---

We want everybody to be able to read this paper, with eyes, ears or fingers. Our aim is level AA of the Web Content Accessibility Guidelines (WCAG) 2.2, and beyond it a contrast of 7:1 for text and controls of 44 pixels.

This page was written by a program from the report of its last tests, on ${dayInWords(report.day)}. It claims what was run and nothing else. It is no certificate: programs notice a part of what can be wrong, and only people notice the rest.

## What programs looked at

Five independent engines looked at a page of each type by day and at night:

${engines}

The types are ${listOf(types)}; and ${report.pagesFromRightToLeft} pages of a newspaper in Arabic that is read from right to left and exists for this test only. Four of the engines looked in ${report.browser}; the last one read the files.

They found nothing but what ${numberInWords(reviewed.length)} reviewed exceptions let through; each is written down with its reason, and a page with ${Object.keys(report.caught).length} faults made on purpose shows that the engines still see.

## What else is tested

${ownTests.map(({ does }) => `- ${does}`).join('\n')}

## What was not done

- Nobody who relies on a screen reader, a switch or a magnifier has tested the paper for us.
- No screen reader in daily use was run; the simulated one follows the specifications and has no faults of its own to work around.
- Whether an alt text is a good one, and whether a text is easy to understand, no program can say.

## Tell us

If you cannot read something, please [tell us](/contact/): what it was, and with what you read. A person answers.
`;
}

/** docs/accessibility.md, for developers and newsrooms. */
export function manualOf(report: AccessibilityReport): string {
  const names = report.engines.map(({ name }) => name);
  const rows = Object.entries(report.caught).map(([defect, engines]) => [
    defect,
    ...names.map((name) => engines[name]?.map((rule) => `\`${rule}\``).join(', ') ?? '—'),
  ]);
  const counts = names.map((name) => Object.values(report.caught).filter((engines) => engines[name]).length);
  const missed = Object.entries(report.caught).filter(([, engines]) => Object.keys(engines).length === 0);
  return `# Accessibility: what is tested, and what is not

<!-- Written by \`npm run accessibility\` from e2e/engines/report.json; a test fails while it is stale. -->

The aim is WCAG 2.2 AA, and the AAA rules that content permits: contrast of text (1.4.6), target size (2.5.5), section
headings (2.4.10). Last run on ${report.day} in ${report.browser}.

\`npm test -- pages\` runs everything below and compares it with this report. \`npm run accessibility\` runs the engines,
writes the report, this page and the [statement](../content/pages/accessibility.md) of the demo newsroom anew, and writes nothing while
there is a finding that nobody has reviewed.

## Five engines

${table([
  ['engine', 'version', 'what is asked'],
  ...report.engines.map(({ name, version, asked }) => [name, version, asked]),
])}

They look at a page of each type over http, light at 1280 px and dark at 360 px: ${listOf(
    Object.entries(report.pages).map(([type, page]) => `${type} (\`${page}\`)`),
  )}. ${report.pagesFromRightToLeft} pages of a newsroom in Arabic (\`e2e/engines/newsroom\`) are looked at in light. All pages of the demo newsroom meet axe, light at
360 px and dark at 1280 px, and the Nu checker.

## Findings that are let through

\`e2e/engines/reviewed.ts\` holds the list. An entry applies to the elements that it names and nowhere else, and a test
fails when its rule no longer fires on the seeded defect.

${table([
  ['engine', 'rule', 'where', 'why', 'seeded defect'],
  ...reviewed.map(({ engine, rule, where, reason, canary }) => [engine, `\`${rule}\``, `\`${where}\``, reason, canary]),
])}

## Tests of our own

${table([['file', 'what it does'], ...ownTests.map(({ file, does }) => [`\`${file}\``, does])])}

## Seeded defects

\`e2e/engines/canary/index.html\` has ${rows.length} defects. What each engine says of them, by its rules; a test asserts that each engine still
catches what stands here. A dash means that it is silent${missed.length === 0 ? '' : `, and ${missed.length} defects are noticed by none: ${listOf(missed.map(([defect]) => defect))}`}.
An alt that repeats its caption is found by a check of our own (\`e2e/gates/pictures.ts\`).

${table([['defect', ...names], ...rows, ['**caught**', ...counts.map((count) => `**${count} of ${rows.length}**`)]])}

## Not tested

No person who relies on assistive technology has tested these pages for this report, and no screen reader in daily use
was run.
`;
}

/** A Markdown table; the first row is its head. */
function table([head, ...rows]: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head!), line(head!.map(() => '---')), ...rows.map(line)].join('\n');
}

const listOf = (items: string[]) => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(items);

const dayInWords = (day: string) =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));

const numberInWords = (count: number) =>
  ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'][count] ?? String(count);
