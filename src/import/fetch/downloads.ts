import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import pLimit from 'p-limit';
import { cleanSlug } from '../../site/slug.ts';
import type { FetchLine } from '../fetched-lists.ts';
import { decodePath } from '../old-address.ts';
import { compare } from '../receipt.ts';
import { checkDownload, type FetchKind } from './check-download.ts';
import { download, type Outcome } from './download.ts';
import { type FetchRules, refusalOf } from './fetch-rules.ts';
import { HostPace } from './host-pace.ts';
import { type FetchLimits, fetchLimits } from './limits.ts';
import { Requester, type Resolve } from './request.ts';

export interface FetchOptions extends FetchRules {
  /** Says who asks, as `User-Agent`. */
  agent: string;
  /** For tests. */
  limits?: FetchLimits;
  /** For tests. */
  resolve?: Resolve;
}

/**
 * Pictures and documents that an archive names and does not contain. What has been downloaded is kept by its address in a folder of
 * the cache, where every later import finds it.
 */
export class Downloads {
  readonly #folder: string;
  readonly #options: FetchOptions | undefined;
  /** By address, what earlier downloads left. */
  readonly #record: Map<string, RecordLine>;
  readonly #lines = new Map<string, FetchLine>();
  /** By address, what it is needed for. */
  readonly #kinds = new Map<string, Set<FetchKind>>();

  /**
   * @param folder in the cache, as a complete path
   * @param options absent if nothing is downloaded. What is there is found all the same
   */
  constructor(folder: string, options: FetchOptions | undefined) {
    this.#folder = folder;
    this.#options = options;
    this.#record = readRecord(this.#recordPath);
  }

  /** Where the files are, as a complete path. */
  get folder(): string {
    return this.#folder;
  }

  /**
   * The file that an address stands for, as a complete path. If it is not there, it becomes one of those that `fetch`
   * downloads.
   *
   * @param kind what it is needed for
   * @param isGuess only look whether it is there
   */
  fileOf(address: string, kind: FetchKind = 'picture', isGuess = false): string | undefined {
    if (!URL.canParse(address)) return undefined;
    const key = keyOf(address);
    if (!isGuess && this.#options) this.#kinds.set(key, (this.#kinds.get(key) ?? new Set()).add(kind));
    const known = this.#lines.get(key);
    if (known && known.state !== 'kept' && known.state !== 'fetched') return undefined;
    const kept = this.#record.get(key);
    const path = kept && join(this.#folder, kept.file);
    if (kept && path !== undefined && (known !== undefined || sizeOf(path) === kept.bytes)) {
      if (!known && !isGuess) this.#lines.set(key, { address: key, state: 'kept', bytes: kept.bytes });
      return path;
    }
    if (!this.#options || isGuess) return undefined;
    const reason = refusalOf(new URL(key), this.#options);
    this.#lines.set(key, {
      address: key,
      ...(reason === undefined ? { state: 'wanted' } : { state: 'refused', reason }),
    });
    return undefined;
  }

  /**
   * Downloads what was asked for and is missing. A file gets its name when it is complete, so an interrupted download
   * can be continued.
   *
   * @param onProgress files that were asked for, of how many, and bytes that arrived
   * @throws errors of the disk
   */
  async fetch(onProgress?: (done: number, total: number, bytes: number) => void): Promise<void> {
    const wanted = [...this.#lines.values()].filter(({ state }) => state === 'wanted').map(({ address }) => address);
    if (!this.#options || wanted.length === 0) return;
    const limits = this.#options.limits ?? fetchLimits;
    mkdirSync(this.#folder, { recursive: true });
    for (const name of readdirSync(this.#folder)) if (name.endsWith(partial)) rmSync(join(this.#folder, name));
    const requester = new Requester(this.#options, this.#options.agent, this.#options.resolve);
    const pace = new HostPace(limits);
    let done = 0;
    let bytes = 0;
    const took = (count: number): void => {
      bytes += count;
      onProgress?.(done, wanted.length, bytes);
    };
    try {
      await pLimit(limits.atOnce).map(wanted, async (address) => {
        const part = join(this.#folder, `${hashOf(address)}${partial}`);
        const outcome = await download(address, part, {
          ...{ requester, pace, limits, took },
          check: (path) => checkDownload(path, address, this.#kinds.get(address) ?? new Set(), limits.fileBytesMax),
        });
        if (outcome.state === 'fetched') this.#keep(address, part, outcome);
        const { state } = outcome;
        this.#lines.set(
          address,
          state === 'fetched' ? { address, state, bytes: outcome.bytes } : { address, state, reason: outcome.reason },
        );
        done++;
        onProgress?.(done, wanted.length, bytes);
      });
    } finally {
      requester.close();
    }
  }

  /** Why an address was not downloaded, if that was tried or refused. */
  reasonOf(address: string): string | undefined {
    return URL.canParse(address) ? this.#lines.get(keyOf(address))?.reason : undefined;
  }

  /** What became of every address, sorted. */
  lines(): FetchLine[] {
    return [...this.#lines.values()].sort((a, b) => compare(a.address, b.address));
  }

  #keep(address: string, part: string, { bytes, ending }: Extract<Outcome, { state: 'fetched' }>): void {
    const file = `${hashOf(address)}/${nameOf(address, ending)}`;
    mkdirSync(join(this.#folder, hashOf(address)), { recursive: true });
    renameSync(part, join(this.#folder, file));
    const line: RecordLine = { address, file, bytes };
    // The last line of an interrupted import can be incomplete, so every line begins with its own line break.
    appendFileSync(this.#recordPath, `\n${JSON.stringify(line)}`);
    this.#record.set(address, line);
  }

  get #recordPath(): string {
    return join(this.#folder, 'record.jsonl');
  }
}

const partial = '.part';

interface RecordLine {
  address: string;
  /** Under the folder. */
  file: string;
  bytes: number;
}

/** A line can be incomplete. Its file is then downloaded again. */
function readRecord(path: string): Map<string, RecordLine> {
  const record = new Map<string, RecordLine>();
  if (!existsSync(path)) return record;
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    try {
      const { address, file, bytes } = JSON.parse(text) as Partial<RecordLine>;
      if (typeof address === 'string' && typeof bytes === 'number' && /^[0-9a-f]+\/[^/\\]+$/.test(file ?? ''))
        record.set(address, { address, file: file ?? '', bytes });
    } catch {}
  }
  return record;
}

const sizeOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.size;

/** The part after `#` is not sent to a server. */
const keyOf = (address: string): string => new URL(address).href.replace(/#.*$/s, '');

const hashOf = (address: string): string => createHash('sha256').update(address).digest('hex').slice(0, 24);

/** A name for people, with the ending of what the file is. */
function nameOf(address: string, ending: string): string {
  const stem = basename(decodePath(new URL(address).pathname)).replace(/\.[a-z0-9]{1,5}$/i, '');
  return `${cleanSlug(stem).slice(0, nameCharsMax) || 'file'}.${ending}`;
}

const nameCharsMax = 80;
