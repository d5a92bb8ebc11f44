import { decode } from '../../decode.ts';
import type { SourceKind } from '../../source.ts';

/*
 * What files say about their kind by their first bytes. A name only decides between kinds whose bytes look the same.
 */

const zipPart = Buffer.from('PK\x03\x04', 'latin1');
const isZip = (start: Buffer): boolean => start.subarray(0, 4).equals(zipPart);

/** A Word document: a zip with that name, or with the parts of one. */
export const isWord = (file: string, start: Buffer): boolean =>
  isZip(start) && !isOdt(start) && (/\.(?:docx|docm|dotx|dotm)$/i.test(file) || start.includes('word/', 0, 'latin1'));

/** An OpenDocument text: its kind is the first part of the zip, and not compressed. */
export const isOdt = (start: Buffer): boolean =>
  isZip(start) && /mimetypeapplication\/vnd\.oasis\.opendocument\.text/.test(start.subarray(0, 200).toString('latin1'));

/** The names of the parts in the first bytes of a zip. */
function firstNames(start: Buffer): string[] {
  const names: string[] = [];
  for (let at = start.indexOf(zipPart); at !== -1; at = start.indexOf(zipPart, at + 4))
    if (at + 30 < start.length)
      names.push(start.subarray(at + 30, at + 30 + start.readUInt16LE(at + 26)).toString('utf8'));
  return names;
}

/** A download from Google Docs: a page, and its pictures in `images/`. */
export const isGoogleZip = (file: string, start: Buffer): boolean =>
  isZip(start) &&
  !isOdt(start) &&
  /\.zip$/i.test(file) &&
  firstNames(start).some((name) => /^(?:images\/[^/\\]{1,200}|[^/\\]{1,200}\.html)$/.test(name));

/** Whether HTML comes from Google Docs: downloaded, published, or copied. */
export const isGoogleHtml = (html: string): boolean =>
  /class="[^"]*\blst-kix_|\.lst-kix_|docs-internal-guid|class="(?:c\d+ )*doc-content|themes\.googleusercontent\.com\/fonts\/css|docs\.google\.com\/document\//.test(
    html.slice(0, 400_000),
  ) ||
  /<style type="text\/css">(?:@import[^<]{0,400})?(?:\.c\d+\{|ol\{margin:0|table td,table th\{padding:0)/.test(
    html.slice(0, 20_000),
  );

/** Whether bytes are a page saved as `.mhtml` or `.mht`. */
export const isMhtml = (start: string): boolean =>
  /^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,30}/.test(start) &&
  /^mime-version:/im.test(start) &&
  /^content-type:\s*multipart\/related/im.test(start);

/** The first bytes as text, in which only the letters of ASCII are certain. */
const startText = (start: Buffer): string =>
  start[0] === 0xff || start[0] === 0xfe
    ? (decode(start.subarray(0, start.length & ~1))?.text ?? '')
    : start.toString('latin1');

/** Bytes that begin as a page does. */
const looksLikeHtml = (start: Buffer): boolean => {
  const text = startText(start)
    .replace(/^(?:\xef\xbb\xbf|\ufeff|\s|<\?xml[^>]*\?>|<!--[\s\S]*?-->)+/, '')
    .toLowerCase();
  return /^<!doctype html|^<(?:html|head|body|article|main|div|p|h1|meta|title|section|table|span|center|a|img|font)\b/.test(
    text,
  );
};

const webNames = /\.(?:x?html?|shtml|mhtml|mht|php|aspx?|jsp)$/i;

/** Folders in which a browser puts what belongs to a saved page. Their pages are advertisements and players. */
export const partsOfPages = /(?:_files|_fichiers|_archivos|_dateien|-Dateien|\.files|_file)\//i;

/** A page of a site, or one that somebody has saved. */
export const isPage = (file: string, start: Buffer): boolean =>
  !partsOfPages.test(file) &&
  (looksLikeHtml(start) || isMhtml(start.toString('latin1'))) &&
  (webNames.test(file) || !/\.[a-z0-9]{1,5}$/i.test(file));

/** A page that was downloaded from Google Docs, or a zip with one. Markdown does not show it in its first bytes. */
export const isGoogleFile = (file: string, start: Buffer): boolean =>
  isGoogleZip(file, start) || (/\.x?html?$/i.test(file) && isGoogleHtml(startText(start)));

const oldFormats: readonly (readonly [string, string])[] = [
  // The container of old Office files, in which a new one is put when it gets a password.
  [
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    'a document with a password, or from Word before 2007. Open it in Word and save it as .docx without a password',
  ],
  ['{\\rtf', 'a document in Rich Text Format. Open it in Word or LibreOffice and save it as .docx or .odt'],
  ['\xdb\xa5-', 'a document from a very old version of Word. Open it in Word or LibreOffice and save it as .docx'],
  ['%PDF-', 'a PDF file, although its name says that it is a document'],
];

const documentNames = /\.(?:docx?|docm|dotx|dotm|odt|ott|fodt|rtf)$/i;

/** Why a file that seems to be a document can never be read. */
export function refusesDocument(file: string, start: Buffer): string | undefined {
  if (!documentNames.test(file)) return undefined;
  const bytes = start.subarray(0, 16).toString('latin1');
  if (start.length === 0) return 'empty';
  const old = oldFormats.find(([signature]) => bytes.startsWith(signature))?.[1];
  if (old !== undefined) return old;
  if (isZip(start)) return undefined;
  return /\.fodt$/i.test(file)
    ? 'a flat OpenDocument file. Open it in LibreOffice and save it as .odt'
    : 'damaged: its bytes are not those of a document, although its name says so';
}

/** An item of an agency, or a list of them, as ninjs. Other JSON has no `uri` beside such names. */
const isNinjs = (start: string): boolean =>
  /^\s*(?:\[\s*)?\{/.test(start) &&
  /"uri"\s*:/.test(start) &&
  /"(?:headlines?|versioncreated|firstcreated|pubstatus|body_\w+|bodies|representationtype)"\s*:/i.test(start);

/** NewsML-G2 names its namespace on the first element. */
const isNewsml = (start: string): boolean => /^[^<]{0,3}</.test(start) && /iptc\.org\/std\/nar\//.test(start);

/** The kind of a file that is a story of its own. */
export function detectFile(file: string, start: Buffer): SourceKind | undefined {
  const text = start.toString('latin1');
  if (isNinjs(text)) return 'ninjs';
  if (isNewsml(text)) return 'newsml';
  if (isOdt(start)) return 'odt';
  if (isGoogleFile(file, start)) return 'gdoc';
  if (isWord(file, start)) return 'docx';
  if (isPage(file, start)) return 'html';
  if (refusesDocument(file, start) !== undefined) return /\.(?:odt|ott|fodt)$/i.test(file) ? 'odt' : 'docx';
  return /\.(?:txt|text)$/i.test(file) ? 'text' : undefined;
}
