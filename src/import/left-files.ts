import { isHidden } from '../ingest/folder.ts';
import { compare } from './order.ts';

/** Files that an import never takes over, of one kind. A folder counts once. */
export interface LeftFiles {
  kind: string;
  count: number;
  /** The first ones, relative to the source. */
  samples: string[];
}

const kinds: [RegExp, string][] = [
  [
    /^\.(?:git|gitignore|gitattributes|gitmodules|gitkeep|github|gitlab|gitlab-ci\.yml|svn|hg|bzr)$/i,
    'version control',
  ],
  [
    /^\.(?:obsidian|vscode|idea|editorconfig|trash|logseq|zed|sublime-.*|foam|dendron.*|stfolder|stversions)$/i,
    'editors',
  ],
  [
    /^(?:\.ds_store|\._.*|\.trashes|\.spotlight-v100|\.fseventsd|\.appledouble|__macosx|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r)$/i,
    'systems',
  ],
  [/^~\$|^\.~lock\.|^~|~$|^#.*#$|\.(?:tmp|temp|swp|swo|bak|crdownload|part|partial)$/i, 'temporary files'],
];

/** Counts what is left behind, by kind. */
export class LeftLog {
  readonly #lines = new Map<string, LeftFiles>();

  /**
   * Whether an entry of a folder is hidden or temporary, and so no part of an archive or newsroom. It is counted if so.
   *
   * @param file relative to the source @param name its last part
   */
  leaves(file: string, name: string): boolean {
    if (!isHidden(name)) return false;
    const kind = kinds.find(([pattern]) => pattern.test(name))?.[1] ?? 'other hidden files';
    let line = this.#lines.get(kind);
    if (!line) {
      line = { kind, count: 0, samples: [] };
      this.#lines.set(kind, line);
    }
    line.count++;
    if (line.samples.length < samplesMax) line.samples.push(file);
    return true;
  }

  lines(): LeftFiles[] {
    return [...this.#lines.values()].sort((a, b) => compare(a.kind, b.kind));
  }
}

const samplesMax = 3;

/** For the summary. */
export const leftWords = ({ kind, count, samples }: LeftFiles): string =>
  `${String(count).padStart(6)}  ${kind}, for example ${samples.join(', ')}`;
