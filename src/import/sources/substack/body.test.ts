import { expect, test } from 'vitest';
import { attrs, importText } from './substack.fixture.ts';

const bodyOf = async (html: string): Promise<string> =>
  (await importText(`<p>First.</p>${html}`)).body.replace('First.', '').trim();

test.each<[string, string, string]>([
  [
    'a picture with its caption and credit, in its original size',
    `<div class="captioned-image-container"><figure><a class="image-link image2" href="https://substackcdn.com/image/fetch/a"><div class="image2-inset"><picture><img src="https://substackcdn.com/image/fetch/w_1/x" data-attrs="${attrs({ src: 'https://media.example/a.jpeg', alt: 'From the data', href: null })}" alt=""></picture><div class="image-link-expand"><button>Expand</button></div></div></a><figcaption class="image-caption">At <em>sea</em>. Photo: Cleo</figcaption></figure></div>`,
    '<Figure wanted="https://media.example/a.jpeg" alt="From the data" caption="At *sea*." credit="Cleo" />',
  ],
  [
    'a picture that leads to a page',
    `<div class="captioned-image-container"><figure><a class="image-link" href="https://x.example/page"><img src="https://media.example/a.jpeg" data-attrs="${attrs({ src: 'https://media.example/a.jpeg', title: 'A boat', href: 'https://x.example/page' })}"></a></figure></div>`,
    '<Figure wanted="https://media.example/a.jpeg" alt="A boat" />\n\n[A boat](https://x.example/page)',
  ],
  [
    'a gallery',
    `<div class="image-gallery-embed" data-attrs="${attrs({ gallery: { images: [{ src: 'https://m.example/a.jpg' }, { src: 'https://m.example/b.jpg' }], caption: 'Two <b>boats</b>' } })}"></div>`,
    '<Gallery caption="Two **boats**">\n  <Figure wanted="https://m.example/a.jpg" />\n\n  <Figure wanted="https://m.example/b.jpg" />\n</Gallery>',
  ],
  [
    'a footnote',
    '<p>Claim<a class="footnote-anchor" data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-1" href="#footnote-1" target="_self">1</a>.</p><div class="footnote" data-component-name="FootnoteToDOM"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number" contenteditable="false">1</a><div class="footnote-content"><p>The <i>source</i>.</p></div></div>',
    'Claim[^1].\n\n[^1]: The *source*.',
  ],
  [
    'a post on X, as it was written before 2023',
    '<div class="tweet"><a class="tweet-link-top" href="https://twitter.com/a/status/1?s=21"><div class="tweet-header"><img class="tweet-header-avatar" src="https://x.example/a.jpg" alt="Avatar"><span class="tweet-author-name">Ann </span><span class="tweet-author-handle">@ann</span></div><div class="tweet-text">The words</div></a><a class="tweet-link-bottom" href="https://twitter.com/a/status/1"><div class="tweet-footer">12 likes</div></a></div>',
    '<Embed url="https://twitter.com/a/status/1" title="Ann, @ann" provider="X" text="The words" />',
  ],
  [
    'a post on X, as it is written since',
    `<div class="twitter-embed" data-component-name="Twitter2ToDOM" data-attrs="${attrs({ url: 'https://twitter.com/a/status/1', full_text: 'The <b>words</b> &amp; more', username: 'ann', name: 'Ann' })}"></div>`,
    '<Embed url="https://twitter.com/a/status/1" title="Ann, @ann" provider="X" text="The words & more" />',
  ],
  [
    'a video on YouTube, with or without its frame',
    `<div id="youtube2-x" class="youtube-wrap" data-component-name="Youtube2ToDOM" data-attrs="${attrs({ videoId: 'rjR0jh5qpZE' })}"><div class="youtube-inner"></div></div>`,
    '<Embed url="https://www.youtube.com/watch?v=rjR0jh5qpZE" title="YouTube" />',
  ],
  [
    'another post of Substack',
    `<div class="digest-post-embed" data-attrs="${attrs({ title: 'A title', caption: 'The caption', canonical_url: 'https://b.substack.com/p/x?utm_source=y', publishedBylines: [{ name: 'Bo' }] })}"></div>`,
    '<Embed url="https://b.substack.com/p/x" title="A title" text="The caption" provider="Bo" />',
  ],
  [
    'an embedded post with its words on the page',
    `<div class="embedded-post-wrap" data-component-name="EmbeddedPostToDOM" data-attrs="${attrs({ url: 'https://b.substack.com/p/x', publication_name: 'The B', title: 'A title', truncated_body_text: 'It began …' })}"><a class="embedded-post" href="https://b.substack.com/p/x"><div>Read more</div></a></div>`,
    '<Embed url="https://b.substack.com/p/x" title="A title" text="It began …" provider="The B" />',
  ],
  [
    'a chart',
    `<div id="datawrapper-iframe" class="datawrapper-wrap outer" data-component-name="DatawrapperToDOM" data-attrs="${attrs({ url: 'https://datawrapper.dwcdn.net/abc/1/', title: 'Tides', description: 'In metres' })}"><iframe src="https://datawrapper.dwcdn.net/abc/1/"></iframe></div>`,
    '<Embed url="https://datawrapper.dwcdn.net/abc/1/" title="Tides" provider="Datawrapper" text="In metres" />',
  ],
  [
    'a pull quote',
    '<div class="pullquote"><p>Words that matter.</p></div>',
    '<PullQuote>\n  Words that matter.\n</PullQuote>',
  ],
  ['a callout', '<div class="callout-block" data-callout="true"><p>Note this.</p></div>', '> Note this.'],
  [
    'a mention',
    `<p>With <span class="mention-wrap" data-attrs="${attrs({ name: 'Ann Lee', id: 1 })}"></span>.</p>`,
    'With Ann Lee.',
  ],
  ['a formula', `<div class="latex-rendered" data-attrs="${attrs({ persistentExpression: 'a^2' })}"></div>`, '`a^2`'],
  [
    'a button that is a link',
    `<p class="button-wrapper" data-attrs="${attrs({ url: 'https://shop.example/', text: 'Buy' })}"><a class="button primary" href="https://shop.example/"><span>Buy</span></a></p>`,
    '[Buy](https://shop.example/)',
  ],
  ['data that is not JSON', '<div class="twitter-embed" data-attrs="{broken"><p>Words stay.</p></div>', 'Words stay.'],
])('%s', async (_, html, body) => expect(await bodyOf(html)).toBe(body));

test('buttons, forms, polls, and videos of Substack are left out and counted', async () => {
  const { body, receipt } = await importText(
    `<p>First.</p><p class="button-wrapper" data-attrs="${attrs({ url: 'https://a.substack.com/subscribe?', text: 'Subscribe now' })}"><a class="button primary" href="https://a.substack.com/subscribe?"><span>Subscribe now</span></a></p><p class="button-wrapper"><a href="%%share_url%%"><span>Share</span></a></p><div class="captioned-button-wrap"><div class="preamble"><p>Thanks for reading!</p></div><p class="button-wrapper"><a href="https://a.substack.com/p/x?action=share"><span>Share</span></a></p></div><div class="subscription-widget-wrap-editor"><div class="subscription-widget"><p>Reader-supported.</p><form><input type="email"></form></div></div><div class="poll-embed" data-attrs="{}"></div><div class="native-video-embed" data-component-name="VideoPlaceholder" data-attrs="{}"></div><p>Last.</p>`,
  );
  expect(body).toBe('First.\n\nLast.\n');
  expect(receipt.counts['html-changed']).toBe(6);
  expect(receipt.changes.map(({ before }) => before)).toEqual([
    'button: Subscribe now',
    'button: Share',
    'button: Thanks for reading! Share',
    'subscription-widget-wrap-editor: Reader-supported.',
    'poll-embed',
    'native-video-embed',
  ]);
});

test.each([
  ['non_sub', 'For all.', 'For members.'],
  ['paid_sub', 'For all.', 'For members.'],
])('of a part that only some readers saw (%s), the public half stays', async (audience, shown, hidden) => {
  const [match, other] = audience === 'non_sub' ? [shown, hidden] : [hidden, shown];
  const { body, notes } = await importText(
    `<p>First.</p><div class="dynamic-content-block" data-dynamic-content="true" data-dynamic-audiences="${audience}"><div class="dynamic-content-match" data-dynamic-content-match="true"><p>${match}</p></div><div data-dynamic-content-match="false"><p>${other}</p></div></div>`,
  );
  expect(body).toContain(shown);
  expect(body).not.toContain(hidden);
  expect(notes).toEqual(['a part that only some readers saw was left out']);
});
