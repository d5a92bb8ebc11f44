import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { digestOf, type ImportRecord, openFolder } from '../newsroom.ts';
import { compare } from '../order.ts';
import type { SourceFiles } from '../source-files.ts';
import { real } from '../source-folder.ts';
import { faultOfFile } from './check-file.ts';
import { copyAtomically, haveSameBytes } from './copy-file.ts';
import type { DocumentLine } from './document-lines.ts';
import type { PublicFiles } from './public-files.ts';
import { type DocumentStory, StoryDocuments } from './story-documents.ts';

interface DocumentShelfOptions {
  files: SourceFiles;
  publicFiles: PublicFiles;
  /** The newsroom, as a complete path. */
  site: string;
  record: ImportRecord;
  dryRun: boolean;
}

/**
 * The documents and full-size pictures of an archive that its stories link to. Each is checked once. If a story that
 * readers can see links to it, it gets its old address in `public/`. If only hidden stories do, it is put beside them,
 * where Broadsheet publishes it together with the story.
 */
export class DocumentShelf {
  readonly #options: DocumentShelfOptions;
  /** By complete path and ending: why the file does not come along, or '' if it does. */
  readonly #faults = new Map<string, string>();
  readonly #pending = new Map<string, { path: string; ending: string }>();
  /** Complete path → its address in `public/`, once a story that readers can see has been written. */
  readonly #published = new Map<string, string>();
  readonly #lines = new Map<string, DocumentLine>();
  readonly #used = new Set<string>();

  constructor(options: DocumentShelfOptions) {
    this.#options = options;
  }

  /** Whether a file came along. @param path complete */
  isUsed(path: string): boolean {
    return this.#used.has(real(path));
  }

  /** Starts a story. */
  story(story: DocumentStory): StoryDocuments {
    const { files, publicFiles } = this.#options;
    return new StoryDocuments(story, {
      files,
      claim: (source, address) => publicFiles.claim(source, address),
      publishedAt: (source) => this.#published.get(source),
      faultOf: (path, ending) => {
        const key = `${ending}:${path}`;
        const known = this.#faults.get(key);
        if (known === undefined) this.#pending.set(key, { path, ending });
        return known;
      },
    });
  }

  /** Checks the requested files that are not yet known. @returns whether there were any, so that the request is repeated */
  async load(): Promise<boolean> {
    const pending = [...this.#pending];
    this.#pending.clear();
    for (const [key, { path, ending }] of pending) {
      try {
        this.#faults.set(key, (await faultOfFile(path, ending)) ?? '');
      } catch (error) {
        if (!(error instanceof Error && 'code' in error)) throw error;
        this.#faults.set(key, `it cannot be read: ${error.message}`);
      }
    }
    return pending.length > 0;
  }

  /**
   * Copies the documents of a story that has been written.
   *
   * @param place the file of the story, under `content`
   * @param isUnchanged the story is as an earlier import wrote it. What somebody has replaced beside it since stays
   */
  async write(documents: StoryDocuments, place: string, isUnchanged: boolean): Promise<void> {
    for (const line of documents.lines.values()) this.#note(line);
    for (const [source, { address, line }] of documents.public) {
      this.#published.set(source, address);
      await this.#copy(source, this.#options.publicFiles.fileOf(address), line);
    }
    for (const [source, { name, line }] of documents.beside) {
      const to = join('content', dirname(place), name);
      await this.#copy(source, to, line, isUnchanged && existsSync(join(this.#options.site, to)));
    }
  }

  /** What became of every document that a story links to, sorted. */
  lines(): DocumentLine[] {
    return [...this.#lines.values()].sort(
      (a, b) => compare(a.address, b.address) || compare(a.to ?? '', b.to ?? '') || compare(a.file, b.file),
    );
  }

  #note(line: DocumentLine): void {
    const key = `${line.address}\n${line.to ?? ''}\n${line.state}`;
    if (!this.#lines.has(key)) this.#lines.set(key, line);
  }

  async #copy(source: string, to: string, line: Omit<DocumentLine, 'to'>, isKept = false): Promise<void> {
    const { site, record, dryRun } = this.#options;
    this.#used.add(source);
    const path = join(site, to);
    const known = this.#lines.has(`${line.address}\n${to}\n${line.state}`);
    if (known) return;
    const isSame = isKept || haveSameBytes(source, path);
    this.#note({ ...line, to, bytes: statSync(source).size, ...(isSame ? { isUnchanged: true } : {}) });
    if (isSame || dryRun) return;
    openFolder(site, dirname(path));
    await copyAtomically(source, path);
    if (to.startsWith('public/')) record.set(to, digestOf(readFileSync(path)));
  }
}
