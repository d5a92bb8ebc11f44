import { expect, test } from 'vitest';
import { importText } from './medium.fixture.ts';

const bodyOf = async (html: string): Promise<string> =>
  (await importText(`<p>First.</p>${html}`)).body.replace('First.', '').trim();

test.each<[string, string, string]>([
  [
    'a picture with its caption and credit',
    '<figure class="graf graf--figure"><div class="aspectRatioPlaceholder"><div class="aspectRatioPlaceholder-fill"></div><img class="graf-image" alt="A boat" src="https://cdn-images-1.medium.com/max/800/1*a.png"></div><figcaption class="imageCaption">At <em class="markup--em">sea</em> (Photo: Cleo)</figcaption></figure>',
    '<Figure wanted="https://cdn-images-1.medium.com/max/800/1*a.png" alt="A boat" caption="At *sea*" credit="Cleo" />',
  ],
  [
    'a row of pictures with one caption',
    '<div class="section-inner sectionLayout--outsetRow" data-paragraph-count="2"><figure class="graf graf--figure graf--layoutOutsetRow"><img src="https://m.example/a.png"></figure><figure class="graf graf--figure graf--layoutOutsetRowContinue"><img src="https://m.example/b.png"><figcaption class="imageCaption">Both</figcaption></figure></div>',
    '<Gallery caption="Both">\n  <Figure wanted="https://m.example/a.png" />\n\n  <Figure wanted="https://m.example/b.png" />\n</Gallery>',
  ],
  [
    'a card for another page',
    '<div class="graf graf--mixtapeEmbed"><a href="https://x.example/p" class="markup--anchor markup--mixtapeEmbed-anchor"><strong class="markup--strong">A title</strong><br><em class="markup--em">What it says</em>x.example</a><a href="https://x.example/p" class="js-mixtapeImage mixtapeImage"></a></div>',
    '<Embed url="https://x.example/p" title="A title" text="What it says" provider="x.example" />',
  ],
  [
    'code with its language',
    '<pre data-code-block-mode="2" data-code-block-lang="js" class="graf graf--preV2"><span class="pre--content"><span class="hljs-keyword">let</span> a = 1;<br>  b();</span></pre>',
    '```js\nlet a = 1;\n  b();\n```',
  ],
  ['code in a line', '<p>Use <code class="markup--code">a &lt; b</code>.</p>', 'Use `a < b`.'],
  [
    'a pull quote',
    '<blockquote class="graf graf--pullquote">Words that matter.</blockquote>',
    '<PullQuote>\n  Words that matter.\n</PullQuote>',
  ],
  [
    'a video inside of a frame of a service',
    '<figure class="graf graf--figure graf--iframe"><iframe src="https://cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fwww.youtube.com%2Fembed%2Fabcdefgh&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabcdefgh&image=x" width="700"></iframe><figcaption class="imageCaption">The talk</figcaption></figure>',
    '<Embed url="https://www.youtube.com/watch?v=abcdefgh" title="The talk" provider="YouTube" />',
  ],
  [
    'code on GitHub',
    '<figure class="graf graf--figure graf--iframe"><script src="https://gist.github.com/ann/abc123.js"></script></figure>',
    '<Embed url="https://gist.github.com/ann/abc123" title="gist.github.com" provider="GitHub Gist" />',
  ],
  ['a line between sections', '<hr class="section-divider"><p>Next.</p>', '---\n\nNext.'],
  [
    'a list',
    '<ul class="postList"><li class="graf graf--li">One</li><li class="graf graf--li">Two</li></ul>',
    '- One\n- Two',
  ],
])('%s', async (_, html, body) => expect(await bodyOf(html)).toBe(body));

test('the line above the first section, the title, and the subtitle are not in the text', async () => {
  const { body } = await importText('<p>Only this.</p>');
  expect(body).toBe('Only this.\n');
});
