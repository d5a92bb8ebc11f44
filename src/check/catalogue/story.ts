import type { rulesByRoom } from '../../problems/rules.ts';
import { componentRules } from './components.ts';
import { copyRules } from './copy.ts';
import { type Entry, ferry, front, md, mdx } from './example.ts';
import { namedRules } from './pictures.ts';

/* Stories: their front matter, their text, and words that would be lost. */

const frontMatterRules = {
  'no-such-date': {
    severity: 'error',
    means: 'A date does not exist, such as 30 February.',
    wrong: front('corrections: [{ date: 2025-04-31, type: correction, text: The ferry sails at eight. }]\n'),
    right: front('corrections: [{ date: 2025-04-30, type: correction, text: The ferry sails at eight. }]\n'),
  },
  'updated-before-published': {
    severity: 'error',
    means: 'The  updated  date of a story is earlier than its  published  date.',
    wrong: front('updated: 2025-02-28\n'),
    right: front('updated: 2025-03-02\n'),
  },
  'unknown-section': {
    severity: 'error',
    means: 'A story names a section that site.yaml does not list.',
    wrong: { [ferry]: '---\nheadline: Ferries\npublished: 2025-03-01\nsection: wrold\n---\n\nText.\n' },
    right: { [ferry]: '---\nheadline: Ferries\npublished: 2025-03-01\nsection: world\n---\n\nText.\n' },
  },
  'unknown-author': {
    severity: 'error',
    means:
      'A byline or component names an author without a file in content/authors/. A word in lower case is an id; a name with capitals is printed as it is.',
    wrong: front('byline: [anne]\n'),
    right: front('byline: [ann, Bob Example]\n'),
  },
  'slug-empty': {
    severity: 'error',
    means: 'The name of a story’s file or folder has no letters or digits, so no address can be made from it.',
    wrong: { 'content/stories/2025/03/---.md': { body: 'Text.' } },
    right: { 'content/stories/2025/03/---.md': { front: 'slug: ferries\n' } },
  },
  'topic-empty': {
    severity: 'error',
    means: 'A topic has no letter, digit or symbol, so its page would have no address.',
    wrong: front('topics: ["…"]\n'),
    right: front('topics: [Ferries]\n'),
  },
  'series-empty': {
    severity: 'error',
    means: 'The title of a series has no letter, digit or symbol, so its page would have no address.',
    wrong: front('series: "…"\n'),
    right: front('series: Ferries of the west\n'),
  },
  'related-itself': {
    severity: 'warning',
    means: 'A story lists itself among its related stories.',
    wrong: front('related: [2025/03/ferry]\n'),
    right: front('related: [2025/02/harbour]\n'),
  },
  'related-twice': {
    severity: 'warning',
    means: 'A story lists the same related story twice.',
    wrong: front('related: [2025/02/harbour, 2025/02/harbour]\n'),
    right: front('related: [2025/02/harbour]\n'),
  },
} satisfies Record<string, Entry>;

const textRules = {
  'story-too-long': {
    severity: 'error',
    means:
      'The text of a story has more than 2 million characters, usually because something was pasted in by accident.',
    test: 'src/press/bad-input.test.ts',
  },
  'story-too-deep': {
    severity: 'error',
    means: 'Quotations, lists or elements are nested more than 100 deep, usually because of a pasted line of > or *.',
    wrong: md(`${'> '.repeat(120)}Text.`),
    right: md('> Text.\n> — Ann Example'),
  },
  'story-too-many-braces': {
    severity: 'error',
    means: 'An .mdx file has so many opening braces that reading it would take minutes.',
    wrong: mdx('\\{ '.repeat(5001)),
    right: mdx('\\{ '),
  },
  'story-import': {
    severity: 'error',
    means: 'A story contains  import  or  export , which is program code. Story components work without it.',
    wrong: mdx("import Chart from './Chart.jsx'\n\nText."),
    right: mdx('Text.'),
  },
  'story-expression': {
    severity: 'error',
    means:
      'An .mdx file contains text in braces, which MDX reads as program code. Broadsheet does not run code from stories.',
    wrong: mdx('The ferry takes {2 + 2} hours.'),
    right: mdx('The ferry takes 4 hours.'),
  },
  'story-mdx': {
    severity: 'error',
    means: 'An .mdx file cannot be read: a tag is not closed, or a < is not meant as a tag.',
    wrong: mdx('The fare is <5 euros.'),
    right: mdx('The fare is \\<5 euros.'),
  },
  'heading-jump': {
    severity: 'warning',
    means:
      'A heading is more than one level below the heading before it, so people who navigate by headings would miss one.',
    wrong: md('## The port\n\nText.\n\n#### The berths\n\nText.'),
    right: md('## The port\n\nText.\n\n### The berths\n\nText.'),
  },
  'quote-without-source': {
    severity: 'warning',
    means: 'A quotation does not say whose words it quotes.',
    wrong: md('> The ferries stay in port.'),
    right: md('> The ferries stay in port.\n> — Ann Example, harbour master'),
  },
  'link-empty': {
    severity: 'warning',
    means: 'A link has no address between its parentheses. Its text is printed without a link.',
    wrong: md('Read [the timetable]().'),
    right: md('Read [the timetable](https://ferries.example/timetable).'),
  },
  'link-broken': {
    severity: 'warning',
    means: 'A link has an address that no browser can read. Its text is printed without a link.',
    wrong: md('Read [the timetable](http://:80).'),
    right: md('Read [the timetable](http://ferries.example:80/).'),
  },
  'link-scheme': {
    severity: 'error',
    means:
      'A link begins with something other than https:, http:, mailto:, tel:, sms: or story:, or could lead readers somewhere other than where it says.',
    wrong: md('Read [the timetable](javascript:alert(1)).'),
    right: md('Read [the timetable](https://ferries.example/timetable).'),
  },
  'link-to-source': {
    severity: 'error',
    means: 'A link leads to a Markdown file of the newsroom, which readers cannot open.',
    wrong: md('The harbour [reopened](../02/harbour/index.md).'),
    right: md('The harbour [reopened](story:2025/02/harbour).'),
  },
  'link-story-empty': {
    severity: 'error',
    means: 'A link begins with  story:  but does not name a story.',
    wrong: md('The harbour [reopened](story:).'),
    right: md('The harbour [reopened](story:2025/02/harbour).'),
  },
  'link-fragment': {
    severity: 'warning',
    means:
      'The part of a link after # does not match any heading of the page, so readers land at its top. The name of a heading is its words in lower case with hyphens.',
    wrong: md('See [the vote](#the-votes).\n\n## The vote\n\nText.'),
    right: md('See [the vote](#the-vote).\n\n## The vote\n\nText.'),
  },
  'html-unknown': {
    severity: 'warning',
    means:
      'A tag is not an HTML element, or is a story component in a file that does not end in .mdx. It is printed as text or left out.',
    wrong: md('Text.\n\n<Gallery>\n\nMore text.'),
    right: md('Text.\n\nMore text.'),
  },
  'html-removed': {
    severity: 'warning',
    means: 'A story contains an HTML element that is not allowed, such as  <script> . The element is left out.',
    wrong: md('Text.\n\n<script src="https://widgets.example/x.js"></script>'),
    right: md('Text.'),
  },
  'html-self-closed': {
    severity: 'warning',
    means:
      'In HTML, a slash does not close an element such as  <b /> . What follows becomes part of it. (In .mdx files it does close it.)',
    wrong: md('Text <a href="https://ferries.example/"/> and more text.'),
    right: md('Text <a href="https://ferries.example/">the ferries</a> and more text.'),
  },
  'html-not-closed': {
    severity: 'warning',
    means: 'An HTML element such as  <b>  is never closed, so everything after it may be part of it.',
    wrong: md('The <b>first ferry sails at seven.'),
    right: md('The <b>first</b> ferry sails at seven.'),
  },
  'poster-left-out': {
    severity: 'warning',
    means:
      'A video has a poster. Broadsheet prints a link to the video instead of a player, so the poster is not shown.',
    wrong: md('<video src="https://video.example/a.mp4" poster="a.jpg"></video>'),
    right: md('<video src="https://video.example/a.mp4"></video>'),
  },
} satisfies Record<string, Entry>;

const wordRules = {
  'words-lost': {
    severity: 'error',
    means:
      'Some words of the file would not be printed, for example because they are in a comment that is not closed, after a # in YAML, in extra cells of a table, or in a footnote without a reference. In a story that readers have seen already, and in files other than stories, this is a warning.',
    wrong: front('standfirst: Team finishes #1 in the league\n'),
    right: front('standfirst: "Team finishes #1 in the league"\n'),
  },
  'words-in-attribute': {
    severity: 'warning',
    means: 'An HTML attribute that Broadsheet does not print contains words, such as a tooltip.',
    wrong: md('The <span title="Sails at seven every day">first ferry</span> sails.'),
    right: md('The first ferry sails at seven every day.'),
  },
  'markup-leftover': {
    severity: 'warning',
    means:
      'Markup is printed as text, because it is not quite right or belongs to another tool, for example a link with a space, a shortcode, or a footnote that does not exist. To print such characters on purpose, put a backslash before them.',
    wrong: md('Read [the timetable] (https://ferries.example/).'),
    right: md('Read [the timetable](https://ferries.example/).'),
  },
  'yaml-joined': {
    severity: 'error',
    means: 'An entry of a list is indented further than the entry above it, so YAML reads the two as one text.',
    wrong: front('topics:\n- Ferries\n - Ports\n'),
    right: front('topics:\n- Ferries\n- Ports\n'),
  },
  'quotation-marks-in-value': {
    severity: 'warning',
    means:
      'A name is enclosed in curly quotation marks. YAML recognises only straight ones, so the curly ones are printed with the name.',
    wrong: front('topics: [“Ferries”]\n'),
    right: front('topics: [Ferries]\n'),
  },
  'code-not-closed': {
    severity: 'warning',
    means: 'A code block begins with ``` and never ends, so the rest of the story is printed as code.',
    wrong: md('Text.\n\n```\n7.00 Galway\n\nMore text.'),
    right: md('Text.\n\n```\n7.00 Galway\n```\n\nMore text.'),
  },
  'heading-by-accident': {
    severity: 'warning',
    means: 'A line of hyphens directly below a paragraph turns the paragraph into a heading.',
    wrong: md('The first ferry sails\nat seven.\n---\n\nText.'),
    right: md('The first ferry sails\nat seven.\n\n---\n\nText.'),
  },
  'reference-twice': {
    severity: 'warning',
    means: 'The address of a link is defined twice under the same label. All links go to the first one.',
    wrong: md('See [one][a] and [two][a].\n\n[a]: https://one.example/\n[a]: https://two.example/'),
    right: md('See [one][a] and [two][b].\n\n[a]: https://one.example/\n[b]: https://two.example/'),
  },
} satisfies Record<string, Entry>;

export const storyRules: Record<(typeof rulesByRoom)['story'][number], Entry> = {
  ...frontMatterRules,
  ...namedRules,
  ...textRules,
  ...componentRules,
  ...wordRules,
  ...copyRules,
};
