import { expect, test } from 'vitest';
import { mdxToMarkdown } from './mdx.ts';
import { lineCounter, unspliced } from './splice.ts';

const convert = (text: string) => mdxToMarkdown(unspliced(text), { file: 'x.mdx', lineOf: lineCounter(text) });
const text = (source: string) =>
  convert(source)
    ?.spliced.text.replace(/\n{3,}/g, '\n\n')
    .trim();

test('import and export lines go, and each is counted with its line', () => {
  const result = convert("Text\n\nimport A from './a.astro'\nexport const x = 1\n\nMore");
  expect(result?.spliced.text.replace(/\n+/g, '\n')).toBe('Text\nMore');
  expect(result?.changes).toMatchObject([{ line: 3, kind: 'mdx-code' }]);
});

test('an expression is the text that it holds, or nothing', () => {
  expect(text("a {'b_c'} {1 + 1}{/* note */} {`d`}{' '}e")).toBe('a b\\_c  d e');
});

test('a component keeps its children, on the level where it stood', () => {
  expect(text('<Note type="x">\n  Some **text**.\n\n  - a\n    - b\n</Note>\n\nMore <B>words</B>.')).toBe(
    'Some **text**.\n\n- a\n  - b\n\nMore words.',
  );
  expect(text('<A>\n  <B>\n    deep\n  </B>\n</A>')).toBe('deep');
});

test('a component that leads somewhere becomes a link, one that shows a picture a picture, others nothing', () => {
  expect(text('<LinkCard title="T [1]" href="/x" />')).toBe('[T \\[1\\]](/x)');
  expect(text('<YouTube id="abc-1" />')).toBe('[YouTube](https://www.youtube.com/watch?v=abc-1)');
  expect(text('Go <Link to="/x">there</Link>.')).toBe('Go [there](/x).');
  expect(text('import boat from \'../boat.jpg\'\n\n<Image src={boat} alt="A boat" />')).toBe('![A boat](../boat.jpg)');
  expect(text('<Newsletter />\n\na')).toBe('a');
});

test('HTML stays HTML: class for className, no handlers, Markdown inside still Markdown', () => {
  expect(text('<div className="x" onClick={() => alert(1)}>\n  **a**\n</div>')).toBe(
    '<div class="x">\n\n**a**\n\n</div>',
  );
  expect(text('<p>a<br />b</p>')).toBe('<p>a<br />b</p>');
});

test('what is not valid MDX is left to be read as Markdown', () => {
  expect(convert('a <b> {')).toBeUndefined();
});

test('who said a quotation stands after its words, and a title before them', () => {
  expect(text('<Quote author="Ann [1]" source="The Book">\n\n  Words *here*.\n\n</Quote>')).toBe(
    '<blockquote>\n\nWords *here*.\n\n— Ann \\[1\\], The Book\n\n</blockquote>',
  );
  expect(text('<Callout title="Look here">\n  Words.\n</Callout>')).toBe('Look here\n\nWords.');
  expect(text('<Stat label="Ships" value="9" /> and <Ad slot="3" />.')).toBe('Ships and .');
});

test('components are counted by name, with what became of them', () => {
  const found = convert(
    '<Quote author="Ann">\n  Words.\n</Quote>\n\n<Note>\n  Words.\n</Note>\n\n<Pic src="/a.jpg" alt="x" /> <Ad slot="3" /> <YouTube id="abc" /> <b>x</b>',
  );
  expect(found?.components.map(({ name, how, syntax }) => `${syntax} ${name} ${how}`).sort()).toEqual([
    'MDX Ad dropped',
    'MDX Note words',
    'MDX Pic known',
    'MDX Quote known',
    'MDX YouTube known',
  ]);
});
