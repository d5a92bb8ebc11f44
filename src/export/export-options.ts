import type { StoryInInventory } from '../index/inventory.ts';
import type { OnProgress } from '../ingest/ingest.ts';

export const exportKinds = ['markdown', 'ninjs', 'wxr'] as const;
export type ExportKind = (typeof exportKinds)[number];

/** The endings of a file that an export of a kind can be, instead of a folder. */
export const fileEndings: Readonly<Record<ExportKind, readonly string[]>> = {
  markdown: [],
  ninjs: ['.ndjson', '.jsonl'],
  wxr: ['.xml'],
};

/** Whether an export of this kind to this path is one file. */
export const isFileOf = (kind: ExportKind, path: string): boolean =>
  fileEndings[kind].some((ending) => path.toLowerCase().endsWith(ending));

export interface ExportOptions {
  kind: ExportKind;
  /** The newsroom, absolute. */
  site: string;
  /** The folder or file to write, absolute. It does not exist, or is an empty folder. */
  out: string;
  /** The cache folder, absolute. It contains a temporary index during the export. */
  cache: string;
  /** What is due by then is public, in ms. */
  now: number;
  /** The clock of this machine, in ms. */
  clock: number;
  /** Leave out what readers cannot see. */
  isPublicOnly: boolean;
  /** The address at which the pictures of the export are, or will be. Defaults to that of the site. */
  media?: string;
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

export const emptyReport = (): ExportReport => ({
  ...{ stories: 0, drafts: 0, scheduled: 0, withdrawn: 0, pages: 0, pictures: 0, files: 0, bytes: 0 },
  ...{ leftOut: [], notes: [] },
});

/** The number in a report that counts a story. */
export const kindOf = ({
  state,
  isPublic,
}: Pick<StoryInInventory, 'state' | 'isPublic'>): 'stories' | 'drafts' | 'scheduled' | 'withdrawn' =>
  state === 'draft' ? 'drafts' : !isPublic ? 'scheduled' : state === 'withdrawn' ? 'withdrawn' : 'stories';
