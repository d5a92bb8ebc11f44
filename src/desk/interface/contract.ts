import type { Change, FieldEdit, FieldValue, Path } from '../document/edits.ts';
import type { FormDescription } from '../form/description.ts';

export type { Change, FieldEdit, FormDescription, Path };

// What the interface and the server tell each other, as JSON. The server's answers are described here once.

/** A problem of `check`, with the field or the place in the body that it is about. */
export interface DeskProblem {
  rule: string;
  severity: 'error' | 'warning';
  /** What was found, and what was expected. */
  says: string;
  /** How to fix it. */
  todo?: string;
  line?: number;
  field?: Path;
  /** Where in the body, in UTF-16 units. */
  offset?: number;
  /** A correction that the desk can apply. */
  cure?: { label: string; change: Change };
}

/** The form of every kind of file, and of every component of a text. */
export type Forms = Record<string, FormDescription> & { elements: Record<string, FormDescription> };

export interface Named {
  id: string;
  name: string;
}

export interface Titled {
  id: string;
  title: string;
}

export interface Session {
  site: { name: string; url: string; language: string; timeZone: string; sections: Titled[] };
  authors: Named[];
  topics: Titled[];
  series: Titled[];
  hasDeploy: boolean;
  version: string;
  /** What happened to the desk's own data since it was started. */
  notices: string[];
}

export const storyStates = ['draft', 'ready', 'waiting', 'published', 'updated', 'withdrawn', 'broken'] as const;
export type StoryState = (typeof storyStates)[number];

export interface StoryRow {
  /** Relative to content/. */
  path: string;
  id: string;
  headline: string;
  section?: string;
  type: string;
  byline: string[];
  state: StoryState;
  published?: string;
  due?: string;
  /** When the file last changed. */
  changed: string;
  errors: number;
  warnings: number;
  isAutosaved: boolean;
}

export interface StoriesAsked {
  query?: string;
  state?: string;
  section?: string;
  author?: string;
  topic?: string;
  sort?: string;
  offset: number;
  limit: number;
}

export interface Stories {
  total: number;
  stories: StoryRow[];
  /** False while the desk still reads the newsroom for the first time. */
  isComplete?: boolean;
}

export interface Calendar {
  days: { day: string; stories: StoryRow[] }[];
}

/** An instant: ISO 8601, or ms. */
export type Instant = string | number;

export interface Autosave {
  at: Instant;
  change: Change;
  base: string;
}

export interface DeskFile {
  path: string;
  kind: string;
  digest: string;
  text: string;
  values: Record<string, unknown>;
  /** Where the body begins in `text`. */
  bodyStart: number;
  eol: string;
  /** Why the front matter cannot be read. */
  fault?: { line: number; says: string };
  problems: DeskProblem[];
  /** The page's address, if it has one. */
  address?: string;
  state?: StoryState;
  autosave?: Autosave;
}

export interface Saved {
  digest: string;
  text: string;
  problems: DeskProblem[];
  /** What the server changed in addition: the old address of a story that readers know. */
  edits?: FieldEdit[];
}

export interface Version {
  id: number;
  at: Instant;
  why: string;
  words: number;
  person?: string;
}

export interface PreviewAnswer {
  /** Both are absent if mistakes prevent the page, or if no page shows the file. */
  address?: string;
  frame?: string;
  /** The theme has a mistake, so the page uses the last templates that had none. */
  isOldTheme?: boolean;
  problems: DeskProblem[];
  ms: number;
}

export interface LibraryPicture {
  path: string;
  width: number;
  height: number;
  alt?: string;
  caption?: string;
  credit?: string;
  usedBy: string[];
}

export interface Pictures {
  total: number;
  pictures: LibraryPicture[];
}

/** What the picture's file says about itself. */
export interface PictureFacts {
  caption?: string;
  alt?: string;
  credit?: string;
  rights?: string;
  place?: string;
  date?: string;
}

export interface Uploaded {
  name: string;
  width: number;
  height: number;
  facts: PictureFacts;
}

export interface PublishPlan {
  says: string[];
  question?: 'correction';
  pages: number;
  waitsUntil?: string;
}

export interface PublishStep {
  phase?: string;
  done?: number | boolean;
  total?: number;
  links?: string[];
  report?: unknown;
  error?: ApiFault;
}

export interface ApiFault {
  rule?: string;
  says: string;
  todo?: string;
}

export interface StoryLink {
  path: string;
  id: string;
  headline: string;
  state?: StoryState;
  section?: string;
  published?: string;
  /** When readers can see it. */
  due?: string;
}

/** What was pasted, as the text of a story. */
export interface PasteAnswer {
  markdown: string;
  isMdx: boolean;
  notes: string[];
  /** It is a whole story, as agencies send it or as somebody copies it from a page. */
  copy?: StoryCopy;
}

export interface StoryCopy {
  /** What the fields of the form can take over, with the words in which people read it. */
  fields: { key: string; value: FieldValue; words: string }[];
  /** The text without what the fields say. */
  markdown: string;
  isMdx: boolean;
  /** Words of the copy that are in neither. */
  leftOut: string[];
}

export type DeskEvent =
  | { kind: 'changed'; path: string; digest?: string }
  | { kind: 'published'; paths: string[] }
  | { kind: 'notice'; says: string }
  | { kind: 'problems'; path?: string };
