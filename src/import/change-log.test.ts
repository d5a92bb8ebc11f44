import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ChangeLog } from './change-log.ts';
import type { Change, Receipt } from './receipt.ts';
import { smallArchive } from './small-archive.fixture.ts';

const change = (before: string): Change => ({ file: 'a', line: 0, kind: 'link-dead', before, after: '' });

test('all changes are counted; those for which the receipt has no room are in a file', () => {
  const { root } = smallArchive({});
  const receipt = { changes: [] as Change[] } as Receipt;
  const log = new ChangeLog(receipt, root, 3);
  log.add([change('1'), change('2')]);
  log.add([change('3'), change('4')]);
  log.add([change('5')]);
  log.finish();
  expect(receipt.changes.map(({ before }) => before)).toEqual(['1', '2', '3']);
  expect(receipt.counts).toEqual({ 'link-dead': 5 });
  expect(receipt.furtherChanges).toEqual({ count: 2, file: join(root, 'import/further-changes.jsonl') });
  const lines = readFileSync(receipt.furtherChanges?.file ?? '', 'utf8')
    .trim()
    .split('\n');
  expect(lines.map((line) => JSON.parse(line).before)).toEqual(['4', '5']);
  new ChangeLog(receipt, root, 3);
  expect(existsSync(receipt.furtherChanges?.file ?? '')).toBe(false);
});
