import { describe, expect, test } from 'vitest';
import { picture } from '../../small-archive.fixture.ts';
import { storyOf } from './import-one.fixture.ts';
import { attachment, post } from './wxr.fixture.ts';

describe('the text', () => {
  const media =
    attachment(8, 'a.jpg', { parent: 1, meta: { _wp_attachment_image_alt: 'A boat', _media_credit: 'Ann Ex' } }) +
    attachment(9, 'b.jpg', { parent: 1, excerpt: 'Two', meta: { _wp_attachment_image_alt: 'A sail' } });
  const body = async (content: string, more = {}) => {
    const files = { 'a.jpg': await picture(), 'b.jpg': await picture() };
    const { text } = await storyOf(post({ content, ...more }) + media, files);
    return text.slice(text.indexOf('\n---\n') + 5).trim();
  };
  const url = 'https://old.example/wp-content/uploads';
  test.each([
    [
      'classic paragraphs',
      'One\ntwo\n\n<b>Three</b>\n<!--more-->\nFour [sic]',
      'One\\\ntwo\n\n**Three**\n\nFour \\[sic]',
    ],
    [
      'a captioned picture',
      `[caption id="attachment_8" width="3"]<a href="${url}/a.jpg"><img class="wp-image-8" src="${url}/a-300x200.jpg" alt="" /></a> Out at <em>sea</em>[/caption]`,
      '<Picture src="a.jpg" alt="A boat" caption="Out at *sea*" credit="Ann Ex" />',
    ],
    [
      'a gallery by ids',
      '[gallery ids="9,8"]',
      '<Gallery>\n  ![A sail](b.jpg "Two")\n\n  <Picture src="a.jpg" alt="A boat" credit="Ann Ex" />\n</Gallery>',
    ],
    [
      'a gallery of the post',
      'x\n\n[gallery]',
      'x\n\n<Gallery>\n  <Picture src="a.jpg" alt="A boat" credit="Ann Ex" />\n\n  ![A sail](b.jpg "Two")\n</Gallery>',
    ],
    [
      'an embed',
      '[embed width="1"]https://www.youtube.com/watch?v=abcdefgh[/embed]',
      '<Embed url="https://www.youtube.com/watch?v=abcdefgh" title="YouTube" />',
    ],
    ['a bare address', '<p>https://vimeo.com/12345</p>', '<Embed url="https://vimeo.com/12345" title="Vimeo" />'],
    [
      'an unknown shortcode',
      '[su_box title="Facts first"]Two <b>ferries</b>[/su_box] and [x_promo text="Read on"] [[gallery]] [/vc_row]',
      'Facts first\n\nTwo **ferries** and\n\nRead on\n\n\\[gallery]',
    ],
    [
      'a shortcode with words in an attribute of its own',
      '[map address="Quay Street 1, Galway" width="100%" class="wide box"]',
      'Quay Street 1, Galway',
    ],
    [
      'a quotation of a plugin',
      '[su_quote cite="Ann Example"]Two ferries.[/su_quote] [testimonial name="Bo Ek" title="Captain"]Good.[/testimonial]',
      '<BlockQuote by="Ann Example">\n  Two ferries.\n</BlockQuote>\n\n<BlockQuote by="Bo Ek, Captain">\n  Good.\n</BlockQuote>',
    ],
    ['code', '[code lang="js"]let a = {};[/code]', '```js\nlet a = {};\n```'],
    [
      'a shortcode that does not close',
      '[caption id="attachment_8"]<img src="gone.jpg"> Words\n\n[gallery ids="8',
      '<Figure wanted="https://old.example/2019/05/story-1/gone.jpg" />\n\nWords\n\n\\[gallery ids="8',
    ],
    [
      'columns, a cover, and media beside text',
      `<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column --><div><!-- wp:paragraph --><p>Left</p><!-- /wp:paragraph --></div><!-- /wp:column --><!-- wp:column --><div><p>Right</p></div><!-- /wp:column --></div><!-- /wp:columns --><!-- wp:cover {"url":"${url}/a.jpg"} --><div class="wp-block-cover" style="background-image:url(${url}/a.jpg)"><p>Over it</p></div><!-- /wp:cover --><!-- wp:media-text --><div class="wp-block-media-text"><figure class="wp-block-media-text__media"><img src="${url}/b.jpg" alt="B"/></figure><div><p>Beside</p></div></div><!-- /wp:media-text -->`,
      'Left\n\nRight\n\n<Picture src="a.jpg" alt="A boat" credit="Ann Ex" />\n\nOver it\n\n![B](b.jpg)\n\nBeside',
    ],
    ['a reusable block, also inside itself', '<!-- wp:block {"ref":60} /-->', 'Reused'],
    [
      'an unknown block of a plugin',
      '<!-- wp:acf/factbox {"name":"acf/factbox","data":{"title":"The facts","_title":"field_5f0000000a","body":"Two ferries & more","image":8,"colour":"#ff0000"}} /-->',
      'The facts\n\nTwo ferries & more\n\n<Picture src="a.jpg" alt="A boat" credit="Ann Ex" />',
    ],
    [
      'a file, and a button',
      '<!-- wp:file --><div class="wp-block-file"><a href="https://x.example/report.pdf">The report</a><a href="https://x.example/report.pdf" class="wp-block-file__button">Download</a></div><!-- /wp:file --><!-- wp:buttons --><div><!-- wp:button --><div class="wp-block-button"><a class="wp-block-button__link" href="https://x.example/">Give</a></div><!-- /wp:button --></div><!-- /wp:buttons -->',
      '[The report](https://x.example/report.pdf)\n\n[Give](https://x.example/)',
    ],
    [
      'classic text between blocks',
      'One\n\nTwo\n<!-- wp:paragraph -->\n<p>Three</p>\n<!-- /wp:paragraph -->',
      'One\n\nTwo\n\nThree',
    ],
    ['a footnote of a plugin', 'Text[footnote]The <b>note</b>[/footnote].', 'Text[^1].\n\n[^1]: The **note**'],
  ])('%s', async (_, content, expected) => {
    const reusable = post({
      id: 60,
      type: 'wp_block',
      content: '<!-- wp:paragraph --><p>Reused</p><!-- /wp:paragraph --><!-- wp:block {"ref":60} /-->',
    });
    const files = { 'a.jpg': await picture(), 'b.jpg': await picture() };
    const { text } = await storyOf(post({ content }) + media + reusable, files);
    expect(text.slice(text.indexOf('\n---\n') + 5).trim()).toBe(expected);
  });

  test('a link to an attachment by its id leads to its file, or is left alone if the site or the id is another one', async () => {
    const links = [
      '/?attachment_id=9',
      'https://www.old.example/?attachment_id=9#top',
      'https://other.example/?attachment_id=9',
      '/?attachment_id=99',
    ];
    expect(await body(links.map((href, at) => `<a href="${href}">l${at}</a>`).join(' '))).toBe(
      '[l0](/wp-content/uploads/b.jpg) [l1](/wp-content/uploads/b.jpg) [l2](https://other.example/?attachment_id=9) [l3](https://old.example/?attachment_id=99)',
    );
    expect(await body(`<a href="/?attachment_id=9"><img src="/small.jpg" alt="A sail"></a>`)).toBe('![A sail](b.jpg)');
  });

  test('footnotes that WordPress stores apart from the text', async () => {
    const meta = { footnotes: JSON.stringify([{ id: 'u-1', content: 'The note' }]) };
    const content =
      '<!-- wp:paragraph --><p>Text<sup data-fn="u-1" class="fn"><a href="#u-1">1</a></sup></p><!-- /wp:paragraph --><!-- wp:footnotes /-->';
    expect(await body(content, { meta })).toBe('Text[^1]\n\n[^1]: The note');
  });

  test('a size of a picture becomes its original, and the featured picture is not repeated', async () => {
    const content = `<figure><img src="https://i0.wp.com/old.example/wp-content/uploads/a-1024x768.jpg" alt="Boat"><figcaption>Out</figcaption></figure>Text`;
    const { text } = await storyOf(post({ content, meta: { _thumbnail_id: '8' } }) + media, {
      'a.jpg': await picture(),
    });
    expect(text).toContain('lead: { src: a.jpg, alt: A boat, caption: Out, credit: Ann Ex }\n');
    expect(text).toMatch(/---\n\nText\n$/);
  });
});
