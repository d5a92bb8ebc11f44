import { expect, test } from 'vitest';
import { quotesInTests, quotesOf, type Statement, statementsInCode } from './statements-in-code.fixture.ts';

// A sentence that the receipt can contain needs a test that provokes it. The sentences are read from the code, so a new
// one fails here until a test quotes it.

/** Sentences that no archive can provoke in a test, and strings that are no sentences of the receipt, with the reason. */
const others: Record<string, string> = {
  'import.ts it was no longer there when its text was read': 'the archive changes during the import',
  'sources/markdown/markdown.ts it changed while it was imported: *': 'the archive changes during the import',
  'documents/document-shelf.ts it cannot be read: *': 'the disk fails',
  'picture-shelf.ts larger than 200 MB': 'a file of 200 MB',
  'sources/zip/zip-reader.ts it has * parts, and the limit is *':
    'a zip with more parts than a test can write in a second',
  'plan.ts no free name for * after * tries': 'the end of a loop that never comes',
  'plan.ts no free address for * after * tries': 'the end of a loop that never comes',
  'sources/ninjs/ninjs.ts not a JSON object': 'the schema has refused it before',
  'sources/substack/posts-csv.ts the file ends in the middle of a row, or is not valid CSV; everything before that is imported':
    'the parser skips such a row',
  'fetch/download.ts the host could not be looked up': 'a fault of the network',
  'fetch/download.ts the server did not answer': 'a fault of the network',
  'fetch/download.ts the server cannot be reached': 'a fault of the network',
  'fetch/download.ts the download failed: *': 'a fault of the network',
  'documents/public-place.ts its address is not one of a file': 'addresses are normalised before',
  'sources/files/file-source.ts it has an embargo whose date is not certain':
    'a line with another date is the reason for a draft',
  'fetch/request.ts the host has no address': 'a fault of the network',
  'documents/check-file.ts a Git LFS pointer': 'a name of a format, which is compared',
  'body/pictures.ts pictures: { *: { decorative: true } }': 'front matter',
  'providers.ts Internet Archive': 'a name',
  'paired-quotes.ts Liquid or Nunjucks': 'a name of a syntax',
  'shortcodes.ts Liquid or Nunjucks': 'a name of a syntax',
  'shortcode-meaning.ts [Post by *](*)': 'Markdown',
  'sources/medium/body.ts Edit description': 'a prompt of Medium',
  'sources/html/story-element.ts whole page': 'a value, which is compared',
  'sources/html/story-element.ts marked by the page': 'a value, which is compared',
  'sources/html/story-element.ts by Readability': 'a value, which is compared',
  'sources/html/read-page.ts whole page': 'a value, which is compared',
  'sources/html/read-page.ts by Readability': 'a value, which is compared',
  'sources/wordpress/body.ts kept words': 'a value, which is compared',
  'sources/wordpress/shortcodes.ts kept words': 'a value, which is compared',
};

const keyOf = ({ file, words }: Statement): string => `${file} ${words}`;
const statements = statementsInCode();

test('every sentence that the receipt can contain is quoted by a test', () => {
  const quoted = quotesInTests();
  const missing = statements
    .filter((statement) => others[keyOf(statement)] === undefined)
    .filter((statement) => {
      const isOf = quotesOf(statement);
      return !quoted.some(({ words }) => isOf(words));
    });
  expect(missing.map(({ file, line, words }) => `${file}:${line} ${words}`)).toEqual([]);
});

test('the list of others names only what is there', () => {
  const known = new Set(statements.map(keyOf));
  expect(Object.keys(others).filter((key) => !known.has(key))).toEqual([]);
});

test('a sentence that nobody quotes is found', () => {
  expect(statements.length).toBeGreaterThan(350);
  const isOf = quotesOf({ words: 'the ferry * sailed without * of its boats' });
  expect(quotesInTests().filter(({ words }) => isOf(words))).toEqual([]);
  expect(isOf('skipped a.md: the ferry Ann sailed without two of its boats')).toBe(true);
});
