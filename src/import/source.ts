import type { Contributor } from './field-values.ts';
import type { FieldContext, StoryFields } from './fields.ts';
import type { LeftFiles } from './left-files.ts';
import type { FileName } from './old-address.ts';
import type { ShortcodeUse } from './shortcode-log.ts';

/**
 * An archive of another system. Every kind of archive implements this one interface, and `import.ts` is the only place
 * that writes stories.
 *
 * An archive is read twice, because a link can lead to a story that comes later: first every item without its body,
 * then, once every story has its address, the bodies one at a time. Both passes stream, so memory does not grow with
 * the texts.
 */
export interface Source {
  readonly kind: SourceKind;
  /** A folder, as a complete path, in which pictures and documents are looked up. */
  readonly folder: string;
  /**
   * Every item, without its body. An item that cannot be read is yielded as a broken one. This method throws only if
   * the whole archive cannot be read (`ImportError`).
   */
  items(): AsyncIterable<SourceItem | BrokenItem>;
  /** The bodies of the wanted items, in any order. It reads the archive again. */
  bodies(wanted: ReadonlySet<string>): AsyncIterable<ItemBody>;
  /** Copies an item as it was in the archive to a file. @returns whether there was anything to copy */
  keep?(key: string, to: string): Promise<boolean>;
  /**
   * What the archive says about itself as a whole. It is called after `items` has ended.
   */
  facts?(): SourceFacts;
  /**
   * Files of the archive that no story uses, by name, if that is only known when every body has been read. It is called
   * after `bodies` has ended.
   */
  unusedFiles?(): string[];
  /** Files on disk that an address in the archive can mean, as complete paths, the best first. */
  pictureFiles?(url: string): string[];
  /** Where `pictureFiles` can be besides `folder`, as a complete path: files that were inside of the archive. */
  readonly unpackedFolder?: string | undefined;
  /** Frees what the source holds, such as unpacked files. */
  close?(): Promise<void>;
}

/** The kinds of archives, in the words of the command line. */
export const sourceKinds = [
  'markdown',
  'wordpress',
  'ghost',
  'substack',
  'medium',
  'blogger',
  'docx',
  'odt',
  'html',
  'gdoc',
  'text',
  'ninjs',
  'newsml',
] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** What a source needs to know. */
export interface SourceOptions {
  /** The file or folder of the archive, as a complete path. */
  source: string;
  /** Folders that are no part of the archive, as complete paths. */
  except: readonly string[];
  /** The folder of pictures whose addresses begin at the root, as a complete path. */
  publicFolder?: string;
  /** The folder of pictures for the captions of a plain text, as a complete path. */
  pictures?: string;
  /** Whether tracked changes of documents become part of the text. Defaults to `accept`. */
  trackedChanges?: 'accept' | 'reject';
  /** Key of a story → keys of the archive. */
  map?: ReadonlyMap<string, readonly string[]>;
  context: FieldContext;
}

/** A post, page, or file of the archive, without its body. */
export interface SourceItem {
  /** Identifies the item in the archive, and is the same in every run. */
  key: string;
  /** Shown to people: the file, or the file and the item. It is unique in the archive. */
  where: string;
  fields: StoryFields;
  /** What its old name says about its address. Defaults to what `where` says as the name of a file. */
  name?: FileName;
  /** The first heading of the body, if there is no headline. */
  heading?: string;
  /** A standing page, which becomes a file in `content/pages`. */
  isPage?: boolean;
  notes?: string[];
}

/** An item that cannot be imported. `Source.keep` is asked for a copy if it has a key. */
export interface BrokenItem {
  key?: string;
  where: string;
  reason: string;
}

export const isBroken = (item: SourceItem | BrokenItem): item is BrokenItem => !('fields' in item);

/** The body of an item, in the form in which the archive has it. */
export type ItemBody = { key: string; notes?: string[] } & (
  | { kind: 'broken'; reason: string }
  | {
      kind: 'markdown';
      /** The whole file. */
      text: string;
      /** Where its body begins. */
      bodyStart: number;
      isMdx: boolean;
      /** The body is HTML, in which template tags can stand. */
      isHtml?: boolean;
      /** What the configuration of the old site says, for `{{ site.x }}`. */
      siteWords?: Readonly<Record<string, unknown>>;
      /** The text of a file that the generator includes (`{% include x.md %}`), if it is no template itself. */
      included?(name: string): string | undefined;
    }
  | ({ kind: 'html'; text: string; shortcodes?: readonly ShortcodeUse[] } & HtmlFacts)
  | { kind: 'story'; text: string; format: 'md' | 'mdx' }
);

/** What an archive knows about a body of HTML besides the HTML. */
export interface HtmlFacts {
  /** Our own export wrote it. It never repeats the headline. */
  isOwn?: boolean;
  /** Line breaks separate paragraphs, as in WordPress's classic editor. */
  hasLineParagraphs?: boolean;
  /** The texts of a picture that the archive stores apart from the body. */
  pictureWords?(picture: { src: string; id?: string }): PictureWords | undefined;
  /** By id: footnotes that the archive stores apart from the body, as HTML. */
  footnotes?: ReadonlyMap<string, string>;
}

export interface PictureWords {
  alt?: string;
  caption?: string;
  credit?: string;
}

/** What an archive says about itself as a whole. */
export interface SourceFacts {
  /** The address of the old site. `--origin` comes first. */
  origin?: string;
  /** Patterns of old addresses. `--permalink` comes first. */
  permalinks?: string[];
  /** The time zone in which the old site counted days. */
  timeZone?: string;
  /** Folders, relative, whose files had addresses from the root of the old site. */
  roots?: string[];
  authors?: SourceAuthor[];
  topics?: SourceTopic[];
  redirects?: { from: string; to: string }[];
  /** Files that are no items. */
  files?: SourceFile[];
  /** Files that are never imported, such as those of editors. */
  left?: LeftFiles[];
  comments?: SourceComments;
  /** The items of the archive by type, including those that are no stories, such as attachments. */
  counts?: Record<string, number>;
  notes?: { file: string; note: string }[];
}

/** A person, who gets a file in `content/authors`. */
export interface SourceAuthor extends Omit<Contributor, 'organisation'> {
  /** In bylines (`Contributor.id`). */
  id: string;
  name: string;
  /** Plain text. */
  bio?: string;
  links?: { title: string; url: string }[];
}

export interface SourceTopic {
  id: string;
  title: string;
  description?: string;
}

/** A file of the archive that is no item. */
export interface SourceFile {
  file: string;
  /**
   * An asset is a picture or document, which is counted as used or unused. Configuration, templates, and data belong to
   * the generator. Private files, such as lists of subscribers, are never opened.
   */
  kind: 'asset' | 'generator' | 'private' | 'not-understood';
}

export interface SourceComments {
  count: number;
  /** One JSON object on each line. */
  lines(): AsyncIterable<string>;
}

/** What is wrong with the request itself, as sentences for the user. Nothing was written. */
export class ImportError extends Error {
  override name = 'ImportError';
}
