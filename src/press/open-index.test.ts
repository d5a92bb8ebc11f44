import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { digestOf } from '../index/digest.ts';
import { listPictures } from '../photo-desk/pictures.ts';
import { iimSegment, jpegWith } from '../pictures/small-pictures.fixture.ts';
import { indexFile } from './index-file.ts';
import { type SmallNewsroom, sharedCache, smallNewsroom, story } from './small-newsroom.fixture.ts';

/* What another engine ingested is deleted. What this engine read from a picture is not read again by any command. */

const page = '2025/02/a/index.html';
let newsroom: SmallNewsroom;
let dist: string;
let cache: string;

beforeEach(async () => {
  newsroom = smallNewsroom({
    'content/stories/2025/02/a/index.md': story({ lead: { src: 'p.jpg', alt: 'A quay' } }),
    'content/stories/2025/02/a/p.jpg': await jpegWith(iimSegment([2, 120, 'Galway harbour'], [2, 110, 'A. Diallo'])),
  });
  dist = join(newsroom.site, 'dist');
  cache = sharedCache;
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
}, 120_000);

/** Changes an index in a way that is not allowed, to see whether the change is detected. */
function tamper(file: string, ...statements: string[]): void {
  const db = new DatabaseSync(file);
  for (const statement of statements) db.exec(statement);
  db.close();
}

const wrongHeadline = "UPDATE story SET card = replace(card, 'Harbour reopens', 'Harbour closes')";
const otherEngine = "UPDATE meta SET value = 'another' WHERE key = 'engine'";
const allAgain = "UPDATE meta SET value = 'another' WHERE key = 'templates'";

test('the index of another engine is deleted, and that of this one is used', async () => {
  // The next publish reads files again that were saved just now, so the clock is moved forward.
  const later = { clock: Date.now() + 60_000 };
  await newsroom.press(later);
  const clean = newsroom.dist();
  expect(clean.get(page)).toContain('Harbour reopens');
  const index = indexFile(cache, dist);
  tamper(index, wrongHeadline, allAgain);
  await newsroom.press(later);
  expect(newsroom.dist().get(page), 'a row is believed, so the test can fail').toContain('Harbour closes');
  tamper(index, otherEngine);
  await newsroom.press(later);
  expect(newsroom.dist()).toEqual(clean);
});

test('the metadata of a picture is read once for all indexes of a cache, until --clean or another engine', async () => {
  cache = join(newsroom.site, '.broadsheet');
  const credits = async () =>
    (await listPictures({ site: newsroom.site, cache, clock: Date.now() })).pictures.map(
      ({ words }) => words.credit?.value,
    );
  expect(await credits()).toEqual(['A. Diallo']);
  const known = join(cache, 'pictures.db');
  // As a program would write it: a row whose checksum does not match its text is not trusted.
  const writeWrongCredit = () => {
    const db = new DatabaseSync(known);
    const { facts } = db.prepare('SELECT facts FROM picture').get() as { facts: string };
    const wrong = facts.replace('A. Diallo', 'Nobody');
    db.prepare('UPDATE picture SET facts = ?, sum = ?').run(wrong, digestOf(wrong));
    db.close();
  };
  tamper(known, "UPDATE picture SET facts = replace(facts, 'A. Diallo', 'Nobody')");
  expect(await credits(), 'a damaged row is read again').toEqual(['A. Diallo']);

  writeWrongCredit();
  expect(await credits(), 'not read again').toEqual(['Nobody']);

  tamper(known, "UPDATE engine SET version = 'another'");
  expect(await credits(), 'another engine read it').toEqual(['A. Diallo']);

  writeWrongCredit();
  const build = { cache, dist: join(newsroom.site, 'elsewhere') };
  await newsroom.press(build);
  expect(newsroom.dist(build.dist).get(page), 'a build does not read it again either').toContain('Nobody');
  await newsroom.press({ ...build, clean: true });
  expect(newsroom.dist(build.dist).get(page)).toContain('A. Diallo');
  expect(newsroom.dist(build.dist).get(page)).not.toContain('Nobody');
}, 120_000);

test('a file that is not a database is created again', async () => {
  cache = join(newsroom.site, '.broadsheet');
  newsroom.put('.broadsheet/pictures.db', 'no database at all, but long enough to be taken for one by its size');
  const { pictures } = await listPictures({ site: newsroom.site, cache, clock: Date.now() });
  expect(pictures.map(({ words }) => words.credit?.value)).toEqual(['A. Diallo']);
});
