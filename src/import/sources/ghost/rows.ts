import { decodeFile } from '../../decode-stream.ts';

/** A row of a table in an export. */
export interface Row {
  table: string;
  /** Its number in the table, from 0. */
  number: number;
  /** undefined if it is not valid JSON, or too long. */
  value?: Record<string, unknown>;
  /** Why there is no value. */
  reason?: string;
  /** As written, unless it is too long. */
  text: string;
}

export interface RowReading {
  rows: AsyncGenerator<Row>;
  /** Complete when `rows` has ended. */
  end: { isCut: boolean; notes: Set<string> };
}

/** A longer row is not kept in memory. */
const rowCharsMax = 8_000_000;

/**
 * Reads the rows of all tables of a Ghost export, one at a time, however large the file is. A table is a list of
 * objects: `{ "db": [{ "data": { "posts": [ … ] } }] }`, or without `db`. Other values in the file are passed over.
 */
export function readRows(path: string): RowReading {
  const decoded = decodeFile(path);
  const end = { isCut: true, notes: decoded.notes };
  return { rows: rows(decoded.pieces, end), end };
}

interface Level {
  isList: boolean;
  /** The key of the value, in its object. */
  key: string;
  count: number;
}

async function* rows(pieces: AsyncGenerator<string>, end: { isCut: boolean }): AsyncGenerator<Row> {
  const stack: Level[] = [];
  let key = '';
  let string = '';
  let isInString = false;
  let isEscaped = false;
  /** The row that is being read, and the depth of its object. */
  let row: { parts: string[]; length: number; depth: number; table: string; number: number } | undefined;
  for await (const piece of pieces) {
    let from = 0;
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (code === 0x5c) isEscaped = true;
        else if (code === 0x22) isInString = false;
        if (isInString && !row && string.length < 200) string += piece[at];
        continue;
      }
      if (code === 0x22) {
        isInString = true;
        string = '';
      } else if (code === 0x3a) key = string;
      else if (code === 0x7b || code === 0x5b) {
        const isList = code === 0x5b;
        const parent = stack.at(-1);
        if (!row && !isList && parent?.isList && isTable(stack)) {
          row = { parts: [], length: 0, depth: stack.length, table: parent.key, number: parent.count++ };
          from = at;
        }
        stack.push({ isList, key, count: 0 });
      } else if (code === 0x7d || code === 0x5d) {
        stack.pop();
        if (row && stack.length === row.depth) {
          row.parts.push(piece.slice(from, at + 1));
          row.length += at + 1 - from;
          yield rowOf(row);
          row = undefined;
        }
        if (stack.length === 0) end.isCut = false;
      }
    }
    if (row) {
      row.length += piece.length - from;
      if (row.length <= rowCharsMax) row.parts.push(piece.slice(from));
      else row.parts.length = 0;
    }
  }
  if (row)
    yield {
      table: row.table,
      number: row.number,
      text: row.parts.join(''),
      reason: 'the file ends in the middle of it',
    };
}

/** A list in `data`, or in the root of an export that has nothing around its tables. */
function isTable(stack: readonly Level[]): boolean {
  const above = stack.at(-2);
  return (
    above !== undefined && !above.isList && (above.key === 'data' || stack.length === 2) && stack.at(-1)?.key !== 'db'
  );
}

function rowOf({
  parts,
  length,
  table,
  number,
}: {
  parts: string[];
  length: number;
  table: string;
  number: number;
}): Row {
  const text = parts.join('');
  if (length > rowCharsMax)
    return { table, number, text, reason: 'more than 8 MB of text, which is the limit for one post' };
  try {
    return { table, number, text, value: JSON.parse(text) as Record<string, unknown> };
  } catch {
    return { table, number, text, reason: 'not valid JSON' };
  }
}
