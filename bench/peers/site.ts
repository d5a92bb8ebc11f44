import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Corpus, CorpusStory } from '../corpus.ts';
import type { Command } from '../measure.ts';
import { type Dialect, markdownOf, put } from '../newsroom.ts';
import { authors, sections, topics } from '../vocabulary.ts';

/** Another generator that builds the same stories. */
export interface Peer {
  /** The name used with `--peers`. */
  name: string;
  /** The name as printed. */
  title: string;
  /**
   * Installs or creates what the peer needs.
   *
   * @returns its version, or why it does not run
   */
  prepare(): Promise<{ version: string } | { absent: string }>;
  writeSite(corpus: Corpus, folder: string): void;
  /** Writes one story again. */
  writeStory(corpus: Corpus, number: number, folder: string, word?: string): void;
  /** The command that builds `folder`. */
  command(folder: string): Command;
  /** The folder of the pages, relative to `folder`. */
  out: string;
  /** Folders to delete before a clean build, relative to `folder`. */
  leavings: string[];
}

/** Excludes another project's templates from this one's type check, formatter, and linter. */
const suffix = '.txt';

/** Copies the files of a peer's site that are the same for every corpus, and the style sheet that its pages use. */
export function copyTemplates(peer: string, folder: string, stylesFolder: string): void {
  const from = fileURLToPath(new URL(`./${peer}`, import.meta.url));
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    put(folder, relative(from, file).replace(suffix, ''), readFileSync(file, 'utf8'));
  }
  put(folder, `${stylesFolder}/paper.css`, readFileSync(new URL('./paper.css', import.meta.url), 'utf8'));
}

const titlesOf = (things: readonly { id: string; title?: string; name?: string }[]) =>
  JSON.stringify(Object.fromEntries(things.map(({ id, title, name }) => [id, title ?? name])), null, 2);

/** Titles by id, as the peers' templates look them up. */
export const titles = { sections: titlesOf(sections), topics: titlesOf(topics), authors: titlesOf(authors) };

/** Front matter as YAML, with one key on each line. */
export const frontMatterOf = (facts: Record<string, unknown>): string =>
  `---\n${Object.entries(facts)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('')}---\n`;

/** The front matter of a story for every peer. Dates have no quotation marks, so YAML reads them as dates. */
export const factsOf = (story: CorpusStory) => ({
  title: story.headline,
  standfirst: story.standfirst,
  topics: story.topics,
  authors: story.authors,
  dateline: story.dateline,
});

/** A body in a peer's dialect. Links are plain addresses. */
export const bodyOf = (corpus: Corpus, story: CorpusStory, dialect: Omit<Dialect, 'hrefOf'>, word = ''): string =>
  `${markdownOf(story.body, { ...dialect, hrefOf: (number) => corpus.outline(number).address })}${word && ` ${word}`}\n`;
