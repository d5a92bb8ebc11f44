import { escapeXml } from '../site/markup.ts';
import type { Licensor, PictureRights } from './picture.ts';

/** The limit for a rendition, in bytes. Otherwise thumbnails would consist mostly of text. */
export const rightsBytesMax = 1500;

/**
 * The XMP in every rendition of a picture: who owns it, who grants the right to use it, how it was made, and what it
 * shows. No other metadata of the file is kept.
 *
 * Whatever does not fit into `rightsBytesMax` is cut, the least important first: the end of the description, then
 * details of licensors, licensors after the first, and usage terms. Finally every field is limited to the same length.
 *
 * @returns undefined if there is nothing to write
 * @see IPTC Photo Metadata Standard 2023.1, XMP specification part 1
 */
export function rightsPacket(rights: PictureRights | undefined): string | undefined {
  if (rights === undefined || propertiesOf(rights) === '') return undefined;
  const [first, ...others] = (rights.licensors ?? []).map(({ name, id, url }) => ({ name, id, url }));
  const brief = { ...rights, licensors: first && [first, ...others] };
  const one = { ...rights, licensors: first && [first] };
  for (const less of [rights, brief, one, { ...one, usageTerms: undefined }]) {
    const { description } = less;
    const said = (chars: number) => packet(description ? { ...less, description: cut(description, chars) } : less);
    if (bytesOf(said(descriptionCharsMin)) <= rightsBytesMax) return fitted(said);
  }
  return fitted((chars) => packet(shortened(one, chars)));
}

/** About one sentence. A shorter text would not say what the picture shows. */
const descriptionCharsMin = 80;

/** The longest length that fits. A character can take six bytes, so the length is found by bisection. */
function fitted(make: (chars: number) => string): string {
  if (bytesOf(make(rightsBytesMax)) <= rightsBytesMax) return make(rightsBytesMax);
  let [fits, tooMany] = [1, rightsBytesMax];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (bytesOf(make(middle)) <= rightsBytesMax) fits = middle;
    else tooMany = middle;
  }
  return make(fits);
}

/** Addresses are kept whole or not at all, because half an address leads elsewhere. */
function shortened(rights: PictureRights, chars: number): PictureRights {
  const short = (text: string | undefined) => (text === undefined ? undefined : cut(text, chars));
  const address = (url: string | undefined) => (url !== undefined && url.length <= chars * 4 ? url : undefined);
  return {
    creators: rights.creators?.slice(0, 3).map((name) => cut(name, chars)),
    creditLine: short(rights.creditLine),
    copyrightNotice: short(rights.copyrightNotice),
    webStatement: address(rights.webStatement),
    digitalSourceType: address(rights.digitalSourceType),
    dataMining: address(rights.dataMining),
    licensors: rights.licensors?.map(({ name, url }) => ({ name: short(name), url: address(url) })),
    description: short(rights.description),
  };
}

function cut(text: string, chars: number): string {
  const characters = [...text];
  return characters.length <= chars ? text : `${characters.slice(0, chars).join('').trimEnd()}…`;
}

const bytesOf = (text: string): number => Buffer.byteLength(text);

function packet(rights: PictureRights): string {
  const inner = propertiesOf(rights);
  const used = Object.entries(namespaces)
    .filter(([prefix]) => inner.includes(`<${prefix}:`))
    .map(([prefix, address]) => ` xmlns:${prefix}="${address}"`)
    .join('');
  return (
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
    `<rdf:Description rdf:about=""${used}>${inner}</rdf:Description></rdf:RDF></x:xmpmeta>`
  );
}

function propertiesOf(rights: PictureRights): string {
  return [
    list(
      'dc:creator',
      'Seq',
      rights.creators?.map((name) => `<rdf:li>${escapeXml(name)}</rdf:li>`),
    ),
    plain('photoshop:Credit', rights.creditLine),
    language('dc:rights', rights.copyrightNotice),
    plain('xmpRights:WebStatement', rights.webStatement),
    language('xmpRights:UsageTerms', rights.usageTerms),
    list(
      'plus:Licensor',
      'Seq',
      rights.licensors?.map(licensor).filter((item) => item !== ''),
    ),
    plain('Iptc4xmpExt:DigitalSourceType', rights.digitalSourceType),
    plain('plus:DataMining', rights.dataMining),
    language('dc:description', rights.description),
  ].join('');
}

function licensor({ name, id, url, email, phones }: Licensor): string {
  const inner = [
    plain('plus:LicensorName', name),
    plain('plus:LicensorID', id),
    plain('plus:LicensorURL', url),
    plain('plus:LicensorEmail', email),
    plain('plus:LicensorTelephone1', phones?.[0]),
  ].join('');
  return inner && `<rdf:li rdf:parseType="Resource">${inner}</rdf:li>`;
}

const plain = (name: string, text: string | undefined): string => (text ? `<${name}>${escapeXml(text)}</${name}>` : '');

const list = (name: string, kind: 'Seq', items: string[] | undefined): string =>
  items?.length ? `<${name}><rdf:${kind}>${items.join('')}</rdf:${kind}></${name}>` : '';

const language = (name: string, text: string | undefined): string =>
  text ? `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(text)}</rdf:li></rdf:Alt></${name}>` : '';

const namespaces = {
  dc: 'http://purl.org/dc/elements/1.1/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  xmpRights: 'http://ns.adobe.com/xap/1.0/rights/',
  plus: 'http://ns.useplus.org/ldf/xmp/1.0/',
  Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
};
