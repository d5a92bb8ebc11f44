import { nearest } from '../../problems/nearest.ts';
import { type Rule, rulesByRoom } from '../../problems/rules.ts';
import { catalogue } from './catalogue.ts';
import { type Content, type Entry, type Example, pictureKinds } from './example.ts';

/* docs/problems.md, made of the catalogue. */

/** What the rules of a room are about, in an editor's words. */
const headings: Record<keyof typeof rulesByRoom, string> = {
  check: 'Checking a build',
  cli: 'The machine',
  editions: 'Editions',
  index: 'Files that change meanwhile',
  ingest: 'The newsroom as a whole',
  pictures: 'Pictures',
  press: 'Themes, dist and the cache',
  site: 'Addresses',
  story: 'Stories',
  yaml: 'Text and YAML',
};

const intro = `# Problems

Broadsheet names every problem by a rule, such as \`picture-missing\`. This page explains each rule, with an example that
breaks it and one that does not. An **error** stops a build before anything is written. A **warning** is printed, and the
build continues. In a draft, every error is a warning.

Rule names are permanent. \`broadsheet check --json\` has them in the field \`rule\`, and
\`broadsheet check --explain RULE\` prints what this page says about one of them.

<!-- Written by \`npm run docs\` from src/check/catalogue/: edit that. -->
`;

/** The page, as Markdown. */
export function problemsPage(): string {
  const rooms = Object.keys(headings).sort() as (keyof typeof rulesByRoom)[];
  const all = Object.keys(catalogue).sort();
  const index = all.map((rule) => `[\`${rule}\`](#${rule})`).join(' · ');
  const sections = rooms.map((room) => {
    const rules = [...rulesByRoom[room]].sort() as Rule[];
    return `## ${headings[room]}\n\n${rules.map((rule) => `### ${rule}\n\n${inMarkdown(catalogue[rule])}`).join('\n')}`;
  });
  return `${intro}\n${index}\n\n${sections.join('\n')}`;
}

function inMarkdown(entry: Entry): string {
  const { severity, means } = entry;
  const said = `**${severity === 'error' ? 'Error' : 'Warning'}.** ${withCode(means)}\n`;
  if ('test' in entry) return said;
  const [wrong, right] = different(entry.wrong, entry.right);
  return `${said}\nWrong:\n\n${shown(wrong)}\nRight:\n\n${shown(right)}`;
}

/** Messages set what is to be typed off by two spaces; a page has a style for that. */
const withCode = (words: string): string =>
  words
    .replace(/ {2}(\S.*?)(?: ( )| (?=[.,;:?)]))/g, ' `$1`$2')
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/[<>*_]/g, (sign) => `\\${sign}`)))
    .join('');

/**
 * What `broadsheet check --explain RULE` prints.
 *
 * @returns undefined when there is no such rule
 */
export function explained(rule: string): string | undefined {
  if (!Object.hasOwn(catalogue, rule)) return undefined;
  const entry = catalogue[rule as Rule];
  const said = `${rule} (${entry.severity})\n${entry.means}\n`;
  if ('test' in entry) return said;
  const plain = (example: Example) =>
    Object.entries(example)
      .map(([file, content]) => `  ${file}\n${indented(textOf(content))}`)
      .join('\n');
  const [wrong, right] = different(entry.wrong, entry.right);
  return `${said}\nWrong:\n${plain(wrong)}\n\nRight:\n${plain(right)}\n`;
}

/** The rule that somebody probably meant. */
export const ruleMeant = (rule: string): string | undefined => nearest(rule, Object.keys(catalogue));

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `    ${line}`.trimEnd())
    .join('\n');

/** What is of interest: not the ordinary picture of a text, and on the right side only what is otherwise there. */
function different(wrong: Example, right: Example): [Example, Example] {
  const isOrdinary = (content: Content) =>
    typeof content === 'object' && 'picture' in content && content.picture === 'jpeg';
  const isSame = (file: string) => JSON.stringify(wrong[file]) === JSON.stringify(right[file]);
  const some = (example: Example, isShown: (file: string, content: Content) => boolean): Example =>
    Object.fromEntries(Object.entries(example).filter(([file, content]) => isShown(file, content)));
  return [some(wrong, (file, content) => !(isSame(file) && isOrdinary(content))), some(right, (file) => !isSame(file))];
}

const shown = (example: Example): string =>
  Object.entries(example)
    .map(([file, content]) => {
      const text = textOf(content);
      if (typeof content === 'object' && ('picture' in content || 'linkTo' in content)) return `\`${file}\`: ${text}\n`;
      const fence = text.includes('```') ? '````' : '```';
      return `\`${printable(file)}\`\n\n${fence}${languageOf(file, content)}\n${text}\n${fence}\n`;
    })
    .join('\n');

function languageOf(file: string, content: Content): string {
  if (typeof content === 'object' && 'front' in content && content.body === undefined) return 'yaml';
  if (typeof content === 'object' && 'site' in content) return 'yaml';
  return /\.(?:astro|css|csv|mdx|yaml)$/.exec(file)?.[0].slice(1) ?? (file.endsWith('.yml') ? 'yaml' : 'md');
}

/** Of a story only what it adds to an ordinary one. */
function textOf(content: Content): string {
  if (typeof content === 'string') return shortened(content);
  if ('picture' in content) return pictureKinds[content.picture];
  if ('linkTo' in content) return `a symbolic link to ${content.linkTo}`;
  if ('site' in content) return shortened(content.site);
  const { front = '', body = '' } = content;
  return front !== '' && body !== '' ? shortened(`---\n${front}---\n\n${body}`) : shortened(front || body);
}

/** A long line or table in its beginning only. */
const shortened = (text: string): string => {
  const lines = printable(text).replace(/\n$/, '').split('\n');
  return [...lines.slice(0, 12), ...(lines.length > 12 ? ['…'] : [])]
    .map((line) => (line.length > 90 ? `${line.slice(0, 87)}…` : line))
    .join('\n');
};

/** Control characters by their code points, which a page can show. */
const printable = (text: string): string =>
  text.replace(/(?!\n|\t)\p{Cc}/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
