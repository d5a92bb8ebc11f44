import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeAttribute, escapeText } from '../../site/markup.ts';
import { documentWords } from '../documents/document-lines.ts';
import { fetchedWords } from '../fetched-lists.ts';
import { type ChangeKind, changeWords, type Receipt } from '../receipt.ts';
import { document } from './document.ts';
import { type ImportedStory, lossOf, type MarkedBlock, type StoryView, viewStory } from './story-view.ts';

/** Above this, a browser would need too long for the table. The JSON file has every story. */
const rowsMax = 20_000;
const storiesPerPage = 50;

interface Row {
  view: Pick<StoryView, 'file' | 'headline' | 'draft' | 'lost'>;
  kinds: ReadonlyMap<ChangeKind, number>;
  href: string;
}

/**
 * The receipt as pages to look through: `index.html` with the totals and a line for each story, and pages with each
 * story of the archive beside the one that it became. They work from disk. Stories are written as they come, so that
 * memory does not grow with their texts.
 */
export class ReceiptPages {
  readonly #folder: string;
  readonly #rows: Row[] = [];
  #stories = 0;
  #lost = 0;
  #page: string[] = [];
  #pages = 0;

  /** @param folder is emptied */
  constructor(folder: string) {
    this.#folder = folder;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  /** Adds a story. */
  add(story: ImportedStory): void {
    const view = viewStory(story);
    const id = `story-${this.#page.length + 1}`;
    const { file, headline, draft, lost } = view;
    this.#stories++;
    this.#lost += lost;
    if (this.#rows.length < rowsMax) {
      const kinds = new Map<ChangeKind, number>();
      for (const { kind } of view.changes) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      this.#rows.push({ view: { file, headline, draft, lost }, kinds, href: `${this.#name()}#${id}` });
    }
    this.#page.push(storyHtml(view, id));
    if (this.#page.length === storiesPerPage) this.#writePage();
  }

  /** Writes what is left, and the first page. @returns its path */
  finish(receipt: Receipt): string {
    if (this.#page.length > 0) this.#writePage();
    const path = join(this.#folder, 'index.html');
    writeFileSync(path, document('What the import did', indexHtml(receipt, this.#rows, this.#stories, this.#lost)));
    return path;
  }

  readonly #name = (): string => `stories-${String(this.#pages + 1).padStart(4, '0')}.html`;

  #writePage(): void {
    const title = `Old beside new, part ${this.#pages + 1}`;
    const back = '<p><a href="index.html">Back to all stories</a></p>';
    writeFileSync(
      join(this.#folder, this.#name()),
      document(title, `<h1>${title}</h1>${back}${this.#page.join('\n')}${back}`),
    );
    this.#page = [];
    this.#pages++;
  }
}

function storyHtml(view: StoryView, id: string): string {
  const changes = view.changes.map(
    ({ kind, line, before, after }) =>
      `<tr class="${lossOf[kind]}"><td>${escapeText(changeWords[kind])}</td><td>${line === 0 ? '' : line}</td><td>${escapeText(before)}</td><td>${escapeText(after)}</td></tr>`,
  );
  const notes = [...(view.draft === undefined ? [] : [`A draft: ${view.draft}`]), ...view.notes];
  return `<section id="${id}" class="story"><h2>${escapeText(view.headline)}</h2>
<p class="files">${escapeText(view.file)} → content/${escapeText(view.path)}</p>
${notes.length === 0 ? '' : `<ul>${notes.map((note) => `<li>${escapeText(note)}</li>`).join('')}</ul>`}
<div class="pair"><div><h3>In the archive</h3>${blocksHtml(view.old, 'del')}</div><div><h3>In the newsroom</h3>${blocksHtml(view.now, 'ins')}</div></div>
${changes.length === 0 ? '' : table('Changes', ['What', 'Line', 'Before', 'After'], changes)}</section>`;
}

const blocksHtml = (blocks: readonly MarkedBlock[], mark: 'del' | 'ins'): string =>
  blocks
    .map((block) => {
      const text = block.map(({ text, isOnlyHere }) =>
        isOnlyHere ? `<${mark}>${escapeText(text)}</${mark}>` : escapeText(text),
      );
      return `<p>${text.join('')}</p>`;
    })
    .join('\n');

/** @param rows of the first stories. @param stories all of them. @param lost the words that all of them lost */
function indexHtml(receipt: Receipt, rows: readonly Row[], stories: number, lost: number): string {
  const { files, pictures } = receipt;
  const totals: [string, number][] = [
    ['items in the archive', files.in],
    ['stories', files.stories],
    ['standing pages', files.pages],
    ['drafts', files.drafts],
    ['skipped', files.skipped],
    ['pictures copied', pictures.copied + pictures.unchanged],
    [
      'documents that came along',
      receipt.documents.filter(({ state }) => state === 'public' || state === 'beside').length,
    ],
    [
      'documents that did not',
      receipt.documents.filter(({ state }) => state === 'missing' || state === 'refused').length,
    ],
    ['words lost', lost],
    ['old addresses that could not be kept', receipt.addressesDropped.length],
    ...(receipt.comments ? [['comments kept aside', receipt.comments.count] as [string, number]] : []),
  ];
  return `<h1>What the import did</h1>
<p>${escapeText(receipt.kind)}: ${escapeText(receipt.source)}${receipt.options.dryRun ? '. Dry run: nothing was written.' : ''}</p>
<dl class="totals">${totals.map(([words, count]) => `<div><dt>${words}</dt><dd>${count}</dd></div>`).join('')}</dl>
${storiesHtml(rows, stories)}
${listHtml(
  'Skipped',
  ['Item', 'Why', 'Copy'],
  receipt.skipped.map(({ file, reason, kept }) => [file, reason, kept ?? '']),
)}
${listHtml(
  'Drafts',
  ['Item', 'Why'],
  receipt.drafts.map(({ file, reason }) => [file, reason]),
)}
${listHtml(
  'Old addresses that could not be kept',
  ['Item', 'Address', 'Why'],
  receipt.addressesDropped.map(({ file, address, reason }) => [file, address, reason]),
)}
${listHtml(
  'Redirects that no story keeps',
  ['From', 'To', 'Why'],
  receipt.redirectsLeft.map(({ from, to, reason }) => [from, to, reason]),
)}
${listHtml(
  'Items with the same name',
  ['Item', 'Wanted', 'Got', 'Why'],
  receipt.renamed.map(({ file, wanted, got, reason }) => [file, wanted, got, reason]),
)}
${listHtml(
  'Fields',
  ['In the archive', 'In the story', 'How', 'Times', 'Why', 'Examples'],
  receipt.fields.map((line) => [
    line.from || '(none)',
    line.to,
    line.how,
    String(line.count),
    line.reason ?? '',
    line.samples.join(' · '),
  ]),
)}
${listHtml(
  'Documents and full-size pictures',
  ['Old address', 'What became of it', 'File in the newsroom', 'Bytes', 'Why', 'First item'],
  receipt.documents.map(({ address, state, to, bytes, reason, file }) => [
    address,
    documentWords[state],
    to ?? '',
    bytes === undefined ? '' : String(bytes),
    reason ?? '',
    file,
  ]),
)}
${listHtml(
  'Shortcodes, template tags, and components',
  ['Name', 'Syntax', 'Converted', 'Kept as words', 'Dropped'],
  receipt.shortcodes.map(({ name, syntax, known, words, dropped }) => [
    name,
    syntax,
    String(known),
    String(words),
    String(dropped),
  ]),
)}
${listHtml(
  'Pictures and documents that were downloaded or not found',
  ['Address', 'What became of it', 'Bytes', 'Why'],
  (receipt.fetched ?? []).map(({ address, state, bytes, reason }) => [
    address,
    fetchedWords[state],
    bytes === undefined ? '' : String(bytes),
    reason ?? '',
  ]),
)}
${listHtml(
  'Files of editors, systems, and tools, which are never imported',
  ['Kind', 'Count', 'Examples'],
  receipt.others.left.map(({ kind, count, samples }) => [kind, String(count), samples.join(' · ')]),
)}
${listHtml(
  'Private files, which were not read',
  ['File'],
  receipt.others.private.map((file) => [file]),
)}
${listHtml(
  'Files that were not understood',
  ['File'],
  receipt.others.notUnderstood.map((file) => [file]),
)}
${listHtml(
  'Pictures and documents that no story uses',
  ['File'],
  receipt.others.unused.map((file) => [file]),
)}
${listHtml(
  'Notes',
  ['Item', 'Note'],
  receipt.notes.map(({ file, note }) => [file, note]),
)}`;
}

function storiesHtml(rows: readonly Row[], stories: number): string {
  const kinds = (Object.keys(changeWords) as ChangeKind[]).filter((kind) => rows.some((row) => row.kinds.has(kind)));
  const filters = [
    ...(rows.some(({ view }) => view.lost > 0) ? [['lost-words', 'words lost']] : []),
    ...(rows.some(({ view }) => view.draft !== undefined) ? [['draft', 'drafts']] : []),
    ...kinds.map((kind) => [kind, changeWords[kind]]),
  ].map(
    ([value, words]) =>
      `<label><input type="checkbox" name="kind" value="${value}"> ${escapeText(words ?? '')}</label>`,
  );
  const lines = rows.map(({ view, kinds: own, href }) => {
    const marks = [
      ...own.keys(),
      ...(view.lost > 0 ? ['lost-words'] : []),
      ...(view.draft === undefined ? [] : ['draft']),
    ];
    const lost = [...own].filter(([kind]) => lossOf[kind] === 'lost').reduce((sum, [, count]) => sum + count, 0);
    const guessed = [...own].filter(([kind]) => lossOf[kind] === 'guessed').reduce((sum, [, count]) => sum + count, 0);
    const changed = [...own].filter(([kind]) => lossOf[kind] === 'changed').reduce((sum, [, count]) => sum + count, 0);
    return `<tr data-kinds="${marks.join(' ')}"><th scope="row"><a href="${escapeAttribute(href)}">${escapeText(view.headline)}</a></th><td>${escapeText(view.file)}</td><td>${view.draft === undefined ? 'public' : 'draft'}</td><td>${view.lost}</td><td>${lost}</td><td>${guessed}</td><td>${changed}</td></tr>`;
  });
  const left = stories - rows.length;
  return `<section><h2>Stories</h2>
${filters.length === 0 ? '' : `<form id="filter" hidden><fieldset><legend>Show only stories with</legend>${filters.join('')}</fieldset></form>`}
<p id="shown" aria-live="polite">${stories} stories</p>
${left > 0 ? `<p>The table shows the first ${rowsMax}. The JSON file has all of them.</p>` : ''}
${table('Stories, old and new', ['Headline', 'In the archive', 'State', 'Words lost', 'Losses', 'Guesses', 'Changes'], lines, 'stories')}</section>`;
}

/** A list that is left out if it is empty. Long ones can be folded. */
function listHtml(title: string, heads: string[], rows: readonly string[][]): string {
  if (rows.length === 0) return '';
  const lines = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${escapeText(cell)}</td>`).join('')}</tr>`);
  return `<section><h2>${title}</h2><details${rows.length > 20 ? '' : ' open'}><summary>${rows.length} lines</summary>${table(title, heads, lines)}</details></section>`;
}

const table = (caption: string, heads: readonly string[], rows: readonly string[], id?: string): string =>
  `<div class="wide" role="region" tabindex="0" aria-label="${escapeAttribute(caption)}"><table${id === undefined ? '' : ` id="${id}"`}><caption>${escapeText(caption)}</caption><thead><tr>${heads.map((head) => `<th scope="col">${escapeText(head)}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
