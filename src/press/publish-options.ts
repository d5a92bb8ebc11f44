import type { CopyText } from '../story/copy/copy.ts';
import type { Holder } from './lock.ts';
import type { RenderWay } from './render.ts';
import type { DistScanner } from './threads/dist-scanner.ts';

export interface PublishOptions {
  /** The newsroom's folder, absolute. */
  site: string;
  /** The folder of the site, absolute. */
  dist: string;
  /** The cache folder, absolute. */
  cache: string;
  /** Whatever is due by then is public. Milliseconds since 1970 UTC. */
  now: number;
  /** The clock of this machine, in ms. It is used for file times and the lock, never for a page. */
  clock: number;
  /** Newsroom-relative paths. Only these files are scanned. */
  changed?: string[];
  /** Discard the index, the pages, and the traces first. */
  clean?: boolean;
  /** Compare all bytes of dist, even where sizes and times say that nothing changed. */
  isVerified?: boolean;
  /** A scan of this index that has already been started, because a thread takes a while to start. */
  distScanner?: DistScanner;
  /** How to render pages. Defaults to the fast path, if it works with the Astro that is installed. */
  way?: RenderWay | undefined;
  /** Signs the manifest of contents, if there is a key. */
  signer?: Signer | undefined;
  onProgress?: (progress: Progress) => void;
  onWait?: (holder: Holder | undefined) => void;
  /** Called with a sentence if something in the cache was damaged and is created again. */
  onNotice?: (sentence: string) => void;
  /** Called with each text that this publish reads, except in a large publish, whose threads read them. */
  onText?: ((text: CopyText) => void) | undefined;
}

/** A key that signs the manifest. The same text always has the same signature. */
export interface Signer {
  /** Identifies the key, without opening it. */
  id: string;
  /** The line of `minisign.pub`. @throws SetupError if the key cannot be used */
  publicKey(): string;
  /** @param comment one line, which is signed too */
  sign(text: string, comment: string): string;
}

export interface Progress {
  phase: 'templates' | 'stories' | 'pictures' | 'pages' | 'search';
  done: number;
  total: number;
}
