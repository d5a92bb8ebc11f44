import { readdirSync, statSync } from 'node:fs';
import { ImportError, type Source, type SourceKind, type SourceOptions } from './source.ts';

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
};

/** The kind of an archive, from its name and first bytes, or undefined if it is none that can be imported. */
export function detectKind(path: string): SourceKind | undefined {
  const isFolder = statSync(path).isDirectory();
  if (!isFolder) return undefined;
  return readdirSync(path).length > 0 ? 'markdown' : undefined;
}
