import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ImportOptions } from '../import-options.ts';
import { changeWords, type Receipt } from '../receipt.ts';
import { contractProblems, smallArchive } from '../small-archive.fixture.ts';
import type { SourceKind } from '../source.ts';

type Words = string | RegExp;

/** A small archive, what its receipt says, and what must be so in the files that were written. */
export interface Proof {
  /** Defaults to `markdown`. */
  kind?: SourceKind;
  files: Record<string, string | Uint8Array>;
  /** The file or folder that is imported, relative to the archive. Defaults to the only file, or the folder. */
  source?: string;
  site?: string;
  options?: Partial<ImportOptions>;
  /** Puts into the archive or the newsroom what cannot be listed in `files`. */
  prepare?(archive: ReturnType<typeof smallArchive>): void | Promise<void>;
  /** Parts of statements of the receipt, as `saidBy` prints them. */
  says: string | readonly string[];
  /** What is written in the newsroom. */
  has?: readonly Words[];
  hasNot?: readonly Words[];
  so?(proved: Proved): void | Promise<void>;
}

export interface Proved {
  archive: ReturnType<typeof smallArchive>;
  receipt: Receipt;
  said: string[];
  /** Every text file of `content`, with its name. */
  written: string;
}

/** Every statement of a receipt about an item, in one line each. */
export function saidBy(receipt: Receipt): string[] {
  const { fields, changes, skipped, drafts, renamed, addressesDropped, redirectsLeft, documents, fetched } = receipt;
  return [
    ...fields.map(({ how, from, to, reason }) => `${how} ${from || '(none)'} → ${to || '(nothing)'}: ${reason ?? ''}`),
    ...changes.map(({ kind }) => `changed ${kind}: ${changeWords[kind]}`),
    ...skipped.map(({ file, reason }) => `skipped ${file}: ${reason}`),
    ...drafts.map(({ file, reason }) => `draft ${file}: ${reason}`),
    ...renamed.map(({ wanted, got, reason }) => `renamed ${wanted} → ${got}: ${reason}`),
    ...addressesDropped.map(({ address, reason }) => `address ${address}: ${reason}`),
    ...redirectsLeft.map(({ from, to, reason }) => `redirect ${from} → ${to}: ${reason}`),
    ...documents.map(({ state, address, to, reason }) => `document ${state} ${address} → ${to ?? ''}: ${reason ?? ''}`),
    ...(fetched ?? []).map(({ state, address, reason }) => `fetched ${state} ${address}: ${reason ?? ''}`),
    ...receipt.notes.map(({ file, note }) => `note ${file}: ${note}`),
  ];
}

/** Imports the archive of a proof, and checks that its receipt makes the statements, and that they are true. */
export async function prove({ kind = 'markdown', files, source, site, options, prepare, ...proof }: Proof) {
  const archive = smallArchive(files, site);
  await prepare?.(archive);
  const names = Object.keys(files);
  const from = source ?? (kind === 'markdown' || names.length !== 1 ? '' : (names[0] ?? ''));
  const receipt = await archive.runAs(kind, from, options);
  const said = saidBy(receipt);
  const wanted = typeof proof.says === 'string' ? [proof.says] : proof.says;
  if (process.env.DBG) console.log(said);
  for (const words of wanted) expect(said, words).toContainEqual(expect.stringContaining(words));
  const written = writtenIn(archive.root);
  for (const words of proof.has ?? []) expect(written).toMatch(asPattern(words));
  for (const words of proof.hasNot ?? []) expect(written).not.toMatch(asPattern(words));
  expect(await contractProblems(archive.stories)).toEqual([]);
  checkSums(receipt);
  checkPlaces(receipt, archive, files);
  await proof.so?.({ archive, receipt, said, written });
}

function checkSums({ files, skipped, drafts }: Receipt): void {
  expect(files.stories + files.pages + files.drafts + files.skipped).toBe(files.in);
  expect(skipped).toHaveLength(files.skipped);
  expect(drafts).toHaveLength(files.drafts);
}

/** What is true of every skipped item, draft, new name, and dropped address, whatever the reason. */
function checkPlaces(receipt: Receipt, { root }: Proved['archive'], files: Proof['files']): void {
  const { skipped, drafts, renamed, addressesDropped, stories, options } = receipt;
  const content = (path: string): string => readFileSync(join(root, 'site/content', path), 'utf8');
  for (const { file, kept } of skipped) {
    expect(stories.map((story) => story.file)).not.toContain(file);
    if (kept === undefined) continue;
    expect(existsSync(join(root, 'site', kept))).toBe(true);
    const whole = files[file];
    if (whole !== undefined) expect(readFileSync(join(root, 'site', kept)).equals(Buffer.from(whole))).toBe(true);
  }
  if (options.dryRun) return;
  for (const { file } of drafts)
    for (const story of stories.filter((each) => each.file === file))
      expect(content(story.path)).toMatch(/^draft: true$/m);
  for (const { file, got, wanted } of renamed)
    for (const { story } of stories.filter((each) => each.file === file)) {
      expect(story).toBe(got);
      expect(story).not.toBe(wanted);
    }
  for (const { file, address } of addressesDropped)
    for (const { aliases } of stories.filter((each) => each.file === file)) expect(aliases).not.toContain(address);
}

/** Every text file of `content`, with its name. */
export function writtenIn(root: string): string {
  const folder = join(root, 'site/content');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:mdx?|yaml)$/.test(entry.name) && entry.name !== 'site.yaml')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => `${path.slice(folder.length + 1)}\n${readFileSync(path, 'utf8')}`)
    .join('\n');
}

const asPattern = (words: Words): RegExp =>
  typeof words === 'string' ? new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : words;

/** A Markdown file. */
export const md = (head: string, body = 'Words.'): string => `---\n${head}\n---\n${body}\n`;
/** A Markdown file that is a story of 1 January 2015, with more keys. */
export const dated = (more: string, body?: string): string => md(`title: A\ndate: 2015-01-01\n${more}`, body);
