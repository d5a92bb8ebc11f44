import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Body } from '../body/body.ts';
import { compileBody } from '../body/compile.ts';
import { lostWords } from './lost.ts';

// Random stories in which every word is printed: blocks of every kind in five scripts.

const syllables = {
  en: ['har', 'bour', 'wei', 'r', 'tide', 'mas', 'ter', 'gate', 'Ó', 'é'],
  ar: ['مي', 'ناء', 'سد', 'بحر', 'مد', 'جزر'],
  zh: ['港', '口', '潮', '水', '闸', '门', '船', '风'],
  ja: ['みな', 'と', 'しお', 'カゼ', '船', 'の'],
  th: ['ท่า', 'เรือ', 'น้ำ', 'ลม', 'คลื่น'],
};
const language = fc.constantFrom(...(Object.keys(syllables) as (keyof typeof syllables)[]));

const word = (of: keyof typeof syllables) =>
  fc.array(fc.constantFrom(...syllables[of]), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
const sentence = (of: keyof typeof syllables) =>
  fc.array(word(of), { minLength: 1, maxLength: 9 }).map((words) => words.join(of === 'zh' || of === 'ja' ? '' : ' '));

/** One Markdown block around sentences. */
const block = (of: keyof typeof syllables) => {
  const s = sentence(of);
  return fc.oneof(
    s,
    fc.tuple(s, s, s).map(([a, b, c]) => `${a} **${b}** ${c}`),
    fc.tuple(s, s).map(([a, b]) => `${a} [${b}](https://a.example/x_(y)) "${a}"`),
    fc.tuple(s, s).map(([a, b]) => `${a} [${b}][ref], &amp; ${b}.`),
    fc.tuple(s, s).map(([a, b]) => `## ${a} _${b}_`),
    fc
      .array(s, { minLength: 1, maxLength: 4 })
      .map((items) => items.map((item, at) => `${at + 1}. ${item}`).join('\n')),
    fc.array(s, { minLength: 1, maxLength: 4 }).map((items) => items.map((item) => `- ${item}`).join('\n')),
    fc.tuple(s, s).map(([a, b]) => `> ${a}\n> — ${b}`),
    fc.tuple(s, s, s, s).map(([a, b, c, d]) => `| ${a} | ${b} |\n| --- | ---: |\n| ${c} | ${d} |`),
    fc.tuple(s, s).map(([a, b]) => `![${a}](photo.jpg "${b}")`),
    fc.tuple(s, s).map(([a, b]) => `${a}[^note]\n\n${b}`),
    s.map((a) => `\`\`\`js\n${a} <!-- ${a}\n\`\`\``),
    fc.tuple(s, s).map(([a, b]) => `${a} <!-- ${b} --> \`${b}\``),
    fc.tuple(s, s).map(([a, b]) => `<div class="x">\n\n${a} <b>${b}</b>\n\n</div>`),
    fc.tuple(s, s).map(([a, b]) => `<figure><img src="a.jpg" alt="${a}"><figcaption>${b}</figcaption></figure>`),
    fc.tuple(s, s).map(([a, b]) => `${a} “${b}” — '${a}'... "${b}"`),
  );
};
const story = language.chain((of) =>
  fc.tuple(fc.array(block(of), { minLength: 1, maxLength: 12 }), sentence(of)).map(([blocks, note]) => {
    const text = blocks.join('\n\n');
    // Every reference must have its target, and every target must be referred to.
    const notes = text.includes('[^note]') ? `\n\n[^note]: ${note}` : '';
    return `${text}\n\n[ref]: https://b.example/z\n${notes}`;
  }),
);

const bodyOf = (text: string): Body =>
  compileBody({ text, format: 'md', file: 'a.md', firstLine: 1 }, { language: 'en', base: '' }).body;

test('a story in which every word is printed causes no message', () => {
  fc.assert(
    fc.property(story, (text) => {
      expect(lostWords({ text, format: 'md' }, bodyOf(text))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('canary: the count detects that a random part of the page is missing', () => {
  let dropped = 0;
  fc.assert(
    fc.property(story, fc.nat(), (text, seed) => {
      const body = bodyOf(text);
      const places = body.flatMap((part, at) =>
        part.kind === 'html'
          ? [...part.html.matchAll(/>([^<>]*[\p{L}\p{N}][^<>]*)</gu)].map((match) => ({ at, match }))
          : [],
      );
      const isOfOurs = (words: string) => /Footnotes|↩|^\d+$/.test(words);
      const own = places.filter(({ match }) => !isOfOurs(match[1]!));
      const place = own[seed % own.length];
      if (!place) return;
      dropped++;
      const { html } = body[place.at] as { html: string };
      const { index } = place.match;
      const without = html.slice(0, index + 1) + html.slice(index + place.match[0].length - 1);
      const broken: Body = body.map((part, at) => (at === place.at ? { kind: 'html', html: without } : part));
      expect(lostWords({ text, format: 'md' }, broken).length).toBeGreaterThan(0);
    }),
    { numRuns: 400 },
  );
  expect(dropped).toBeGreaterThan(200);
});
