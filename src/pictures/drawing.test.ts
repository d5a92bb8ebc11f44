import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { drawingBytesMax, readDrawing } from './drawing.ts';
import { PictureError } from './problems.ts';

const around = (inside: string, attributes = 'viewBox="0 0 10 10"') =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`,
  );

const written = async (inside: string, attributes?: string) => {
  const drawing = await readDrawing(around(inside, attributes));
  expect(XMLValidator.validate(drawing.svg), drawing.svg).toBe(true);
  return drawing;
};

describe('what does more than draw goes, and is named', () => {
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
    const { svg } = await readDrawing(Buffer.from(bomb));
    expect(svg.length).toBeLessThan(200);
    expect(XMLValidator.validate(svg)).toBe(true);
  });

  test('a drawing in a drawing in a drawing does not overflow', async () => {
    const { svg } = await readDrawing(
      Buffer.from(`<svg viewBox="0 0 4 4">${'<g>'.repeat(400)}<rect/>${'</g>'.repeat(400)}</svg>`),
    );
    expect(svg).toContain('<rect');
  });
});

describe('what draws stays', () => {
  test('shapes, gradients, styles, references inside, case of names', async () => {
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

describe('what is refused', () => {
  const refusal = async (bytes: Buffer) => {
    const error = await readDrawing(bytes).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof PictureError ? error.rule : undefined;
  };

  test('no drawing in it, and one that nobody can have drawn', async () => {
    expect(await refusal(Buffer.from('<p>svg</p>'))).toBe('picture-not-a-picture');
    expect(await refusal(Buffer.concat([around('<rect/>'), Buffer.alloc(drawingBytesMax, ' ')]))).toBe(
      'picture-too-large',
    );
    expect(await refusal(around('<rect/>')), 'canary').toBeUndefined();
  });
});
