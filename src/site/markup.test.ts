import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { escapeAsNumbers, escapeAttribute, escapeText, escapeXml, unescapeHtml, withoutXmlControls } from './markup.ts';

/** Texts in which the signs, references, and control characters are frequent. */
const texts = fc
  .array(fc.oneof(fc.constantFrom('&', '<', '>', '"', "'", '&amp;', '&#39;', 'é', '👩‍🚀', '\0', '\ufffe'), fc.string()))
  .map((parts) => parts.join(''));

/** HTML reads a carriage return as a line feed, and NUL as nothing. */
const asHtmlReads = (text: string) => text.replace(/\r\n?/g, '\n').replaceAll('\0', '');

describe('a browser reads what was written', () => {
  test.each([
    ['text', escapeText],
    ['attribute', escapeAttribute],
    ['numbers', escapeAsNumbers],
  ])('between two tags: %s', (_, escaped) =>
    fc.assert(
      fc.property(texts, (text) => {
        const [p] = parseFragment(`<p>${escaped(text)}</p>`).childNodes;
        const inside = p && 'childNodes' in p ? p.childNodes : [];
        expect(inside.every(({ nodeName }) => nodeName === '#text')).toBe(true);
        expect(inside.map((node) => ('value' in node ? node.value : '')).join('')).toBe(asHtmlReads(text));
      }),
    ),
  );

  test.each([
    ['attribute', escapeAttribute],
    ['numbers', escapeAsNumbers],
  ])('in an attribute: %s', (_, escaped) =>
    fc.assert(
      fc.property(texts, (text) => {
        const [a] = parseFragment(`<a title="${escaped(text)}"></a>`).childNodes;
        const read = a && 'attrs' in a ? a.attrs : [];
        expect(read).toEqual([{ name: 'title', value: text.replaceAll('\0', '\ufffd').replace(/\r\n?/g, '\n') }]);
      }),
    ),
  );

  test('and is read back unchanged', () =>
    fc.assert(
      fc.property(texts, (text) => {
        expect(unescapeHtml(escapeAttribute(text))).toBe(text);
      }),
    ));

  test('a reference that was text stays text', () => {
    expect(escapeText('&amp; <b>')).toBe('&amp;amp; &lt;b&gt;');
    expect(unescapeHtml('&amp;lt; &#39;&#x27;&eacute;')).toBe("&lt; ''&eacute;");
  });
});

describe('XML can be parsed', () => {
  test('with any text', () =>
    fc.assert(
      fc.property(texts, (text) => {
        const xml = `<a>${escapeXml(text)}</a>`;
        const read = new XMLParser({ trimValues: false, parseTagValue: false }).parse(xml) as { a: string };
        expect(read.a.replaceAll('\r', '')).toBe(withoutXmlControls(text).replaceAll('\r', ''));
      }),
    ));

  test('what XML forbids is removed, and half a character is replaced', () =>
    expect(escapeXml('a\0\x08\x0b\ufffe\uffffb\tc\n\ud83dd')).toBe('ab\tc\n\ufffdd'));
});
