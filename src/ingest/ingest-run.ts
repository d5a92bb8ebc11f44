import type { IndexHandle } from '../index/handle.ts';
import type { StorySeen } from '../index/story-rows.ts';
import type { PictureError } from '../pictures/problems.ts';
import type { Problem } from '../problems/problem.ts';
import type { CopyText } from '../story/copy/copy.ts';
import type { Scan } from './scan.ts';

/** A story or page that loses words. */
export interface Losing {
  /** Errors, as they were found. */
  problems: Problem[];
  /** Its current and previous addresses. */
  addresses: string[];
  /** When a story was due, in ms. Undefined for a story that cannot be read as a whole, and for a standing page. */
  due?: number;
  /** Whether the index knows it as public. */
  wasPublic: boolean;
  isDraft?: boolean;
}

/** What changed, as the input for the press's plan. */
export interface NewsroomChanges {
  /** Empty if everything has to be planned again. */
  stories: { before?: StorySeen; after?: StorySeen }[];
  /** The addresses with a page of standing pages, theme pages, sections, and aliases of pages, each with its kind and owner. */
  pages: { before: Map<string, string>; after: Map<string, string> };
  /** The digests of pictures that are newly used or no longer used. */
  pictures: Set<string>;
  /**
   * Records of other files that changed: `site`, `author/ID`, `topic/ID`, `series/ID`, `page/ID`, `themePage/ID`, `front/ID`; and
   * `alias/ADDRESS` of standing pages.
   */
  records: Set<string>;
  /** Files in `public/` that were added, changed, or deleted, newsroom-relative. */
  publicFiles: { changed: string[]; gone: string[] };
  /** The addresses of documents beside standing pages, before and after. Those of stories are in `stories`. */
  documents: { before: string[]; after: string[] };
  warnings: Problem[];
  /** Whether a file was scanned, so that every warning about it is reported again. For `dev`, which stores warnings. */
  isScanned: (file: string) => boolean;
}

/** A running ingest: what it still has to read, and what it has found so far. Paths are newsroom-relative. */
export interface IngestRun {
  /** Whatever is due by then is public. Milliseconds since 1970 UTC. */
  now: number;
  /** Gets each story and standing page after it is read. */
  onText?: ((text: CopyText) => void) | undefined;
  /** Files that were added, changed, or deleted. */
  changed: ReadonlySet<string>;
  /** Files to be ingested, by kind: those that changed or were deleted, and those that depend on something that did. */
  files: {
    stories: Set<string>;
    pages: Set<string>;
    /** Of the theme, for their warnings: ingest-theme-pages.ts finds them by itself. */
    themePages: Set<string>;
    authors: Set<string>;
    fronts: Set<string>;
    /** In addition to those in `changes`: their addresses have to be claimed again. */
    publicFiles: Set<string>;
  };
  changes: NewsroomChanges;
  /** Errors. If there is one, nothing of the ingest is kept. */
  problems: Problem[];
  /** Records problems: errors in `problems`, and warnings in `changes`. */
  report: Report;
  /** Pictures that cannot be shown, by path. */
  broken: Map<string, PictureError>;
  /** Table files that cannot be printed, by path as named. */
  unprintable: Map<string, Problem[]>;
  /** Stories with mistakes. They exist all the same, and their links are checked too. */
  refused: { names: Set<string>; links: { name: string; line: number; file: string }[] };
  /** Stories and pages that lose words. See `judge-lost.ts`. */
  losing: Losing[];
  /** By topic: the spellings that have been seen so far, by what distinguishes them. */
  spellings: Map<string, Map<string, string>>;
  /** Claims the addresses for the sections of a new site.yaml, after everything that changes has released its own. */
  claimSections: () => Promise<void>;
  /** The stories, pages, and fronts that were ingested, as owners of links. */
  owners: Set<string>;
}

export type Report = (found: Problem[]) => void;

/** A run that has found nothing yet except the problems of the scan. */
export function beginRun(seen: Scan, now: number, onText?: (text: CopyText) => void): IngestRun {
  const changed = new Set([...seen.changed, ...seen.gone]);
  const files: IngestRun['files'] = {
    stories: new Set(),
    pages: new Set(),
    themePages: new Set(),
    authors: new Set(),
    fronts: new Set(),
    publicFiles: new Set(),
  };
  const changes: NewsroomChanges = {
    isScanned: (file) => changed.has(file) || Object.values(files).some((kind) => kind.has(file)),
    stories: [],
    pages: { before: new Map(), after: new Map() },
    pictures: new Set(),
    records: new Set(),
    publicFiles: { changed: [], gone: [] },
    documents: { before: [], after: [] },
    warnings: [],
  };
  const problems: Problem[] = [...seen.problems];
  return {
    now,
    onText,
    changed,
    files,
    changes,
    problems,
    report: (found) => {
      for (const problem of found) (problem.severity === 'error' ? problems : changes.warnings).push(problem);
    },
    broken: new Map(),
    unprintable: new Map(),
    refused: { names: new Set(), links: [] },
    losing: [],
    spellings: new Map(),
    claimSections: async () => {},
    owners: new Set(),
  };
}

/** Queues the story, page, or author that an owner key names. Other owners are left as they are. */
export function ingestAgain(index: IndexHandle, owner: string, { files }: IngestRun): void {
  const { sql } = index;
  const [kind] = owner.split('/', 1);
  const id = owner.slice(owner.indexOf('/') + 1);
  const recordFile = () => (sql('SELECT file FROM record WHERE key = ?').get(owner) as { file: string }).file;
  if (kind === 'story')
    files.stories.add((sql('SELECT file FROM story WHERE id = ?').get(id) as { file: string }).file);
  if (kind === 'page') files.pages.add(recordFile());
  if (kind === 'author') files.authors.add(recordFile());
}

/** Queues everything that depends on a dependency key, such as `author:ann`. */
export function ingestDependentsAgain(index: IndexHandle, key: string, run: IngestRun): void {
  for (const { owner } of index.sql('SELECT owner FROM dependency WHERE key = ?').all(key) as { owner: string }[])
    ingestAgain(index, owner, run);
}

/** Queues everything that is derived from the site itself. */
export function ingestAllAgain(index: IndexHandle, { files }: IngestRun): void {
  const { sql } = index;
  for (const { file } of sql('SELECT file FROM story').all() as { file: string }[]) files.stories.add(file);
  for (const { file } of sql("SELECT file FROM record WHERE key LIKE 'page/%'").all() as { file: string }[])
    files.pages.add(file);
  for (const { file } of sql("SELECT file FROM record WHERE key LIKE 'front/%'").all() as { file: string }[])
    files.fronts.add(file);
  for (const { path } of sql("SELECT path FROM file WHERE path LIKE 'public/%'").all() as { path: string }[])
    files.publicFiles.add(path);
}
