import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { real } from '../../source-folder.ts';

/** A temporary folder for pictures that are inside of documents. */
export class Unpacked {
  #folder: string | undefined;

  get folder(): string | undefined {
    return this.#folder;
  }

  /** Where the pictures of an item are, as a complete path. */
  of(index: number): string {
    this.#folder ??= real(mkdtempSync(join(tmpdir(), 'broadsheet-import-')));
    return join(this.#folder, String(index));
  }

  /** @param name without folders */
  write(index: number, name: string, bytes: () => Uint8Array): void {
    const path = join(this.of(index), name.replace(/[/\\\0]/g, '-'));
    if (existsSync(path)) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes());
  }

  /** Frees the disk after each item, because an archive of documents can have many pictures. */
  free(index: number): void {
    if (this.#folder !== undefined) rmSync(join(this.#folder, String(index)), { recursive: true, force: true });
  }

  close(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }
}
