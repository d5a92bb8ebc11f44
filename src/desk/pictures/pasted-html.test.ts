import { expect, test } from 'vitest';
import { convertHtml } from '../../import/html-body/convert.ts';
import { picturesOfRtf, withPicturesOfRtf } from '../interface/editor/view/rtf-pictures.ts';
import { plainHtml } from './pasted-html.ts';

const read = (html: string): string =>
  convertHtml(plainHtml(html), {
    link: () => ({ kind: 'keep' }),
    picture: () => ({ kind: 'away' }),
    headline: '',
  }).text.trim();

const item = (level: number, sign: string, words: string) =>
  `<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${sign}<span>&nbsp; </span></span><![endif]>${words}<o:p></o:p></p>`;
const note =
  '<div style=\'mso-element:footnote-list\'><![if !supportFootnotes]><br clear=all><hr><![endif]><div style=\'mso-element:footnote\' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> The note.</p></div></div>';
const noted =
  '<p class=MsoNormal>Text<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>.</p>';

test.each([
  [
    'a list of Word in a list, and another kind of list after it',
    item(1, '·', 'One') + item(2, 'o', 'Two') + item(3, '§', 'Three') + item(1, '·', 'Four') + item(1, '1.', 'Five'),
    '- One\n  - Two\n    - Three\n- Four\n\n1. Five',
  ],
  ['a list of Word that begins with its second level', item(2, 'o', 'One') + item(1, '·', 'Two'), '- One\n- Two'],
  [
    'a footnote of Word in the copied part',
    `<!--StartFragment-->${noted}${note}<!--EndFragment-->`,
    'Text[^1].\n\n[^1]: The note.',
  ],
  [
    'a footnote of Word after the copied part',
    `<body><!--StartFragment-->${noted}<!--EndFragment-->${note}</body>`,
    'Text[^1].\n\n[^1]: The note.',
  ],
  [
    'comments and changes of Word',
    '<p class=MsoNormal>A <del cite="mailto:x"><span class=msoDel>lost</span></del><ins cite="mailto:x"><span class=msoIns>new</span></ins> word<span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1">[A1]</a></span></p><div style=\'mso-element:comment-list\'><p class=MsoCommentText>Really?</p></div>',
    'A new word',
  ],
  ['a quotation of Word', '<p class=MsoQuote>It held.</p>', '> It held.'],
  ['text that Word hides', "<p class=MsoNormal>A<span style='mso-hide:all'>b</span>c</p>", 'Ac'],
  ['deleted text of another program', '<p>A <del>lost</del> word</p><table><tr><td>a</td></tr></table>', undefined],
  [
    'a table whose first row is bold',
    '<table><tr><td><p><b>A</b></p></td><td><p><b>B</b></p></td></tr><tr><td>1</td><td>2</td></tr></table>',
    '| A | B |\n| - | - |\n| 1 | 2 |',
  ],
  [
    'a picture that only counts readers',
    '<p>A</p><img src="https://x.example/t.gif" width="1" height="1"><p>B</p>',
    'A\n\nB',
  ],
])('%s', (_, html, expected) => {
  if (expected === undefined) expect(read(html)).toContain('~~lost~~');
  else expect(read(html)).toBe(expected);
});

const jpeg = '{\\pict{\\*\\blipuid 0011}\\picw10\\jpegblip\\bliptag7 ffd8ffe0aa}';

test('RTF has the pictures of a text in their order, without those for old programs and of every page', () => {
  const rtf = `{\\rtf1 {\\headerl ${jpeg}}{\\*\\shppict${jpeg}}{\\nonshppict{\\pict\\wmetafile8 0102}} \\{ {\\pict\\emfblip 0102030405}}`;
  expect(picturesOfRtf(rtf)).toEqual([
    `data:image/jpeg;base64,${Buffer.from('ffd8ffe0aa', 'hex').toString('base64')}`,
    undefined,
  ]);
});

test('pictures of Word get their bytes only if both clipboards name as many', () => {
  const html = '<img width=1 src="file:///C:/a.png"> <img src="https://x.example/b.png">';
  const rtf = `{\\rtf1{\\*\\shppict${jpeg}}}`;
  expect(withPicturesOfRtf(html, () => rtf)).toMatch(
    /^<img width=1 src="data:image\/jpeg;base64,[^"]+"> <img src="https/,
  );
  expect(withPicturesOfRtf(html, () => `${rtf}${rtf}`)).toBe(html);
  expect(withPicturesOfRtf('<p>a</p>', () => expect.unreachable())).toBe('<p>a</p>');
});

const megabytes2 = (shape: string) => shape.repeat(Math.ceil(2_000_000 / shape.length));

test.each([
  '<o:p ',
  "<o:p '",
  '<br ',
  '<xml>',
  '<!--[if x]>',
  '<p mso-list:l1 ',
  '<p class=MsoListParagraph>',
  '<div mso-element:footnote-list ',
  '<div style="mso-element:footnote-list">',
  '<div ',
  '<img width=1>',
  '<ins class=msoIns></ins>',
  '<img src="file:a" ',
  '<span style="mso-list:Ignore">',
  '<b class=Mso>',
  '<b>',
])('2 MB of %s is read at once', { timeout: 120_000 }, (shape) => {
  const before = process.cpuUsage();
  const html = megabytes2(shape);
  plainHtml(html);
  plainHtml(`<p class=MsoListParagraph style='mso-list:l0 level1'>${html}</p>`);
  withPicturesOfRtf(html, () => '');
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(30);
});

test.each([
  ['<o:', 'a'],
  ['<br ', 'class="Apple-interchange-newline" '],
  ['<p class=MsoListParagraph>x', '<![if !supportLists]>'],
  ['<p class=MsoListParagraph style="', 'mso-list:'],
])('%s with 2 MB of %s is read at once', { timeout: 120_000 }, (start, shape) => {
  const before = process.cpuUsage();
  plainHtml(`${start}${megabytes2(shape)}`);
  plainHtml(`${start}${megabytes2(shape)}">A</p>`);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(30);
});

test('2 MB of groups in a picture of RTF are read at once', { timeout: 120_000 }, () => {
  const before = process.cpuUsage();
  picturesOfRtf(`{\\pict\\pngblip${megabytes2('{a}')} ffd8ffe0}`);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(30);
});

test('a picture that is left out leaves nothing of its texts', () => {
  const html = '<p>A <img alt="a > b" src="cid:1"><img alt=\'"\' src="https://x.example/a?b=1&amp;c=2"> B</p>';
  const asked: string[] = [];
  const plain = plainHtml(html, (url) => asked.push(url) === 2);
  expect(asked).toEqual(['cid:1', 'https://x.example/a?b=1&c=2']);
  expect(plain).toMatch(/^<p>A <img [^>]*src="https[^>]*> B<\/p>$/);
});
