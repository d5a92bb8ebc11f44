/** A picture that was inside of a text, as a `data:` address. */
export interface DataPicture {
  name: string;
  bytes: Buffer;
}

const endings: Readonly<Record<string, string>> = {
  png: 'png',
  jpeg: 'jpg',
  jpg: 'jpg',
  gif: 'gif',
  webp: 'webp',
  avif: 'avif',
  'svg+xml': 'svg',
  tiff: 'tif',
};
/** Smaller ones are spacers, and placeholders of pictures that a page loads later. */
const bytesMin = 200;

/**
 * Takes the pictures out of a text, each of which becomes a file with a number as name. Pictures with the same bytes are
 * one file.
 */
export function takeDataPictures(text: string): { text: string; pictures: DataPicture[] } {
  const pictures: DataPicture[] = [];
  const known = new Map<string, string>();
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf('data:image/'); at !== -1; at = text.indexOf('data:image/', from)) {
    const head = /^data:image\/([a-z0-9.+-]+)(?:;[a-z-]+=[^;,"'<>]{0,40})*;base64,/i.exec(text.slice(at, at + 200));
    const ending = endings[head?.[1]?.toLowerCase() ?? ''];
    if (head === null || ending === undefined) {
      parts.push(text.slice(from, at + 11));
      from = at + 11;
      continue;
    }
    let end = at + head[0].length;
    while (end < text.length && isBase64(text.charCodeAt(end))) end++;
    const encoded = text.slice(at + head[0].length, end);
    parts.push(text.slice(from, at));
    from = end;
    if (encoded.length < bytesMin) {
      parts.push(text.slice(at, end));
      continue;
    }
    let name = known.get(encoded);
    if (name === undefined) {
      name = `picture-${pictures.length + 1}.${ending}`;
      known.set(encoded, name);
      pictures.push({ name, bytes: Buffer.from(encoded.replaceAll('%2B', '+'), 'base64') });
    }
    parts.push(name);
  }
  parts.push(text.slice(from));
  return { text: parts.join(''), pictures };
}

/** Letters, digits, `+`, `/`, `=`, and line breaks, which base64 may contain. */
const isBase64 = (code: number): boolean =>
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 43 ||
  code === 47 ||
  code === 61 ||
  code === 10 ||
  code === 13;
