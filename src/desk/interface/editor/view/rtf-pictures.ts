/*
 * Word names the pictures of a copied text by files of its own (`file:///C:/…/image001.png`), which no browser may read.
 * The same pictures are in the RTF of the clipboard, in the same order.
 */

/** Up to the end of its tag, which no `<` is in, so that broken HTML is read once. */
const image = /<img\b(?:[^<>"']|"[^"<]*"|'[^'<]*')*>/gi;
const wordSource = /(\bsrc=")file:[^"]*(")/i;

/** HTML with the pictures of Word in it, if both name the same number. @param readRtf called only if it is needed */
export function withPicturesOfRtf(html: string, readRtf: () => string): string {
  const count = (html.match(image) ?? []).filter((each) => wordSource.test(each)).length;
  if (count === 0) return html;
  const pictures = picturesOfRtf(readRtf());
  if (pictures.length !== count) return html;
  let at = 0;
  return html.replace(image, (each) =>
    each.replace(wordSource, (whole, before: string, after: string) => {
      const picture = pictures[at++];
      return picture === undefined ? whole : before + picture + after;
    }),
  );
}

/** HTML without the bytes of its pictures. */
export const withoutPictures = (html: string): string =>
  html.replace(/data:image\/[\w.+-]+;base64,[A-Za-z\d+/=\s%]+/g, '');

/** Each picture of a text in RTF as a `data:` address, or undefined if browsers cannot show its format. */
export function picturesOfRtf(rtf: string): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  const start = /\{\\(?:(nonshppict|header[lrf]?|footer[lrf]?)\b|pict\b)/g;
  for (let match = start.exec(rtf); match; match = start.exec(rtf)) {
    const end = groupEnd(rtf, match.index);
    start.lastIndex = end;
    // The same picture again for old programs, and the pictures of every page.
    if (match[1] === undefined) found.push(pictureOf(rtf.slice(match.index, end)));
  }
  return found;
}

function pictureOf(group: string): string | undefined {
  const type = /\\pngblip\b/.test(group) ? 'png' : /\\jpegblip\b/.test(group) ? 'jpeg' : undefined;
  if (type === undefined) return undefined;
  // What is left without inner groups and control words is the picture, in hexadecimal digits.
  const inside = group.slice(1, -1);
  let own = '';
  let from = 0;
  for (let open = inside.indexOf('{'); open >= 0; open = inside.indexOf('{', from)) {
    own += inside.slice(from, open);
    from = groupEnd(inside, open);
  }
  own += inside.slice(from);
  const digits = own.replace(/\\[a-z]+-?\d* ?/gi, '').replace(/[^\da-f]/gi, '');
  if (digits.length < 8) return undefined;
  const bytes = new Uint8Array(digits.length >> 1);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  return `data:image/${type};base64,${base64(bytes)}`;
}

/** The offset after the group that begins at an offset. */
function groupEnd(rtf: string, start: number): number {
  const brace = /\\[\\{}]|[{}]/g;
  brace.lastIndex = start;
  let depth = 0;
  for (let match = brace.exec(rtf); match; match = brace.exec(rtf)) {
    if (match[0] === '{') depth += 1;
    else if (match[0] === '}') depth -= 1;
    if (depth === 0) return match.index + 1;
  }
  return rtf.length;
}

function base64(bytes: Uint8Array): string {
  let text = '';
  // A call with all of them has too many arguments.
  for (let at = 0; at < bytes.length; at += 30_000) text += String.fromCharCode(...bytes.subarray(at, at + 30_000));
  return btoa(text);
}
