/* How a host serves a file, by its path. */

const types: Record<string, string> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  mjs: 'text/javascript',
  json: 'application/json',
  map: 'application/json',
  webmanifest: 'application/manifest+json',
  xml: 'application/xml',
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  xsl: 'application/xslt+xml',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  ics: 'text/calendar',
  vtt: 'text/vtt',
  svg: 'image/svg+xml',
  avif: 'image/avif',
  webp: 'image/webp',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  ico: 'image/x-icon',
  bmp: 'image/bmp',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  woff2: 'font/woff2',
  woff: 'font/woff',
  ttf: 'font/ttf',
  otf: 'font/otf',
  pdf: 'application/pdf',
  epub: 'application/epub+zip',
  zip: 'application/zip',
  gz: 'application/gzip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  rtf: 'application/rtf',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  wasm: 'application/wasm',
  geojson: 'application/geo+json',
  asc: 'application/pgp-keys',
};

/** Everything that is text is UTF-8. */
const isText = (type: string): boolean => /^text\/|[/+](?:json|xml)$|^image\/svg/.test(type);

/** The value of Content-Type. Feeds of the site are RSS, although their names end in `.xml`. */
export function typeOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^feed\.xml$/.test(name)) return `${types.rss}; charset=utf-8`;
  const dot = name.lastIndexOf('.');
  const type = dot < 0 ? undefined : types[name.slice(dot + 1).toLowerCase()];
  // Lists for hosts and the files of certificate authorities have no ending.
  if (type === undefined) return dot <= 0 ? 'text/plain; charset=utf-8' : 'application/octet-stream';
  return isText(type) ? `${type}; charset=utf-8` : type;
}

const yearSeconds = 31_536_000;

/**
 * The value of Cache-Control. The name of a style, font, or rendition under `assets/` contains a digest of its bytes, so
 * browsers can keep it. Anything else may change, and browsers ask each time whether it has (ETag). A file that a
 * newsroom puts into `public/assets/` has a name of its own choice.
 */
export const cacheControlOf = (path: string): string =>
  path.startsWith('assets/pictures/') || /^assets\/[^/]+\.[\w-]{8}\.(?:css|js|woff2)$/.test(path)
    ? `public, max-age=${yearSeconds}, immutable`
    : 'public, max-age=0, must-revalidate';
