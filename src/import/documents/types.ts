/*
 * Which files of an archive an import puts into `public/`: those that readers open, play, or save, and that browsers do
 * not run. Everything else stays where it is and is listed.
 */

const isoMedia = ['mp4', 'm4a', 'm4b', 'm4p', 'm4v', 'mov', 'qt', '3gp', '3g2', 'f4a', 'f4v', 'f4b', 'f4p'];
const text = ['text'] as const;
const zip = ['zip'] as const;
/** Old Office files, and new ones with a password. */
const container = ['cfb'] as const;

/** Ending → what the bytes of the file can be, in the words of `sniffFile`. */
const bytesOf: Record<string, readonly string[]> = {
  pdf: ['pdf', 'ai'],
  doc: [...container, 'rtf', 'docx', ...zip],
  xls: [...container, 'xlsx', 'text', ...zip],
  ppt: [...container, 'pptx', ...zip],
  docx: ['docx', ...zip, ...container],
  xlsx: ['xlsx', ...zip, ...container],
  pptx: ['pptx', ...zip, ...container],
  ppsx: ['ppsx', 'pptx', ...zip, ...container],
  odt: ['odt', ...zip],
  ods: ['ods', ...zip],
  odp: ['odp', ...zip],
  odg: ['odg', ...zip],
  pages: zip,
  numbers: zip,
  key: zip,
  epub: ['epub', ...zip],
  mobi: ['mobi'],
  rtf: ['rtf'],
  txt: text,
  csv: text,
  tsv: text,
  json: text,
  geojson: text,
  bib: text,
  asc: text,
  sig: ['pgp', ...text],
  ics: ['ics', ...text],
  vcf: ['vcf', ...text],
  vtt: ['vtt', ...text],
  srt: text,
  gpx: text,
  kml: text,
  kmz: zip,
  zip: [...zip, 'docx', 'xlsx', 'pptx', 'epub', 'odt', 'ods', 'odp', 'jar', 'apk', '3mf', 'xpi'],
  gz: ['gz', 'tar.gz'],
  tgz: ['gz', 'tar.gz'],
  bz2: ['bz2'],
  xz: ['xz'],
  tar: ['tar'],
  '7z': ['7z'],
  rar: ['rar'],
  mp3: ['mp3', 'mp2', 'mp1', 'aac', ...isoMedia],
  m4a: [...isoMedia, 'aac'],
  m4b: isoMedia,
  aac: ['aac', ...isoMedia],
  ogg: ['ogg', 'oga', 'ogv', 'ogm', 'ogx', 'opus', 'spx'],
  oga: ['ogg', 'oga', 'opus', 'spx'],
  opus: ['opus', 'ogg', 'oga'],
  wav: ['wav'],
  aif: ['aif', 'aiff'],
  aiff: ['aif', 'aiff'],
  flac: ['flac', 'ogg'],
  wma: ['asf', 'wma'],
  mp4: isoMedia,
  m4v: isoMedia,
  mov: isoMedia,
  webm: ['webm', 'mkv'],
  mkv: ['mkv', 'webm'],
  ogv: ['ogv', 'ogg'],
  avi: ['avi'],
  wmv: ['asf', 'wmv'],
  mpg: ['mpg', 'ps', 'mts'],
  mpeg: ['mpg', 'ps', 'mts'],
  jpg: ['picture'],
  jpeg: ['picture'],
  png: ['picture', 'apng'],
  gif: ['picture'],
  webp: ['picture'],
  avif: ['picture'],
  tif: ['picture', 'tif'],
  tiff: ['picture', 'tif'],
  bmp: ['bmp'],
  heic: ['heic'],
  svg: ['svg'],
};

/** Endings of pages, which are no files to keep. A link to one leads to a story, or to the old site. */
const pages = /^(?:html?|xhtml|shtml|php\d?|phtml|aspx?|jsp|cfm|cgi|pl|do|md|mdx|markdown|mdown|com|net|org)$/;

const pictures = /^(?:jpe?g|png|gif|webp|avif|tiff?|bmp|heic|svg)$/;

/** The ending of a name, in small letters, without the full stop, or ''. */
export const endingOf = (name: string): string => /\.([a-z\d]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/** What the bytes of a file with this ending can be, or undefined if an import does not make such files public. */
export const expectedBytes = (ending: string): readonly string[] | undefined =>
  Object.hasOwn(bytesOf, ending) ? bytesOf[ending] : undefined;

/** Whether an ending says that the address is one of a page. */
export const isPageEnding = (ending: string): boolean => ending === '' || pages.test(ending);

export const isPictureEnding = (ending: string): boolean => pictures.test(ending);

/** Endings for the documentation, sorted. */
export const publicEndings = (): string[] => Object.keys(bytesOf).sort();
