import { escapeAttribute, escapeXml, withoutXmlControls } from '../../site/markup.ts';

/**
 * A text as character data, as WordPress writes it. WordPress's importer has a reader without an XML parser, which
 * expects every text in this form, and `]]>` split in exactly this way.
 */
export const cdata = (text: string): string =>
  `<![CDATA[${withoutXmlControls(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** An element whose content is character data. */
export const texted = (name: string, text: string): string => `<${name}>${cdata(text)}</${name}>`;

/** An element with a plain value: a number, an address, or a date. */
export const valued = (name: string, value: string | number): string =>
  `<${name}>${escapeXml(String(value))}</${name}>`;

/** The value of an attribute. */
export const inAttribute = (text: string): string => escapeAttribute(withoutXmlControls(text));
