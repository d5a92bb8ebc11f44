import { describe, expect, test } from 'vitest';
import { bodyOf, storyOf } from './ghost.fixture.ts';

describe('the cards of rendered HTML', () => {
  test.each([
    [
      'a gallery',
      '<figure class="kg-card kg-gallery-card kg-width-wide"><div class="kg-gallery-container"><div class="kg-gallery-row"><div class="kg-gallery-image"><img src="https://x.example/1.jpg" alt="1"></div><div class="kg-gallery-image"><img src="https://x.example/2.jpg" alt="2"></div></div></div><figcaption>Both</figcaption></figure>',
      '<Gallery caption="Both">\n  <Figure wanted="https://x.example/1.jpg" alt="1" />\n\n  <Figure wanted="https://x.example/2.jpg" alt="2" />\n</Gallery>',
    ],
    [
      'a bookmark',
      '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://x.example/a"><div class="kg-bookmark-content"><div class="kg-bookmark-title">A page</div><div class="kg-bookmark-description">What it says.</div><div class="kg-bookmark-metadata"><img class="kg-bookmark-icon" src="https://x.example/i.ico"><span class="kg-bookmark-author">X</span><span class="kg-bookmark-publisher">The X</span></div></div><div class="kg-bookmark-thumbnail"><img src="https://x.example/t.jpg"></div></a></figure>',
      '<Embed url="https://x.example/a" title="A page" text="What it says." provider="The X" />',
    ],
    [
      'a callout',
      '<div class="kg-card kg-callout-card kg-callout-card-blue"><div class="kg-callout-emoji">💡</div><div class="kg-callout-text">Mind <b>this</b></div></div>',
      '> Mind **this**',
    ],
    [
      'a toggle',
      '<div class="kg-card kg-toggle-card" data-kg-toggle-state="close"><div class="kg-toggle-heading"><h4 class="kg-toggle-heading-text">Why?</h4><button class="kg-toggle-card-icon"><svg></svg></button></div><div class="kg-toggle-content"><p>Because.</p></div></div>',
      '<details>\n  <summary>\n    Why?\n  </summary>\n\n  Because.\n</details>',
    ],
    [
      'a file',
      '<div class="kg-card kg-file-card"><a class="kg-file-card-container" href="https://x.example/r.pdf" download><div class="kg-file-card-contents"><div class="kg-file-card-title">The report</div><div class="kg-file-card-caption">All of it</div><div class="kg-file-card-metadata"><div class="kg-file-card-filename">r.pdf</div><div class="kg-file-card-filesize">1 MB</div></div></div></a></div>',
      '<Embed url="https://x.example/r.pdf" title="The report" provider="x.example" text="All of it" />',
    ],
    [
      'an embed',
      '<figure class="kg-card kg-embed-card kg-card-hascaption"><iframe src="https://www.youtube.com/embed/abcdefgh?feature=oembed"></iframe><figcaption>The storm</figcaption></figure>',
      '<Embed url="https://www.youtube.com/watch?v=abcdefgh" title="The storm" provider="YouTube" />',
    ],
    [
      'a large quotation',
      '<blockquote class="kg-blockquote-alt">We were lucky.</blockquote>',
      '<PullQuote>\n  We were lucky.\n</PullQuote>',
    ],
    ['an unknown card', '<div class="kg-card kg-future-card"><p>Kept <b>words</b></p></div>', 'Kept **words**'],
  ])('%s', async (_, html, expected) => expect(await bodyOf({ html })).toBe(expected));
});

describe('lexical, if there is no HTML', () => {
  const lexical = (...children: unknown[]) => JSON.stringify({ root: { type: 'root', children } });
  const text = (words: string, format = 0) => ({ type: 'extended-text', text: words, format });
  test.each([
    [
      'text with formats and a link',
      lexical({
        type: 'paragraph',
        children: [
          text('One '),
          text('two', 3),
          text(' H'),
          text('2', 32),
          { type: 'link', url: 'https://x.example/', children: [text('x')] },
        ],
      }),
      'One **_two_** H<sub>2</sub>[x](https://x.example/)',
    ],
    [
      'a heading and a list',
      lexical(
        { type: 'extended-heading', tag: 'h3', children: [text('Head')] },
        { type: 'list', listType: 'number', start: 3, children: [{ type: 'listitem', children: [text('a')] }] },
      ),
      '### Head\n\n3. a',
    ],
    [
      'a picture',
      lexical({ type: 'image', src: '__GHOST_URL__/content/images/gone.jpg', alt: 'A', caption: 'Out. Photo by Ann' }),
      '<Figure wanted="/content/images/gone.jpg" alt="A" caption="Out." credit="Ann" />',
    ],
    [
      'a card for e-mail',
      lexical({ type: 'email', html: '<p>Hello reader</p>' }, { type: 'paragraph', children: [text('Web')] }),
      'Web',
    ],
    [
      'an unknown card',
      lexical({
        type: 'poll',
        version: 1,
        question: 'Will it rain?',
        options: ['Yes it will', 'no'],
        image: 'https://x.example/p.png',
      }),
      'Will it rain?\n\nYes it will\n\n<Figure wanted="https://x.example/p.png" />',
    ],
    [
      'an unknown node with children',
      lexical({
        type: 'columns',
        children: [{ type: 'column', children: [{ type: 'paragraph', children: [text('Left')] }] }],
      }),
      'Left',
    ],
    ['Markdown', lexical({ type: 'markdown', markdown: '## Head\n\n- *a*' }), '## Head\n\n- *a*'],
  ])('%s', async (_, json, expected) => expect(await bodyOf({ lexical: json })).toBe(expected));

  test('an unknown card is named in the receipt', async () => {
    const { receipt } = await storyOf({ html: null, lexical: lexical({ type: 'poll', question: 'Will it rain?' }) });
    expect(receipt.notes.map(({ note }) => note)).toEqual(['the card poll is not known; its words were kept']);
  });
});

describe('mobiledoc, if there is no HTML', () => {
  const mobiledoc = (document: object) =>
    JSON.stringify({ version: '0.3.1', atoms: [], cards: [], markups: [], sections: [], ...document });
  test.each([
    [
      'text, a list, and a picture',
      mobiledoc({
        markups: [['strong'], ['a', ['href', 'https://x.example/']]],
        atoms: [['soft-return', '', {}]],
        cards: [['image', { src: 'https://x.example/i.jpg', caption: 'Out' }]],
        sections: [
          [
            1,
            'p',
            [
              [0, [], 0, 'One '],
              [0, [0, 1], 2, 'two'],
              [1, [], 0, 0],
              [0, [], 0, 'three'],
            ],
          ],
          [3, 'ul', [[[0, [], 0, 'a']]]],
          [10, 0],
        ],
      }),
      'One **[two](https://x.example/)**\\\nthree\n\n- a\n\n<Figure wanted="https://x.example/i.jpg" caption="Out" />',
    ],
    [
      'one Markdown card',
      mobiledoc({ cards: [['card-markdown', { markdown: '# Head\n\n*a* {b}' }]], sections: [[10, 0]] }),
      '# Head\n\n*a* {b}',
    ],
  ])('%s', async (_, json, expected) => expect(await bodyOf({ mobiledoc: json })).toBe(expected));
});
