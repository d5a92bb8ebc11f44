import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Archive, archives, type Item } from './bad-input.fixture.ts';
import type { Outcome } from './bad-input-cells.fixture.ts';
import { defects } from './bad-input-defects.fixture.ts';
import { exitCodeOf } from './exit-code.ts';
import type { Receipt } from './receipt.ts';
import { contractProblems, picture, smallArchive } from './small-archive.fixture.ts';
import { type SourceKind, sourceKinds } from './source.ts';
import { writtenIn } from './statements/proof.fixture.ts';

// Each defect in an item of each kind of archive. The other item is always imported, the sums are right, and nothing
// outside of the archive is read. A cell of the table that is empty says why.

const secret = 'a secret of this machine';

async function importBad(kind: SourceKind, { files, bad }: Archive) {
  const archive = smallArchive(files);
  archive.put('secret.jpg', await picture());
  archive.put('secret.txt', secret);
  let receipt: Receipt | undefined;
  let refused = '';
  try {
    receipt = await archive.runAs(kind, '');
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ImportError') throw error;
    refused = error.message;
  }
  return { archive, receipt, refused, bad };
}

describe.each(sourceKinds)('%s', (kind) => {
  test.each(Object.keys(defects))('%s', { timeout: 120_000 }, async (name) => {
    const row = defects[name];
    const cell = row?.cells[kind] ?? row?.cells.others;
    if (row === undefined || cell === undefined) throw new Error(`${kind} × ${name} is not in the table`);
    if (typeof cell === 'string') {
      expect(cell).toMatch(/^[a-z].{15,}$/);
      return;
    }
    const make = (item: Item, head?: string): Archive => archives[kind](item, head);
    const made = await cell.archive(make, kind);
    const { archive, receipt, refused, bad } = await importBad(kind, made);
    const written = writtenIn(archive.root);
    expect(written).not.toContain(secret);
    expect(written).not.toContain('root:');
    expect(existsSync(join(archive.root, 'evil'))).toBe(false);
    expect(readdirSync(archive.root).sort()).toEqual(['in', 'secret.jpg', 'secret.txt', 'site']);
    if (receipt === undefined) {
      // If nothing in an archive can be read, it is refused with a sentence.
      expect(cell.outcome).toBe('refused');
      expect(refused).toMatch(/^.{10,}\.$/);
      return;
    }
    const { files, skipped } = receipt;
    expect(files.stories + files.pages + files.drafts + files.skipped).toBe(files.in);
    expect(await contractProblems(archive.stories)).toEqual([]);
    expect(written).toContain(`headline: ${cell.last ?? 'The calm'}\n`);
    const code: Record<Outcome, number[]> = { story: [0], skipped: [3], either: [0, 3], refused: [] };
    expect(code[cell.outcome], JSON.stringify(skipped)).toContain(exitCodeOf(receipt));
    for (const { kept } of skipped)
      if (kept !== undefined) expect(existsSync(join(archive.root, 'site', kept))).toBe(true);
    cell.so?.({ receipt, written, bad, pictures: archive.list().filter((each) => /\.jpg$/.test(each)) });
  });
});

test('the table has no cell of a source that is not there', () => {
  for (const { cells } of Object.values(defects))
    for (const kind of Object.keys(cells)) expect([...sourceKinds, 'others']).toContain(kind);
});
