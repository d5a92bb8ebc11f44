import type { OnProgress } from '../ingest/ingest.ts';

export type ExportKind = 'markdown';

export interface ExportOptions {
  kind: ExportKind;
  /** The newsroom, absolute. */
  site: string;
  /** The folder to write, absolute. It does not exist or is empty. */
  out: string;
  /** The cache folder, absolute. It contains a temporary index during the export. */
  cache: string;
  /** What is due by then is public, in ms. */
  now: number;
  /** The clock of this machine, in ms. */
  clock: number;
  /** Leave out what readers cannot see. */
  isPublicOnly: boolean;
  onProgress?: (phase: Parameters<OnProgress>[0] | 'export', done: number, total: number) => void;
}

export interface ExportReport {
  /** Stories that readers can read. */
  stories: number;
  drafts: number;
  /** Stories with an embargo or a date in the future. */
  scheduled: number;
  withdrawn: number;
  pages: number;
  pictures: number;
  /** Everything that was written. */
  files: number;
  bytes: number;
  /** What `--public` left out, with the reason. */
  leftOut: { file: string; reason: string }[];
  notes: { file: string; note: string }[];
}
