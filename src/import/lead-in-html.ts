import { decodeEntities } from './html.ts';
import { originalAddress } from './html-body/original-address.ts';
import { ownString } from './own-string.ts';

/**
 * The picture with which a text of HTML begins, as its original address. A system without a field for the lead picture
 * shows such a picture as one.
 *
 * @returns undefined if words, a player, or several pictures in a group come first, or if it is an icon
 */
export function leadInHtml(html: string): string | undefined {
  const found = /<img\b[^>]{0,4000}>/i.exec(html);
  if (!found || found.index > beforeCharsMax) return undefined;
  const before = html.slice(0, found.index);
  if (/<(?:iframe|video|audio|object|embed|hr|script|li|blockquote)\b|class="[^"]*(?:gallery|bs-)/i.test(before))
    return undefined;
  const words = decodeEntities(before.replace(/<!--[\s\S]*?-->|<[^>]*>/g, ' ')).replace(/[\s\u00a0\u200b\ufeff]+/g, '');
  if (words !== '') return undefined;
  const src = attributeOf(found[0], 'src');
  const width = Number(attributeOf(found[0], 'width') ?? Number.NaN);
  if (src === undefined || /^data:/i.test(src) || width < iconWidthMax) return undefined;
  // It is kept for long, and must not keep the text alive.
  return ownString(originalAddress(src));
}

const beforeCharsMax = 5000;
const iconWidthMax = 120;

function attributeOf(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag);
  const value = found?.[1] ?? found?.[2];
  return value === undefined || value.trim() === '' ? undefined : decodeEntities(value).trim();
}
