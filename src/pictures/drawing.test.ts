import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { readDrawing } from './drawing.ts';
import { drawingLimits } from './drawing-max.ts';
import { hostileDrawings } from './hostile-drawings.fixture.ts';
import { readPictureFacts } from './metadata.ts';
import { PictureError } from './problems.ts';

const around = (inside: string, attributes = 'viewBox="0 0 10 10"') =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`,
  );

const written = async (inside: string, attributes?: string) => {
  const drawing = readDrawing(around(inside, attributes));
  expect(XMLValidator.validate(drawing.svg), drawing.svg).toBe(true);
  return drawing;
};

describe('what does more than draw is removed and named', () => {
  test.each<[string, string, string]>([
    ['a script', '<script>alert(1)</script>', 'script'],
    ['a script in CDATA', '<script><![CDATA[alert(1)]]></script>', 'script'],
    ['an event handler', '<rect onload="alert(1)" width="1"/>', 'event handlers'],
    ['one in capitals', '<rect ONCLICK="alert(1)" width="1"/>', 'event handlers'],
    ['foreign HTML', '<foreignObject><iframe src="https://evil.example"/></foreignObject>', 'foreignObject'],
    ['a link into script', '<use xlink:href="javascript:alert(1)"/>', 'references to other files'],
    ['a drawing inside an address', '<use href="data:image/svg+xml;base64,PHN2Zy8+#a"/>', 'references to other files'],
    ['another file', '<use xlink:href="other.svg#a"/>', 'references to other files'],
    ['a picture elsewhere', '<image href="https://evil.example/a.png"/>', 'references to other files'],
    ['a picture that is a drawing', '<image href="data:image/svg+xml,%3Csvg/%3E"/>', 'references to other files'],
    ['a fill elsewhere', '<rect fill="url(https://evil.example/#a)"/>', 'references to other files'],
    ['a fill in disguise', '<rect fill="u\\72l(https://evil.example/#a)"/>', 'references to other files'],
    ['a style elsewhere', '<rect style="background:url( \'//evil.example\')"/>', 'references to other files'],
    ['an import', '<style>@import "https://evil.example/a.css";</style>', 'references to other files'],
    [
      'an import in pieces',
      '<style>@im/**/port "https://evil.example/a.css"; a{fill:url(//evil.example)}</style>',
      'references to other files',
    ],
    [
      'a filter that fetches',
      '<filter id="f"><feImage href="https://evil.example/a.png"/></filter>',
      'references to other files',
    ],
    [
      'animation of a link',
      '<use id="u" href="#a"><set attributeName="href" to="javascript:alert(1)"/></use>',
      'animation',
    ],
    ['another prefix for links', '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="javascript:alert(1)"/>', ''],
    ['a link around', '<a xlink:href="javascript:alert(1)"><rect width="7"/></a>', ''],
    ['HTML that breaks out', '<p><img src=x onerror=alert(1)></p>', ''],
    ['a document type with entities', '', ''],
  ])('%s', async (_, inside, name) => {
    const { svg, takenOut } = await written(`<rect id="a" width="5" height="5"/>${inside}`);
    expect(svg).not.toMatch(
      /script|evil|onload|onerror|onclick|alert|javascript|foreignObject|iframe|<a[ >]|<img|<set/i,
    );
    if (name) expect(takenOut).toContain(name);
  });

  test('entities are not expanded: a bomb stays a few letters', async () => {
    const bomb =
      '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' +
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><text>&b;&b;&b;</text></svg>';
    const { svg } = readDrawing(Buffer.from(bomb));
    expect(svg.length).toBeLessThan(200);
    expect(XMLValidator.validate(svg)).toBe(true);
  });

  test('a drawing in a drawing in a drawing does not overflow', async () => {
    const { svg } = readDrawing(
      Buffer.from(`<svg viewBox="0 0 4 4">${'<g>'.repeat(190)}<rect/>${'</g>'.repeat(190)}</svg>`),
    );
    expect(svg).toContain('<rect');
  });
});

describe('what only draws stays', () => {
  test('shapes, gradients, styles, references inside, and the letter case of names', async () => {
    const inside =
      '<defs><linearGradient id="g" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="red"/></linearGradient></defs>' +
      '<style>.a{fill:url(#g)}</style><path class="a" d="M0 0h5" stroke-width="2" style="fill:url(#g)"/>' +
      '<use xlink:href="#g"/><image href="data:image/png;base64,iVBORw0KGgo="/><text x="1">A &amp; B &lt; C</text>';
    const { svg, takenOut } = await written(inside);
    expect(takenOut).toEqual([]);
    for (const kept of [
      '<linearGradient id="g" gradientUnits="userSpaceOnUse">',
      'stop-color="red"',
      '<style>.a{fill:url(#g)}</style>',
      'class="a" d="M0 0h5" stroke-width="2" style="fill:url(#g)"',
      '<use href="#g" />',
      'data:image/png;base64,iVBORw0KGgo=',
      'viewBox="0 0 10 10"',
    ])
      expect(svg).toContain(kept);
    expect(svg).toMatch(/A &(?:amp|#x26|#38); B &(?:lt|#x3C|#60); C/);
  });

  test.each<[string, number, number]>([
    ['width="40" height="20"', 40, 20],
    ['width="40px" viewBox="0 0 10 5"', 40, 20],
    ['viewBox="0, 0, 30, 10"', 30, 10],
    ['width="100%" height="100%" viewBox="0 0 30 10"', 30, 10],
    ['width="2in" height="1in"', 192, 96],
    ['', 300, 150],
    ['viewBox="0 0 -5 nonsense"', 300, 150],
  ])('its size: %s', async (attributes, widthPx, heightPx) => {
    expect(await written('<rect/>', attributes)).toMatchObject({ widthPx, heightPx });
  });
});

describe('what a browser would read differently than Broadsheet', () => {
  test.each(hostileDrawings)('%s', async (_, inside) => {
    const { svg } = await written(`<rect width="5" height="5"/>${inside}`);
    const read = svg.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code));
    expect(read).not.toMatch(/@import|url\(\s*["']?(?:https?:)?\/\/|href="(?:https?:)?\/\/|<script|javascript:/i);
  });

  test.each([
    ['& in a selector', '<style>.a{fill:red; & .b{fill:blue}}</style>', '&#38; .b'],
    ['an escaped class name', '<style>.sm\\:a{fill:red}</style>', '.sm\\:a'],
    ['a comparison', '<style>@media (width &lt; 600px){.a{fill:red}}</style>', '&#60; 600px'],
    ['an import in a comment', '<style>/* @import is not used */.a{fill:red}</style>', '.a{fill:red}'],
    ['an arrow and an ampersand in words', '<rect aria-label="A &amp; B &lt; C"/>', 'A &#38; B &#60; C'],
    ['a reference with an escape', '<style>.a{fill:url(\\23 g)}</style>', 'url('],
  ])('%s stays', async (_, inside, kept) => {
    const { svg, takenOut } = await written(inside);
    expect(svg).toContain(kept);
    expect(takenOut).toEqual([]);
  });
});

describe('what is refused', () => {
  const refusal = (bytes: Buffer) => {
    try {
      readDrawing(bytes);
      return undefined;
    } catch (error) {
      if (error instanceof PictureError) return `${error.rule}: ${error.reason}`;
      throw error;
    }
  };

  test('a file without a drawing', () => {
    expect(refusal(Buffer.from('<p>svg</p>'))).toMatch(/^picture-not-a-picture/);
  });

  const nested = (count: number) => `${'<g>'.repeat(count)}<rect/>${'</g>'.repeat(count)}`;
  const blurs = (count: number) =>
    `<filter id="f">${'<feGaussianBlur stdDeviation="9"/>'.repeat(count)}</filter><rect filter="url(#f)"/>`;
  const path = (points: number) => `<path d="M0 0${' 5 5'.repeat(points - 1)}"/>`;
  const uses = (levels: number) =>
    `<g id="a0"><rect/></g>${Array.from({ length: levels }, (_, i) => `<g id="a${i + 1}">${`<use href="#a${i}"/>`.repeat(10)}</g>`).join('')}`;
  const { bytes, depth, elements, attributes, pathPoints, textLetters } = drawingLimits;

  test.each<[limit: string, just: string | Buffer, over: string | Buffer, said: RegExp]>([
    [
      'bytes',
      `<!--${' '.repeat(bytes - 200)}-->`,
      `<!--${' '.repeat(bytes)}-->`,
      /[\d,]+ bytes\. The limit is 2,000,000/,
    ],
    ['elements', '<g/>'.repeat(elements - 10), '<g/>'.repeat(elements), /more than 50,000 elements/],
    ['depth', nested(depth - 10), nested(depth), /more than 200 levels deep/],
    ['depth, never closed', '<g>'.repeat(depth - 10), '<g>'.repeat(3000), /more than 200 levels deep/],
    ['attributes', `<g ${attr(attributes - 10)}/>`, `<g ${attr(attributes + 10)}/>`, /more than 500 attributes/],
    ['attributes without end', '<g/>', '<a'.repeat(200_000), /more than 500 attributes/],
    ['uses of uses', uses(4), uses(7), /repeated parts, the drawing has [\d,]+ elements\. The limit is 50,000/],
    [
      'points of a path',
      path(pathPoints - 10),
      path(pathPoints + 10),
      /one path of 15,010 points\. The limit is 15,000/,
    ],
    ['points of paths', path(100).repeat(1000), path(10_000).repeat(3), /one path of 17,321 points/],
    [
      'letters',
      `<text>${'a'.repeat(textLetters)}</text>`,
      `<text>${'a'.repeat(textLetters + 1)}</text>`,
      /10,001 characters/,
    ],
    ['chained blurs', blurs(40), blurs(1800), /as much work as [\d,]+ blurs of a megapixel\. The limit is 100/],
    [
      'a blur for each of many',
      `<style>.b{filter:url(#f)}</style>${blurs(1)}${'<g class="b"/>'.repeat(20)}`,
      `<style>.b{filter:url(#f)}</style>${blurs(1)}${'<g class="b"/>'.repeat(900)}`,
      /blurs of a megapixel/,
    ],
    [
      'blur() for all',
      '<style>.c{filter:blur(2px)}</style><g/><g/>',
      `<style>*{filter:blur(2px)}</style>${'<g/>'.repeat(900)}`,
      /blurs of a megapixel/,
    ],
    [
      'a wide dilation',
      '<g/>',
      '<filter id="f"><feMorphology operator="dilate" radius="40"/></filter><g filter="url(#f)"/>',
      /blurs of a megapixel/,
    ],
    [
      'masks',
      '<mask id="m"/><g mask="url(#m)"/>',
      `<mask id="m"/>${'<g mask="url(#m)"/>'.repeat(2000)}`,
      /filters, and masks/,
    ],
    [
      'shapes that may cover the picture',
      '<rect/>'.repeat(13_000),
      '<rect/>'.repeat(14_000),
      /shapes, filters, and masks/,
    ],
    [
      'a radial gradient that many inherit',
      `<radialGradient id="r"/><g fill="url(#r)">${'<rect/>'.repeat(600)}</g>`,
      `<radialGradient id="r"/><g fill="url(#r)">${'<rect/>'.repeat(900)}</g>`,
      /shapes, filters, and masks/,
    ],
    [
      'shapes that are mixed with what is below',
      '<rect style="mix-blend-mode:multiply"/>'.repeat(600),
      '<rect style="mix-blend-mode:multiply"/>'.repeat(900),
      /shapes, filters, and masks/,
    ],
    ['opacity', '<g opacity=".5"/>', '<g opacity=".5"/>'.repeat(9000), /filters, and masks/],
    [
      'markers at each point',
      '<g/>',
      `<marker id="k">${'<g/>'.repeat(100)}</marker><path marker-mid="url(#k)" d="M0 0${' 5 5'.repeat(9000)}"/>`,
      /repeated parts/,
    ],
    [
      'style rules',
      '<style>.a{fill:red}</style>',
      `<style>${'.a{fill:red}'.repeat(3000)}</style>${'<g/>'.repeat(9000)}`,
      /multiplied by the number of its style rules is 27,/,
    ],
  ])('%s: accepted at the limit, and refused by name beyond it', (_, just, over, said) => {
    const whole = (inside: string | Buffer) =>
      typeof inside === 'string' ? around(inside, 'viewBox="0 0 100 100"') : inside;
    expect(refusal(whole(just)), 'canary').toBeUndefined();
    expect(refusal(whole(over))).toMatch(said);
  });

  test('circular references draw nothing and end', () => {
    expect(refusal(around('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'))).toBeUndefined();
  });

  test('at the maximum depth, the PNG can be created', async () => {
    expect(await readPictureFacts(around(nested(depth - 10)))).toMatchObject({ format: 'svg' });
  });
});

function attr(count: number): string {
  return Array.from({ length: count }, (_, i) => `a${i}`).join(' ');
}
