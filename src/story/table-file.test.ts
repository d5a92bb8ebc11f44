import { describe, expect, test } from 'vitest';
import { chooseColumns, readTable, type TableFile, tableRowsMax } from './table-file.ts';

const read = (text: string | Uint8Array) => readTable(typeof text === 'string' ? new TextEncoder().encode(text) : text);
const tableOf = async (text: string): Promise<TableFile> => {
  const found = await read(text);
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  return found.table;
};
const said = async (text: string | Uint8Array): Promise<string[]> => {
  const found = await read(text);
  return 'problems' in found ? found.problems.map(({ rule, line }) => `${rule} ${line}`) : [];
};

describe('a table file', () => {
  test('is read with whatever separates its cells', async () => {
    const table = { heads: ['Year', 'Depth, m'], rows: [['2024', '1,5']] };
    expect(await tableOf('Year,"Depth, m"\n2024,"1,5"\n')).toEqual(table);
    expect(await tableOf('\uFEFFYear;Depth, m\r\n2024;1,5\r\n')).toEqual(table);
    expect(await tableOf('Year\tDepth, m\n2024\t1,5')).toEqual(table);
  });
  test('can have blank lines and an empty corner', async () => {
    expect(await tableOf('\n,a\nx,1\n\n,\ny,2\n')).toEqual({
      heads: ['', 'a'],
      rows: [
        ['x', '1'],
        ['y', '2'],
      ],
    });
  });
});

describe('mistakes in a table file are reported with their line', () => {
  test('rows with missing or additional cells, three at most', async () => {
    const found = await read('a,b,c\n1,2,3\n1\n1,2,3,4\n1,2\n1\n1\n');
    expect(found).toMatchObject({
      problems: [
        {
          rule: 'table-columns',
          line: 3,
          message: 'This row has 1 cell, but the header row has 3: "b" and "c" are missing.',
        },
        { line: 4, message: 'This row has 4 cells, but the header row has 3: 1 too many.' },
        {
          line: 5,
          message:
            'This row has 2 cells, but the header row has 3: "c" is missing. 2 more rows have the wrong number of cells.',
        },
      ],
    });
  });
  test('more rows than a story prints, with what to do instead, and quickly', async () => {
    const rows = (count: number) => `a,b\n${'1,2\n'.repeat(count)}`;
    expect(await said(rows(tableRowsMax))).toEqual([]);
    expect(await said(rows(tableRowsMax + 1))).toEqual(['table-too-long 1']);
    const found = await read(rows(100_000));
    expect(found).toMatchObject({
      problems: [{ message: expect.stringContaining('100,000 rows'), hint: expect.stringContaining('public/') }],
    });
  });
  test('no rows, nothing, no header row, a duplicate header, another encoding, an unclosed quotation mark', async () => {
    expect(await said('a,b\n')).toEqual(['table-empty 1']);
    expect(await said('')).toEqual(['table-empty 1']);
    expect(await said('a,,c\n1,2,3\n')).toEqual(['table-head-empty 1']);
    expect(await said('a,b,a\n1,2,3\n')).toEqual(['table-head-twice 1']);
    expect(await said(new Uint8Array([0x61, 0x2c, 0xe9, 0x0a, 0x31, 0x2c, 0x32]))).toEqual(['table-encoding 1']);
    expect(await said('a,b\n1,"2\n')).toEqual([expect.stringMatching(/^table-broken \d$/)]);
    expect(await said(`${'h,'.repeat(30)}x\n${'1,'.repeat(30)}2\n`)).toEqual(['table-too-wide 1']);
  });
});

test('a story chooses columns and their order, by headers in any case', async () => {
  const table = await tableOf('Year,Full (%),Days,Remark\n2016,97,34,\n2024,41,4,low\n');
  expect(chooseColumns(table)).toMatchObject({
    shown: { columns: [{ isFigures: false }, { isFigures: true }, { isFigures: true }, { isFigures: false }] },
  });
  expect(chooseColumns(table, ['Days', 'year'])).toEqual({
    shown: {
      columns: [
        { head: 'Days', isFigures: false },
        { head: 'Year', isFigures: true },
      ],
      rows: [
        ['34', '2016'],
        ['4', '2024'],
      ],
    },
  });
  expect(chooseColumns(table, ['Dais'])).toEqual({ missing: 'Dais', meant: 'Days', heads: table.heads });
});
