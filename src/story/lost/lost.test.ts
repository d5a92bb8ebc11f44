import { describe, expect, test } from 'vitest';
import { compileBody } from '../body/compile.ts';
import { lostWords } from './lost.ts';

const losses = (text: string, format: 'md' | 'mdx' = 'md') => {
  const { body } = compileBody({ text, format, file: 'a.md', firstLine: 1 }, { language: 'en', base: '' });
  return lostWords({ text, format }, body);
};
/** The place and the lost words of each. */
const told = (text: string, format?: 'md' | 'mdx') =>
  losses(text, format).map(({ line, column, message }) => `${line}:${column} ${/“(.*?)”/.exec(message)?.[1]}`);

describe('words that would be lost are reported with their place', () => {
  test.each([
    ['a comment that never ends', 'One.\n\n<!-- todo\n\nTwo three.', '3:1 todo Two three'],
    [
      'a comment that ends with the next one',
      'One.\n\n<!-- todo\n\nTwo three.\n\n<!-- note -->\n\nFour.',
      '3:1 todo Two three',
    ],
    ['a video closed with a slash', 'One.\n\n<video src="a.mp4" />\n\nTwo three.', '3:1 Two three'],
    ['a sound', 'One.\n\n<audio src="a.mp3"/>\n\nTwo three.', '3:1 Two three'],
    ['a frame', 'One.\n\n<iframe src="https://a.example/x" />\n\nTwo three.', '3:1 Two three'],
    ['a script', 'One.\n\n<script src="a.js" />\n\nTwo three.', '3:1 Two three'],
    ['a style', 'One.\n\n<style />\n\nTwo three.', '3:1 Two three'],
    ['a text area', 'One.\n\n<textarea />\n\nTwo three.', '3:1 Two three'],
    ['a title', 'One.\n\n<title/>\n\nTwo three.', '3:1 Two three'],
    ['a template', 'One.\n\n<template />\n\nTwo three.', '3:1 Two three'],
    ['a choice', 'One.\n\n<select />\n\nTwo three.', '3:1 Two three'],
    ['an object', 'One.\n\n<object data="a.pdf" />\n\nTwo three.', '3:1 Two three'],
    ['noscript', 'One.\n\n<noscript />\n\nTwo three.', '3:1 Two three'],
    ['a video that is never closed', 'One.\n\n<video src="a.mp4">\n\nTwo three.', '3:1 Two three'],
    [
      'a video that is closed by the next',
      'One.\n\n<video src="a.mp4">\n\nTwo three.\n\n<video src="b.mp4"></video>\n\nFour.',
      '3:1 Two three',
    ],
    ['a script that is never closed', 'One.\n\n<script>\n\nTwo three.', '3:1 Two three'],
    ['noscript with words', 'One.\n\n<noscript>Two three.</noscript>', '3:11 Two three'],
    ['a dialogue', 'One.\n\n<dialog open>\n\nTwo three.\n\n</dialog>', '5:1 Two three'],
    ['options', 'One.\n\n<select><option>Two three</option></select>', '3:17 Two three'],
    ['words in a drawing', 'One.\n\n<svg><text>Two three</text></svg>', '3:12 Two three'],
    ['what an object says instead', 'One.\n\n<object data="a.pdf">Two three</object>', '3:22 Two three'],
    ['CDATA', 'One.\n\n<![CDATA[Two three]]>', '3:1 Two three'],
    ['an instruction that never ends', 'One.\n\n<?php Two three.', '3:1 php Two three'],
    ['a tag without its end', 'One.\n\n<div class="x\nTwo three.\n\nFour.', '3:1 div class="x Two three'],
    ['a cell too many', 'One.\n\n| a | b |\n| - | - |\n| c | d | Two three |', '5:11 Two three'],
    ['a footnote that nothing refers to', 'One.\n\n[^x]: Two three.', '3:1 Two three'],
    ['a long one', 'One.\n\n[^x]: Two.\n\n    Three.', '3:1 Two. Three'],
    ['a footnote twice', 'One.[^x]\n\n[^x]: Two.\n[^x]: Three four.', '4:1 Three four'],
    ['a note that looks like a definition', 'One.\n\n[Note]: Remember', '3:1 Note]: Remember'],
    ['a sentence beside a fence', 'One.\n\n``` Two three four five\ncode\n```', '3:1 Two three four five'],
    ['a comparison', 'If a<b and c>d then.', '1:6 b and c'],
    ['a comparison with another letter', 'If a<y and c>d then.', '1:4 a<y and c>d'],
    ['one inside a link', 'See [a<b and c>d](/x/) two.', '1:8 b and c'],
    ['one over two lines', 'If a <b and\nc> d then.', '1:7 b and c'],
    ['one in a block of HTML', '<div>\nIf x<y or z>w then.\n</div>', '2:4 x<y or z>w'],
    ['a remark in angle brackets', 'He said <the mayor of Alder> so.', '1:10 the mayor of Alder'],
    ['a value without quotation marks', 'See <a href=/x title=Two three>four</a>.', '1:26 three'],
    ['in Chinese', '天地玄黄。\n\n<!-- 待办\n\n宇宙洪荒。', '3:1 待办 宇宙洪荒'],
    ['in Thai', 'สวัสดี\n\n<video src="a.mp4" />\n\nลาก่อน', '3:1 ลาก่อน'],
    ['in Arabic', 'صباح الخير.\n\n<video src="a.mp4" />\n\nإلى اللقاء غدا.', '3:1 إلى اللقاء غدا'],
    ['words that stand elsewhere too', 'Two three.\n\nTwo three.\n\n[^x]: Two three.', '5:1 Two three'],
  ])('%s', (_, text, expected) => {
    expect(told(text).map((line) => line.replace(/\.$/, ''))).toEqual([expected]);
  });

  test('the cause, and how to write it correctly', () => {
    expect(losses('One.\n\n<!-- todo\n\nTwo three.')).toEqual([
      {
        rule: 'words-lost',
        severity: 'error',
        line: 3,
        column: 1,
        message:
          'These words are not printed: “todo Two three”. A comment <!-- begins here and never ends, so it hides the rest of the story.',
        hint: 'Write  -->  where the comment ends.',
      },
    ]);
    expect(losses('One.\n\n<video src="a.mp4" />\n\nTwo.')[0]?.hint).toBe('Write  <video …></video> .');
    expect(losses('[^x]: Two.')[0]?.hint).toContain('Write  [^x]  where the footnote belongs');
  });

  test('text in an attribute that is not printed is a warning', () => {
    expect(losses('One <span title="two three">four</span>.')).toMatchObject([
      { rule: 'words-in-attribute', severity: 'warning', line: 1, column: 18 },
    ]);
  });

  test('an element that is not allowed in a story is reported once, however often it is used', () => {
    expect(losses('<math><mi>one</mi></math>\n\nTwo.\n\n<math><mi>three</mi></math>')).toHaveLength(1);
  });

  test('each cause is reported once, however many words it affects', () => {
    const rows = Array.from({ length: 50 }, (_, at) => `Paragraph ${at} of the lost ones.`).join('\n\n');
    expect(losses(`One.\n\n<!-- todo\n\n${rows}`)).toHaveLength(1);
  });
});

describe('text that is printed, or was never meant to be, is not a loss', () => {
  test.each([
    ['plain', 'One **two** _three_ `four` ~~five~~ <b>six</b>.\n\n# Seven\n\n> Eight\n> — Nine'],
    ['marks inside words', 'un**believ**able, snake_case and in<wbr>come'],
    ['lists and their numbers', '1. One\n2. Two\n   1. Three\n\n- [x] Four\n- [ ] Five\n\n1986. Six'],
    ['links and pictures', '[One](https://a.example/two "Three") ![Four](five.jpg "Six") <https://seven.example>'],
    [
      'references',
      '[One][two], [three][] and [three]\n\n[two]: https://a.example "Four"\n[three]: /five/\n[unused]: /six/',
    ],
    ['links side by side', '[One][two](/three/) [four](/five/)[six](/seven/)'],
    ['a letter directly after an address of e-mail', 'Mail post@example.comü, a@b.exampleé or c@d.example2ü.'],
    ['footnotes', 'One[^a] two[^b].\n\n[^b]: Three.\n\n    Four.\n[^a]: Five.'],
    ['tables', '| a | b |\n| --- | :-: |\n| c \\| d | e |\n| f |'],
    ['a caption above a table', 'Table: One two\n\n| a | b |\n| - | - |\n| c | d |'],
    ['closed comments', 'One <!-- note --> two.\n\n<!-- note\n\nlong -->\n\n<!---->\n\nThree.'],
    ['entities', 'caf&eacute; AT&amp;T &copy; 2026 &#8364;5 &unknown; R&D'],
    ['code', '```js title="x"\nif (a < b) { <!-- c\n}\n```\n\n    <video src="x" />\n\n`<!-- d`'],
    ['an escaped tag', 'One \\<b> two \\<!-- three'],
    ['scripts and styles', 'One.\n\n<script>let a = 1;</script>\n\n<style>p { color: red }</style>\n\nTwo.'],
    ['what browsers without video show', '<video src="a.mp4">Your browser has no video.</video>\n\nOne.'],
    [
      'tags of several lines',
      '<figure>\n  <img\n    src="a.jpg"\n    alt="One"\n  >\n  <figcaption>Two</figcaption>\n</figure>',
    ],
    ['details', '<details><summary>One</summary>\n\nTwo\n\n</details>'],
    ['elements that HTML closes by itself', 'One<br/>two<hr/>\n\n<img src="a.jpg" alt="three" />'],
    [
      'attributes without a value',
      '<details open>\n\nOne\n\n</details>\n\n<ol reversed><li>Two</li></ol>\n\n<table><tr><td nowrap>Three</td></tr></table>\n\n<video src="/a.mp4" controls playsinline data-foo x-bar></video>\n\n<iframe src="https://a.example/" webkitallowfullscreen mozallowfullscreen allowfullscreen></iframe>',
    ],
    ['arithmetic', 'If a < b and c > d, then a<d.'],
    ['typed quotation marks', '“One” ‘two’ "three" \'four\' — five... six -- seven'],
    ['soft hyphens and joiners', 'Donau\u00addampf und نمی\u200cخواهم'],
    ['emoji', 'One 🌊 two 👩‍🚀 three'],
    ['Chinese and Japanese', '天地**玄黄**，[宇宙](/x/)洪荒。\n\nこれは「テスト」です。'],
    ['Thai', 'สวัสดี**ชาวโลก** [ลิงก์](/x/)'],
    ['Hebrew', 'צה"ל הודיע: "שלום"'],
    ['a drawing that HTML lets close itself', 'One.\n\n<svg />\n\nTwo.'],
    ['times and figures', '12:30–14:00, 1,234.5 and 3.14'],
  ])('%s', (_, text) => expect(told(text)).toEqual([]));

  test.each([
    [
      'components',
      '<FactBox title="One">\n- Two\n</FactBox>\n\n<Picture src="a.jpg" alt="Three" caption="Four *five*" />\n\n<PullQuote by="Six">Seven.</PullQuote>',
    ],
    ['attributes that choose', '<Picture src="a.jpg" alt="One" size="normal" />\n\nTwo.'],
    ['a chronology', '<Timeline>\n- **2025-02-12** One.\n- **Summer** Two.\n</Timeline>'],
    ['a comment', 'One {/* note\nlong */} two.'],
    ['HTML that is closed', '<div>\n\nOne\n\n</div>\n\n<video src="https://a.example/a.mp4" />\n\nTwo.'],
  ])('%s in MDX', (_, text) => expect(told(text, 'mdx')).toEqual([]));
});

describe('nothing that an editor can write makes the count slow', () => {
  test.each([
    ['unclosed tags', '<a b="'.repeat(100_000)],
    ['elements in each other', '<select>'.repeat(60_000)],
    ['videos', '<video>'.repeat(60_000)],
    ['definitions', '[a]: b\n'.repeat(60_000)],
    ['backticks', '` '.repeat(100_000)],
    ['brackets', '[a]['.repeat(100_000)],
    ['comments', '<!-- <!-- '.repeat(50_000)],
    ['notes', '[^a]: b\n'.repeat(60_000)],
  ])('%s', (_, text) => {
    const before = process.cpuUsage();
    lostWords({ text, format: 'md' }, [{ kind: 'html', html: '<p>x</p>' }]);
    const { user } = process.cpuUsage(before);
    expect(user / 1e6).toBeLessThan(6);
  });
});
