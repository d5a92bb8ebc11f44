import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { applyCure, type Problem, ProblemsError } from '../problems/problem.ts';
import { type SmallNewsroom, siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';

/*
 * What a problem proposes is applied as an editor would apply it, and then that problem is gone and no other has come: of a cure
 * its lines are replaced, of "Write  X ." the offending text, of "Did you mean  X ?" as well.
 */

const ferry = 'content/stories/2025/03/ferry/index.md';
const site = 'content/site.yaml';
const page = (front: string, body = 'Text.') =>
  `---\nheadline: Ferries\npublished: 2025-03-01\nsection: world\n${front}---\n\n${body}\n`;

const around = {
  [site]: siteYaml,
  'content/authors/ann.yaml': 'name: Ann\n',
  'content/pages/about.md': '---\nheadline: About\naliases: [/us/]\n---\n\n## Who we are\n\nUs.\n',
  'content/stories/2025/02/harbour/index.mdx': story({ aliases: ['/old/harbour/'] }, '## The weir\n\nOne.'),
  'content/stories/2025/03/boats.md': story(),
};

let newsroom: SmallNewsroom | undefined;
afterAll(() => rmSync(newsroom?.site ?? '', { recursive: true, force: true }));

async function problemsWith(files: Record<string, string>): Promise<Problem[]> {
  newsroom ??= smallNewsroom(around);
  for (const [file, text] of Object.entries({ ...around, ...files })) newsroom.put(file, text);
  try {
    return (await newsroom.press()).warnings;
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}

/** A file with what a problem proposes. @param wrong the text in it that the problem is about */
function applied(text: string, { cure, hint = '' }: Problem, wrong: string): string {
  if (cure) return applyCure(text, cure);
  const proposed = /(?<=[\w:]) {2}(.+?) [.?](?: |$)/.exec(hint)?.[1];
  if (proposed === undefined) throw new Error(`Nothing is proposed: ${hint}`);
  const at = text.lastIndexOf(wrong);
  return text.slice(0, at) + proposed + text.slice(at + wrong.length);
}

const key = ({ rule, message }: Problem) => `${rule} ${message}`;

/** Mistakes for each rule: the file with one, and the text that is wrong. */
const mistakes: [rule: string, file: string, text: string, wrong?: string][] = [
  ['link-to-source', ferry, page('', '[x](../boats.md)'), '../boats.md'],
  [
    'link-to-source',
    ferry,
    page('', '[x](../../02/harbour/index.mdx#the-weir)'),
    '../../02/harbour/index.mdx#the-weir',
  ],
  ['link-to-source', ferry, page('', '[x](/content/stories/2025/03/boats.md)'), '/content/stories/2025/03/boats.md'],
  ['link-to-source', ferry, page('', '[x](/2025/03/boats.md)'), '/2025/03/boats.md'],
  ['story-link-dead', ferry, page('', '[x](story:2025/03/boat)'), '2025/03/boat'],
  ['link-dead', ferry, page('', '[x](/abuot/)'), '/abuot/'],
  ['link-dead', ferry, page('', '[x](https://www.post.example/abuot/)'), 'https://www.post.example/abuot/'],
  ['link-dead', ferry, page('', '[x](www.example.org)'), 'www.example.org'],
  ['link-dead', ferry, page('', '[x](jo@example.org)'), 'jo@example.org'],
  ['link-dead', ferry, page('', '[x](https://https://example.org/)'), 'https://https://example.org/'],
  ['link-dead', ferry, page('', '[x](https://www.example,org/)'), 'https://www.example,org/'],
  ['link-dead', ferry, page('', '[x](mailto:joexample.org)'), 'mailto:joexample.org'],
  ['link-dead', ferry, page('', '[x](tel:)'), 'tel:'],
  ['link-nearly', ferry, page('', '[x](/about)'), '/about'],
  ['link-moved', ferry, page('', '[x](/us/)'), '/us/'],
  ['link-fragment', ferry, page('', '[x](/about/#who-we-were)'), '#who-we-were'],
  ['unknown-section', ferry, page('').replace('world', 'wrld'), 'wrld'],
  ['unknown-author', ferry, page('byline: [an]\n'), 'an'],
  ['unknown-key', ferry, page('related: [{ story: 2025/03/boats }]\n')],
  ['unknown-key', ferry, page('tags: [a, b]\n')],
  ['unknown-key', ferry, page('related: [{ title: a, ur: /about/ }]\n')],
  ['wrong-value', ferry, page('topics: harbour, storms\n')],
  ['wrong-value', ferry, page('topics:\n  -one\n')],
  ['wrong-value', ferry, page('kicker: 1984\n')],
  ['yaml-broken', ferry, page('kicker: Ann: said\n')],
  ['yaml-broken', ferry, page('topics: - one\n')],
  ['words-lost', ferry, page('kicker: Team #1\n'), 'kicker: Team #1'],
  ['words-lost', ferry, page('kicker: The end #\n'), 'kicker: The end #'],
  ['words-lost', ferry, page('topics:\n  - &co One\n'), '- &co One'],
  ['words-lost', ferry, page('kicker: ! Storm\n'), 'kicker: ! Storm'],
  ['words-lost', ferry, page('pictures:\n  1.10: { alt: x }\n')],
  ['words-lost', ferry, page('kicker: "C:\\new"\n')],
  ['yaml-joined', ferry, page('topics:\n  - one\n    - two\n')],
  ['quotation-marks-in-value', ferry, page('topics: [“a”, ‘b’]\n')],
  ['link-dead', site, `${siteYaml}navigation:\n  - { title: About, url: /abuot/ }\n`, '/abuot/'],
  ['link-dead', 'content/authors/ann.yaml', 'name: Ann\nlinks: [{ title: a, url: "mailto:jo" }]\n', 'mailto:jo'],
];

describe('the suggestion of a problem removes it and causes no other', () => {
  test.each(mistakes)('%s in %s: %j', async (rule, file, text, wrong = '') => {
    const before = await problemsWith({ [file]: text });
    const found = before.find((problem) => problem.rule === rule);
    expect(found, `${before.map(key).join('\n')}`).toBeDefined();
    const mended = applied(text, found!, wrong);
    expect(mended).not.toBe(text);
    const after = await problemsWith({ [file]: mended });
    expect(after.map(key)).not.toContain(key(found!));
    // A number of a key is not shown as a picture: that is another mistake, which was there before.
    const known = new Set(before.map(({ rule }) => rule));
    expect(after.filter((problem) => !known.has(problem.rule)).map(key), mended).toEqual([]);
    expect(after.length).toBeLessThan(before.length);
  });
});
