import { readdirSync, statSync } from 'node:fs';
import { detectExport } from './detect-export.ts';
import { isOwnNewsroom } from './own-newsroom.ts';
import { ImportError, type Source, type SourceKind, type SourceOptions } from './source.ts';
import { detectFiles } from './sources/files/detect.ts';

/** Opens an archive of a kind. @throws {ImportError} if it cannot be one of that kind */
export async function openSource(kind: SourceKind, options: SourceOptions): Promise<Source> {
  const isFolder = statSync(options.source).isDirectory();
  if (isFolder && sources[kind].takes === 'file')
    throw new ImportError(`${options.source} is a folder. ${sources[kind].words}`);
  if (!isFolder && sources[kind].takes === 'folder') throw new ImportError(`There is no folder ${options.source}.`);
  return (await sources[kind].load())(options);
}

interface SourceEntry {
  takes: 'file' | 'folder' | 'both';
  /** What to name. */
  words: string;
  load(): Promise<(options: SourceOptions) => Source | Promise<Source>>;
}

/** Each kind of archive. Its code is loaded when it is needed. */
export const sources: Record<SourceKind, SourceEntry> = {
  markdown: {
    takes: 'folder',
    words: 'Name the folder of Markdown files.',
    load: async () => (await import('./sources/markdown/markdown.ts')).markdownSource,
  },
  docx: {
    takes: 'both',
    words: 'Name a Word document, or a folder of them.',
    load: async () => (await import('./sources/docx/docx.ts')).docxSource,
  },
  odt: {
    takes: 'both',
    words: 'Name an OpenDocument text, or a folder of them.',
    load: async () => (await import('./sources/docx/docx.ts')).odtSource,
  },
  html: {
    takes: 'both',
    words: 'Name a saved page, or a folder of pages.',
    load: async () => (await import('./sources/html/html.ts')).htmlSource,
  },
  gdoc: {
    takes: 'both',
    words: 'Name a download from Google Docs, or a folder of them.',
    load: async () => (await import('./sources/gdoc/gdoc.ts')).gdocSource,
  },
  text: {
    takes: 'both',
    words: 'Name a text file, or a folder of them.',
    load: async () => (await import('./sources/text/text.ts')).textSource,
  },
  ninjs: {
    takes: 'both',
    words: 'Name a ninjs file, or a folder of them.',
    load: async () => (await import('./sources/ninjs/ninjs.ts')).ninjsSource,
  },
  newsml: {
    takes: 'both',
    words: 'Name a NewsML-G2 file, or a folder of them.',
    load: async () => (await import('./sources/newsml/newsml.ts')).newsmlSource,
  },
  ghost: {
    takes: 'both',
    words: 'Name the export file (JSON), or the folder or zip that contains it.',
    load: async () => (await import('./sources/ghost/ghost.ts')).ghostSource,
  },
  substack: {
    takes: 'both',
    words: 'Name the export (ends in .zip), or the folder that contains its posts.csv.',
    load: async () => (await import('./sources/substack/substack.ts')).substackSource,
  },
  medium: {
    takes: 'both',
    words: 'Name the export (ends in .zip), or the folder that contains its folder posts.',
    load: async () => (await import('./sources/medium/medium.ts')).mediumSource,
  },
  blogger: {
    takes: 'both',
    words: 'Name the backup (ends in .xml), the feed.atom of a Google Takeout, or its folder or zip.',
    load: async () => (await import('./sources/blogger/blogger.ts')).bloggerSource,
  },
  wordpress: {
    takes: 'both',
    words: 'Name the export file (WXR, ends in .xml), or the folder or zip that contains it.',
    load: async () => (await import('./sources/wordpress/wordpress.ts')).wordpressSource,
  },
};

/** The kind of an archive, from its name and first bytes, or undefined if it is none that can be imported. */
export function detectKind(path: string): SourceKind | undefined {
  if (isOwnNewsroom(path)) return 'markdown';
  const kind = detectExport(path) ?? detectFiles(path);
  // A folder of anything else can still have front matter.
  if (kind === undefined && statSync(path).isDirectory() && readdirSync(path).length > 0) return 'markdown';
  return kind;
}
