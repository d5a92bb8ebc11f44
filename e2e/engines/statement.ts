import type { AccessibilityReport } from './report.ts';
import { reviewed } from './reviewed.ts';

// Two texts that are generated from one report. Neither claims more than was run: every sentence here needs a test that
// proves it.

/** What we test in addition to the engines. Each entry describes what one test file checks. */
export const ownTests = [
  {
    file: 'e2e/read-a-story-from-the-front-with-the-keyboard.spec.ts',
    does: 'A reader can go from the front page to a story and through it with the keyboard alone, and the focus is visible at every stop.',
  },
  {
    file: 'e2e/read-on-a-narrow-phone.spec.ts',
    does: 'No type of page scrolls sideways at 320 px, which equals a window of 1280 px at 400 % zoom. With the text spacing of WCAG 1.4.12, nothing is cut off.',
  },
  {
    file: 'e2e/reach-every-control.spec.ts',
    does: 'Every control has a target of at least 44 by 44 px. Links inside a sentence are exempt, as in WCAG 2.5.5. Every control shows when it has the focus.',
  },
  {
    file: 'e2e/hear-a-picture-once.spec.ts',
    does: 'A simulated screen reader reads the alt text, caption, and credit of every picture in a story exactly once, in this order.',
  },
  {
    file: 'e2e/hear-the-long-story.spec.ts',
    does: 'A simulated screen reader reads the longest story from the skip link to the footer: landmarks, headings, pictures, tables, and notes come in the order of the page.',
  },
  {
    file: 'src/styles/contrast.test.ts',
    does: 'Text has a contrast of 7:1 on every background it appears on, in light and dark mode, computed from the colours of the style sheet.',
  },
  {
    file: 'e2e/gates.spec.ts',
    does: 'Every page of this site is checked with axe, the Nu HTML checker, and html-validate, and for the order of headings and alt texts that repeat a caption.',
  },
];

/** The page types whose key is not a name that readers would understand. */
const pageNames: Record<string, string> = {
  front: 'front page',
  year: 'archive of a year',
  month: 'archive of a month',
  section: 'section front',
  standing: 'standing page',
  'not found': '“page not found”',
};

/** The standing page of the newsroom, as Markdown with front matter. */
export function statementOf(report: AccessibilityReport): string {
  const engines = report.engines.map(({ name, version }) => `- ${name} ${version}`).join('\n');
  const types = Object.keys(report.pages).map((type) => pageNames[type] ?? type);
  return `---
headline: Accessibility
standfirst: What we tested, with what, and what we did not
---

We want everybody to be able to read this paper, whether they see it, hear it, or feel it. Our aim is level AA of the Web Content Accessibility Guidelines (WCAG) 2.2. In addition, text has a contrast of 7:1 and controls are at least 44 pixels in size.

A program wrote this page from the report of its last tests, on ${dayInWords(report.day)}. It claims only what was tested. It is not a certificate: programs detect only some of the possible faults, and only people notice the rest.

## What programs checked

Five independent engines checked a page of each type in light and dark mode:

${engines}

The types of page are: ${listOf(types)}. The engines also checked ${report.pagesFromRightToLeft} pages of an Arabic newspaper, which reads from right to left and exists only for this test. Four of the engines ran in ${report.browser}. The fifth read the files.

They found nothing except what ${numberInWords(reviewed.length)} reviewed exceptions allow. Each exception is recorded with its reason. A page with ${Object.keys(report.caught).length} deliberate faults shows that the engines still detect them.

## What else is tested

${ownTests.map(({ does }) => `- ${does}`).join('\n')}

## What was not tested

- Nobody who relies on a screen reader, a switch, or a magnifier has tested the paper for us.
- No screen reader in everyday use was tested. The simulated one follows the specifications and has none of the faults that real ones have.
- No program can tell whether an alt text is good, or whether a text is easy to understand.

## Tell us

If you cannot read something, please [tell us](/contact/) what it was and what you used to read it. A person will reply.
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

The aim is WCAG 2.2 AA, plus the AAA rules that the content allows: text contrast (1.4.6), target size (2.5.5), and section
headings (2.4.10). The last run was on ${report.day} in ${report.browser}.

\`npm test -- pages\` runs everything below and compares the result with this report. \`npm run accessibility\` runs the engines and
rewrites the report, this page, and the [statement](../content/pages/accessibility.md) of the demo newsroom. It writes nothing if
there is a finding that nobody has reviewed.

## Five engines

${table([
  ['engine', 'version', 'rules used'],
  ...report.engines.map(({ name, version, asked }) => [name, version, asked]),
])}

They check one page of each type over HTTP, in light mode at 1280 px and in dark mode at 360 px: ${listOf(
    Object.entries(report.pages).map(([type, page]) => `${pageNames[type] ?? type} (\`${page}\`)`),
  )}. ${report.pagesFromRightToLeft} pages of a newsroom in Arabic (\`e2e/engines/newsroom\`) are checked in both modes. All pages of the demo newsroom are checked with axe, in light mode
at 360 px and in dark mode at 1280 px, and with the Nu HTML checker.

## Findings that are allowed

\`e2e/engines/reviewed.ts\` contains the list. An entry applies only to the elements that it names. A test fails if its rule no
longer reports the seeded defect.

${table([
  ['engine', 'rule', 'elements', 'reason', 'seeded defect'],
  ...reviewed.map(({ engine, rule, where, reason, canary }) => [engine, `\`${rule}\``, `\`${where}\``, reason, canary]),
])}

## Our own tests

${table([['file', 'what it checks'], ...ownTests.map(({ file, does }) => [`\`${file}\``, does])])}

## Seeded defects

\`e2e/engines/canary/index.html\` has ${rows.length} defects. The table shows which rules of each engine report them. A test checks that each engine still
reports what the table says. A dash means that the engine reports nothing${missed.length === 0 ? '' : `. No engine reports these ${missed.length} defects: ${listOf(missed.map(([defect]) => defect))}`}.
Our own check (\`e2e/gates/pictures.ts\`) finds alt text that repeats the caption.

${table([['defect', ...names], ...rows, ['**reported**', ...counts.map((count) => `**${count} of ${rows.length}**`)]])}

## Not tested

Nobody who relies on assistive technology has tested these pages for this report, and no screen reader in everyday use
was tested.
`;
}

/** A Markdown table. The first row is the header row. */
function table([head, ...rows]: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head!), line(head!.map(() => '---')), ...rows.map(line)].join('\n');
}

const listOf = (items: string[]) => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(items);

const dayInWords = (day: string) =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));

const numberInWords = (count: number) =>
  ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'][count] ?? String(count);
