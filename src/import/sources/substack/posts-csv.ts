import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { decodeFile } from '../../decode-stream.ts';

/** A row of `posts.csv`, by the names of the columns in lower case. */
export type PostRow = ReadonlyMap<string, string>;

export interface PostsCsv {
  columns: readonly string[];
  rows: { line: number; row: PostRow }[];
  /** Rows that are not valid. */
  broken: { line: number; reason: string }[];
  notes: string[];
}

const rowCharsMax = 1_000_000;
const rowsMax = 500_000;

/** Reads Substack's list of posts. A row that is not valid does not stop the others. */
export async function readPostsCsv(path: string): Promise<PostsCsv> {
  const decoded = decodeFile(path);
  const read: PostsCsv = { columns: [], rows: [], broken: [], notes: [] };
  const pieces = decoded.pieces;
  const head = (await pieces.next()).value ?? '';
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(head),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: rowCharsMax,
    info: true,
    on_skip: (error) => {
      const line = Number(error?.lines ?? 0);
      // Of a row that is too long, each piece of the file is an error.
      if (read.broken.at(-1)?.line !== line)
        read.broken.push({ line, reason: 'its row in posts.csv is not valid CSV' });
    },
  });
  try {
    const records = Readable.from(withFirst(head, pieces)).pipe(parser) as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>;
    for await (const { record, info } of records) {
      if (read.columns.length === 0) {
        read.columns = record.map((name) => name.trim().toLowerCase());
        continue;
      }
      if (read.rows.length >= rowsMax) break;
      read.rows.push({
        line: info.lines,
        row: new Map(read.columns.map((name, at) => [name, (record[at] ?? '').trim()])),
      });
    }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('CSV_')) throw error;
    read.notes.push('the file ends in the middle of a row, or is not valid CSV; everything before that is imported');
  }
  read.notes.push(...decoded.notes);
  return read;
}

/** Spreadsheets save a table with other signs between the columns, depending on the country. */
function delimiterOf(head: string): string {
  const line = head.split(/[\r\n]/, 1)[0] ?? '';
  const [most] = [',', ';', '\t'].sort((a, b) => line.split(b).length - line.split(a).length);
  return most ?? ',';
}

async function* withFirst(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
