import { expect, test } from 'vitest';
import { extensionsToMarkdown } from './markdown-extensions.ts';
import { lineCounter, unspliced } from './splice.ts';

const convert = (text: string) =>
  extensionsToMarkdown(unspliced(text), { file: 'x.md', lineOf: lineCounter(text) }).spliced.text;

test.each([
  ['## Title {#id}', '## <a id="id"></a>Title'],
  ['## Title { #title }', '## Title'],
  ['[caption width="3" caption="Out at sea"][![a](b.jpg)](c.html)[/caption]', '[![a](b.jpg "Out at sea")](c.html)'],
  ['Title {#title}\n-----', 'Title\n-----'],
  ['Title {#other .x}\n=====', '<a id="other"></a>Title\n====='],
  ['## Title {#id .x}\n\ntext', '## <a id="id"></a>Title\n\ntext'],
  ['[Go](https://x.example){: .btn .big}', '[Go](https://x.example)'],
  ['[Go](https://x.example){target="_blank" rel=nofollow}', '[Go](https://x.example)'],
  ['![a](b.jpg){width="6.5in" height="4in"}', '![a](b.jpg)'],
  ['[under]{.underline} and [small]{.smallcaps}', 'under and small'],
  ['text\n{: .note}', 'text\n'],
  ['* TOC\n{:toc}\n\ntext', '\n\ntext'],
  ['[TOC]\n\ntext', '\n\ntext'],
  [':::tip Mind\n\ntext\n\n:::', '**Mind**\n\n\ntext\n\n'],
  [':::note\ntext\n:::', '\ntext\n'],
  [':::info[A title]\ntext\n:::', '**A title**\n\ntext\n'],
  ['::: {.callout}\ntext\n:::', '\ntext\n'],
  ['> [!warning] Take care\n> text', '> **Take care**\n>\n> text'],
  ['> [!NOTE]\n> text', '> **Note**\n>\n> text'],
  [
    '[[Other note]] and [[dir/Other|words]] and [[#Part]]',
    '[Other note](Other%20note.md) and [words](dir/Other.md) and Part',
  ],
  ['![[boat.jpg]] ![[boat.jpg|300]] ![[boat.jpg|A boat]]', '![](boat.jpg) ![](boat.jpg) ![A boat](boat.jpg)'],
  ['a %%hidden%% b ==marked== c', 'a  b marked c'],
  ['Party :tada: :+1:', 'Party 🎉 👍'],
  ['Term\n: One\n: Two\n', '- **Term**: One\n  Two\n'],
  [
    '[caption id="x" width="3"]<img src="a.jpg"> Out at sea[/caption]',
    '\n\n<figure><img src="a.jpg"><figcaption>Out at sea</figcaption></figure>\n\n',
  ],
  ['[caption width="3"]![a](b.jpg) Out "at" sea[/caption]', '![a](b.jpg "Out \\"at\\" sea")'],
])('%j is %j', (text, markdown) => expect(convert(text)).toBe(markdown));

test.each([
  '`{: .x}` and `:tada:` and `[[x]]`',
  '```\n:::note\n[[x]] {#id}\n:::\n```\n',
  'At 10:30:45, a: b: c',
  'JSON {"a": 1} and {braces}',
  'a == b and c == d',
  '[link](https://x.example) (text) [1]',
  'Note: text\n\n: not a list',
  '100%% sure',
])('%j stays', (text) => expect(convert(text)).toBe(text));
