import { expect, test } from 'vitest';
import { captionWords, plainWords } from './plain-words.ts';

test.each([
  ['&#8220;Harbour&#8221; opens', '“Harbour” opens'],
  ['Fish &amp; chips &hellip; &rsquo;s &eacute;', 'Fish & chips … ’s é'],
  ['Twice &amp;#8217;s', 'Twice ’s'],
  ['Says <em>it</em><br>again<p>and</p>', 'Says it again and'],
  ['**Bold** and *soft* and _soft words_ and `code`', 'Bold and soft and soft words and code'],
  ['A [link](https://x.example/a_b) and ![alt](b.jpg)', 'A link and alt'],
  ['snake_case_name and __init__ and 5 * 3 * 2', 'snake_case_name and __init__ and 5 * 3 * 2'],
  ['a < b and c > d, <3, Q&A, AT&T', 'a < b and c > d, <3, Q&A, AT&T'],
  ['Party :tada: at 10:30:45 :nothing:', 'Party 🎉 at 10:30:45 :nothing:'],
  ['An \\*escaped\\* star', 'An *escaped* star'],
  ['~~Old~~ new', 'Old new'],
  ['<script>alert(1)</script>Safe', 'Safe'],
  ['  two\n lines ', 'two lines'],
  ['***Both***', 'Both'],
])('%j is %j in plain words', (text, words) => expect(plainWords(text)).toBe(words));

const link = (url: string) => (url === '/story/' ? 'https://old.example/story/' : undefined);

test.each([
  ['By <a href="https://x.example/">Ann</a>, <em>The Times</em>', 'By [Ann](https://x.example/), *The Times*'],
  ['See <a href="/story/">this</a> and <a href="/none/">that</a>', 'See [this](https://old.example/story/) and that'],
  ['See [this](/story/) and [that](/none/)', 'See [this](https://old.example/story/) and that'],
  ['**Bold** &amp; <b>bold</b> &#8211; x', '**Bold** & **bold** – x'],
  ['<em> </em>a <em>b </em>c', 'a *b* c'],
  ['![alt](x.jpg) words', 'alt words'],
  ['[story](story:2015/01/a)', 'story'],
])('%j is %j as a caption', (text, words) => expect(captionWords(text, link)).toBe(words));

test('characters that no page can contain are no words', () => {
  expect(plainWords('\0')).toBe('');
  expect(plainWords('\u0001 The \u0000storm\ud800 ')).toBe('The storm');
});
