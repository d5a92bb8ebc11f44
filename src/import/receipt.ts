import { type DocumentLine, documentLists } from './documents/document-lines.ts';
import { type FetchLine, fetchedLists } from './fetched-lists.ts';
import { type LeftFiles, leftWords } from './left-files.ts';
import { compare } from './order.ts';
import { type ShortcodeLine, shortcodeEntries } from './shortcode-log.ts';

export { compare } from './order.ts';

/**
 * What an import did, in full. It is plain data, and the same for the same source and newsroom. It contains no time of
 * day and no duration, so that two receipts can be compared.
 */
export interface Receipt {
  /** Such as `markdown`. */
  kind: string;
  source: string;
  options: { origin?: string | readonly string[]; permalinks: string[]; section?: string; dryRun: boolean };
  /**
   * `in` is `stories` + `pages` + `drafts` + `skipped`, and `stories` + `pages` + `drafts` is `written` + `unchanged`.
   * A page that is not public counts as a draft.
   */
  files: {
    in: number;
    stories: number;
    pages: number;
    drafts: number;
    skipped: number;
    written: number;
    unchanged: number;
  };
  pictures: { copied: number; unchanged: number };
  /** What became of each document and full-size picture that a story links to. */
  documents: DocumentLine[];
  /** Pictures and documents that are not in the archive: what was downloaded, and what was not, with the reason. */
  fetched?: FetchLine[];
  /** Shortcodes, template tags, and components by name: what they became. */
  shortcodes: ShortcodeLine[];
  /**
   * Every key in the front matter of every file has one line here, `mapped` or `dropped`. `defaulted` keys were in no
   * file.
   */
  fields: FieldLine[];
  /** The number of changes of each kind, including those in `furtherChanges`. */
  counts: Record<string, number>;
  /** The changes to the texts, up to `changesMax`. */
  changes: Change[];
  /** Changes for which the receipt has no room, and the file that has them: a JSON object on each line. */
  furtherChanges?: { count: number; file?: string };
  /** Items that did not become stories, with the reason, and where in the cache a copy is kept. */
  skipped: { file: string; reason: string; kept?: string }[];
  /** Stories that became drafts, with the reason. */
  drafts: { file: string; story: string; reason: string }[];
  /** Files with the same target, and which of them got another name. */
  renamed: { file: string; wanted: string; got: string; reason: string }[];
  /** Old addresses that could not be kept. */
  addressesDropped: { file: string; address: string; reason: string }[];
  /** Redirects of the old site that no story keeps. */
  redirectsLeft: { from: string; to: string; reason: string }[];
  /** Old addresses of feeds, to be written into `redirects` of site.yaml. Absent if none are known. */
  feedRedirects?: Record<string, string>;
  /** Files in `content/authors`. */
  authors: { written: string[]; unchanged: string[] };
  /** Comments of readers, which are no part of a site. `kept` is the file that has them. */
  comments?: { count: number; kept?: string };
  /** Files of the source that are no items. Private ones, such as lists of subscribers, were never opened. */
  others: {
    used: string[];
    unused: string[];
    generator: number;
    private: string[];
    notUnderstood: string[];
    left: LeftFiles[];
  };
  /** The items of an export by type, including those that are no stories, such as attachments. */
  types?: Record<string, number>;
  notes: { file: string; note: string }[];
  stories: StoryLine[];
}

export interface FieldLine {
  /** The key in the source, or '' if the source had none. */
  from: string;
  /** The key in the story, or '' if it was dropped. */
  to: string;
  how: 'mapped' | 'defaulted' | 'dropped';
  reason?: string;
  count: number;
  /** The first distinct values. */
  samples: string[];
}

export interface Change {
  /** Relative to the source folder. */
  file: string;
  /** In the source file, including the front matter. 0 if the source has no lines, such as an export. */
  line: number;
  /** Such as `picture-linked`. See `changeWords`. */
  kind: ChangeKind;
  before: string;
  after: string;
}

export interface StoryLine {
  file: string;
  /** The story's path under `content/stories`, as in `story:` links, or the address of a standing page. */
  story: string;
  /** The file that was written, under `content`. */
  path: string;
  aliases: string[];
  /** The SHA-256 of the file as written, in hex. A later import uses it to see whether somebody has edited the file. */
  digest: string;
}

/** Every kind of change, in the words of the summary. */
export const changeWords = {
  'link-to-story': 'links that now lead to an imported story',
  'link-to-old-site': 'links to pages that were not imported, which now lead to the old site',
  'link-to-document': 'links to documents and full-size pictures that came along',
  'link-complete': 'links without a scheme, now https',
  'link-place': 'links to a heading in the same text, which now has another id',
  'link-dead': 'broken internal links, now plain text',
  'link-unsafe': 'links that run code, now plain text',
  'link-scheme': 'links of a kind that readers cannot follow, now plain text',
  'picture-copied': 'pictures copied beside their story',
  'picture-linked': 'missing or remote pictures, now named links',
  'picture-wanted': 'missing or remote pictures, whose place and words are kept',
  'picture-named': 'missing pictures without an address, now plain text',
  'picture-decorative': 'pictures without alt text, now decorative',
  'caption-dropped': 'captions that repeated the alt text',
  'heading-dropped': 'first headings and paragraphs that repeated the headline',
  'code-dropped': '<script> and <style> elements dropped',
  'media-linked': 'videos and sounds, now named links',
  'html-changed': 'other HTML that is not allowed, removed',
  'mdx-code': 'import and export lines dropped',
  'mdx-expression': 'expressions, now text or removed',
  'mdx-component': 'components, now text or links',
  'markdown-changed': 'Markdown that only one tool understands, now plain Markdown',
  shortcode: 'shortcodes and template tags, now Markdown',
  'shortcode-dropped': 'shortcodes and template tags dropped',
} as const;
export type ChangeKind = keyof typeof changeWords;

const samplesMax = 3;
const sampleCharsMax = 80;

/** What a standing page has. Its lead picture is the first part of its text, and its slug is its name. */
const pageFields = new Set(['headline', 'standfirst', 'slug', 'language', 'draft', 'aliases', 'pictures', 'lead']);

type FieldEntry = [how: FieldLine['how'], from: string, to: string, value: unknown, reason?: string];

/** Counts what became of each key. */
export class FieldLog {
  readonly #lines = new Map<string, FieldLine>();
  /** Entries that are counted when it is known whether their item is a standing page. */
  #item: FieldEntry[] = [];

  /** All entries since the last call belong to one item. */
  endItem(isPage: boolean): void {
    for (const [how, from, to, value, reason] of this.#item)
      if (isPage && how === 'mapped' && !pageFields.has(to.split('.')[0] ?? ''))
        this.#count('dropped', from, '', value, 'a standing page has no such field');
      else this.#count(how, from, to, value, reason);
    this.#item = [];
  }

  /** Takes an entry back, because what it says turned out not to be possible. */
  drop(from: string, to: string, value: unknown, reason: string): void {
    this.endItem(false);
    const line = this.#lines.get(JSON.stringify(['mapped', from, to, undefined]));
    if (line && --line.count === 0) this.#lines.delete(JSON.stringify(['mapped', from, to, undefined]));
    this.#count('dropped', from, '', value, reason);
  }

  add(...entry: FieldEntry): void {
    this.#item.push(entry);
  }

  #count(...[how, from, to, value, reason]: FieldEntry): void {
    const key = JSON.stringify([how, from, to, reason]);
    let line = this.#lines.get(key);
    if (!line) {
      line = { from, to, how, count: 0, samples: [], ...(reason === undefined ? {} : { reason }) };
      this.#lines.set(key, line);
    }
    line.count++;
    const sample = sampleOf(value);
    if (line.samples.length < samplesMax && !line.samples.includes(sample)) line.samples.push(sample);
  }

  lines(): FieldLine[] {
    this.endItem(false);
    const weight = { mapped: 0, defaulted: 1, dropped: 2 };
    return [...this.#lines.values()].sort(
      (a, b) => weight[a.how] - weight[b.how] || compare(a.from, b.from) || compare(a.to, b.to) || b.count - a.count,
    );
  }
}

function sampleOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > sampleCharsMax ? `${text.slice(0, sampleCharsMax)}…` : text;
}

/** The number of changes of each kind, in the order of `changeWords`. */
export function countChanges(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.keys(changeWords).flatMap((kind) => (counts.has(kind) ? [[kind, counts.get(kind) ?? 0]] : [])),
  );
}

const listMax = 20;

/** The receipt for an editor. Long lists are cut here. The file contains everything. */
export function summaryOf(receipt: Receipt): string {
  const { files, pictures } = receipt;
  const lines = [
    `${plural(files.in, receipt.kind === 'markdown' ? 'file' : 'item')} in: ${plural(files.stories, 'story', 'stories')}, ${files.pages > 0 ? `${plural(files.pages, 'page')}, ` : ''}${plural(files.drafts, 'draft')}, ${files.skipped} skipped.`,
    receipt.options.dryRun
      ? 'Dry run: nothing was written.'
      : `${files.written} written, ${files.unchanged} unchanged; ${plural(pictures.copied, 'picture')} copied, ${pictures.unchanged} unchanged.`,
  ];
  const section = (title: string, entries: string[]) => {
    if (entries.length === 0) return;
    lines.push('', title, ...entries.slice(0, listMax).map((entry) => `  ${entry}`));
    if (entries.length > listMax) lines.push(`  … and ${entries.length - listMax} more`);
  };
  section(
    'Skipped',
    receipt.skipped.map(({ file, reason, kept }) => `${file}: ${reason}${kept ? ` (kept in ${kept})` : ''}`),
  );
  section(
    'Drafts',
    receipt.drafts.map(({ file, reason }) => `${file}: ${reason}`),
  );
  section(
    'Files with the same name',
    receipt.renamed.map(({ file, wanted, got, reason }) => `${file}: ${wanted} → ${got} (${reason})`),
  );
  section(
    'Old addresses that could not be kept',
    receipt.addressesDropped.map(({ file, address, reason }) => `${file}: ${address} (${reason})`),
  );
  section(
    'Redirects that no story keeps',
    receipt.redirectsLeft.map(({ from, to, reason }) => `${from} → ${to} (${reason})`),
  );
  section('Subscribers request the feeds of the old site. Add these lines to redirects in content/site.yaml', [
    ...Object.entries(receipt.feedRedirects ?? {}).map(([from, to]) => `${from}: ${to}`),
  ]);
  if (receipt.authors.written.length > 0)
    lines.push('', `${plural(receipt.authors.written.length, 'author')} written to content/authors.`);
  if (receipt.comments)
    lines.push(
      '',
      `${plural(receipt.comments.count, 'comment')} not imported${receipt.comments.kept ? `, kept in ${receipt.comments.kept}` : ''}.`,
    );
  for (const [title, entries] of documentLists(receipt.documents)) section(title, entries);
  for (const [title, entries] of fetchedLists(receipt.fetched ?? [])) section(title, entries);
  if (receipt.types)
    lines.push(
      '',
      `The export contains: ${Object.entries(receipt.types)
        .map(([type, count]) => `${count} ${type}`)
        .join(', ')}.`,
    );
  if (receipt.others.generator > 0)
    lines.push(
      '',
      `${plural(receipt.others.generator, 'file')} of the old generator (configuration, templates, data).`,
    );
  section('Files of editors, systems, and tools that are never imported', receipt.others.left.map(leftWords));
  section('Private files, which were not read', receipt.others.private);
  section('Files that were not understood', receipt.others.notUnderstood);
  section('Pictures and documents that no story uses', receipt.others.unused);
  const fields = receipt.fields.map(({ from, to, how, count, reason, samples }) =>
    `${how.padEnd(9)} ${String(count).padStart(6)}  ${from || '(none)'}${to ? ` → ${to}` : ''}${reason ? ` (${reason})` : ''}  ${samples[0] ? `for example ${samples[0]}` : ''}`.trimEnd(),
  );
  if (fields.length > 0) lines.push('', 'Fields', ...fields.map((field) => `  ${field}`));
  section(
    'Changes to the texts',
    Object.entries(receipt.counts).map(
      ([kind, count]) => `${String(count).padStart(6)}  ${changeWords[kind as ChangeKind]}`,
    ),
  );
  section('Shortcodes, template tags, and components', shortcodeEntries(receipt.shortcodes));
  section(
    'Notes',
    receipt.notes.map(({ file, note }) => `${file}: ${note}`),
  );
  return `${lines.join('\n')}\n`;
}

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
