import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { foldAddress } from '../../site/address.ts';
import type { ImportRecord } from '../newsroom.ts';
import { haveSameBytes } from './copy-file.ts';
import { faultOfAddress, foldersOf } from './public-place.ts';

export interface PublicFilesOptions {
  /** The newsroom, as a complete path. */
  site: string;
  /** The addresses of the files that are in `public/`. */
  existing: readonly string[];
  record: ImportRecord;
  /** What has an address already, in words, or undefined. Files in `public/` need not be known. */
  holderOf(address: string): string | undefined;
}

/** Gives documents their addresses in `public/`. It writes nothing. */
export class PublicFiles {
  readonly #options: PublicFilesOptions;
  /** Fold → the address of the file in `public/` with that fold. */
  readonly #existing: ReadonlyMap<string, string>;
  /** Fold → the file that has the address, as a complete path. */
  readonly #claims = new Map<string, { source: string; address: string }>();
  /** Folds of folders in which a document has an address. */
  readonly #folders = new Set<string>();

  constructor(options: PublicFilesOptions) {
    this.#options = options;
    this.#existing = new Map(options.existing.map((address) => [foldAddress(address.normalize('NFC')), address]));
  }

  /** The file of an address, newsroom-relative. */
  fileOf = (address: string): string => `public${address}`;

  /**
   * Claims an address for a file.
   *
   * @param source complete
   * @returns why the file cannot have it, as the rest of a sentence about the file, or undefined
   */
  claim(source: string, address: string): string | undefined {
    const fault = faultOfAddress(address);
    if (fault !== undefined) return fault;
    const fold = foldAddress(address);
    const claimed = this.#claims.get(fold);
    if (claimed)
      return claimed.address === address && (claimed.source === source || haveSameBytes(source, claimed.source))
        ? undefined
        : claimed.address === address
          ? 'another document has its address'
          : `its address differs from ${claimed.address} only in case`;
    const reason = this.#faultOfNew(source, address, fold);
    if (reason !== undefined) return reason;
    this.#claims.set(fold, { source, address });
    for (const folder of foldersOf(fold)) this.#folders.add(folder);
    return undefined;
  }

  #faultOfNew(source: string, address: string, fold: string): string | undefined {
    const { site, record, holderOf } = this.#options;
    const existing = this.#existing.get(fold);
    if (existing !== undefined && existing.normalize('NFC') !== address)
      return `its address differs from ${existing} only in case`;
    if (existing !== undefined) {
      const path = join(site, `public${existing}`);
      const isOurs = () => record.has(this.fileOf(address), readFileSync(path));
      return haveSameBytes(source, path) || isOurs() ? undefined : 'the newsroom has another file at its address';
    }
    const holder = holderOf(address);
    if (holder !== undefined) return `its address is that of ${holder}`;
    if (this.#folders.has(fold)) return 'its address is that of a folder';
    const folders = foldersOf(fold);
    if (folders.some((folder) => this.#claims.has(folder) || this.#existing.has(folder)))
      return 'a file has the address of a folder around it';
    return statSync(join(site, this.fileOf(address)), { throwIfNoEntry: false })?.isDirectory()
      ? 'its address is that of a folder'
      : undefined;
  }
}
