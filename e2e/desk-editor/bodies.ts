import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bodyStartOf } from '../../src/desk/document/read-document.ts';
import { elements } from '../../src/story/elements.ts';

/** The text of a story. */
export interface StoryBody {
  name: string;
  body: string;
  isMdx: boolean;
}

/** The texts of all stories in a folder, whatever their depth. */
export const bodiesIn = (folder: string): StoryBody[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.mdx?$/.test(name))
        .sort()
        .map((name) => {
          const text = readFileSync(join(folder, name), 'utf8');
          return { name, body: text.slice(bodyStartOf(text)), isMdx: name.endsWith('.mdx') };
        })
    : [];

export const demoBodies = bodiesIn(join(import.meta.dirname, '../../content'));

/** Posts of another paper, if `BROADSHEET_POSTS` names their folder. They are not part of the repository. */
export const otherBodies = process.env.BROADSHEET_POSTS ? bodiesIn(process.env.BROADSHEET_POSTS) : [];

/** A number generator that gives the same numbers in every run. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const parts = [
  'A paragraph with *em*, __strong__, `code`, and a [link](https://a.example/x_y "T").',
  'Two lines\nof one paragraph, with a break\\\nand [a reference][ref].',
  '## A heading with `code`',
  'Older heading\n-------------',
  '*  loose\n\n*  list\n\n   with two paragraphs',
  '1. one\n2. two\n   - nested\n     1. deeper',
  '- [ ] task\n- [x] done',
  '> A quotation\n> of *two* lines.\n>\n> - with a list',
  '```js title\nconst a = "`";\n```',
  '| a | b |\n|:--|--:|\n| `c` | **d** |\n| e |',
  '![A man](man.jpg "A caption")',
  'Text with a note[^n1] and H<sub>2</sub>O.',
  '***',
  'Ends with two spaces  \nand an entity &eacute;, an escape \\*, and https://x.example/a_b.',
];
const mdxParts = [
  ...Object.values(elements).map(({ example }) => example),
  '{/* A note for the desk. */}',
  '<PullQuote by="A">One *line*.</PullQuote>',
];

/** Stories made of every construct, in random order and with the line ends of each system. */
export function generatedBodies(count: number): StoryBody[] {
  const random = numbers(20261128);
  return Array.from({ length: count }, (_, at) => {
    const isMdx = at % 2 === 1;
    const from = isMdx
      ? [...parts, ...mdxParts]
      : [...parts, '<div>\n<b>HTML</b>\n</div>', '<!-- a note -->', '    indented code'];
    const chosen = Array.from(
      { length: 3 + Math.floor(random() * 12) },
      () => from[Math.floor(random() * from.length)]!,
    );
    const gap = random() < 0.2 ? '\n\n\n' : '\n\n';
    const body = `${[...chosen, '[ref]: https://r.example "R"', '[^n1]: The note.'].join(gap)}${random() < 0.2 ? '' : '\n'}`;
    return { name: `generated ${at}`, body: random() < 0.25 ? body.replaceAll('\n', '\r\n') : body, isMdx };
  });
}
