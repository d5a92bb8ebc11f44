import { open } from 'node:fs/promises';
import { decodeFile } from '../../decode-stream.ts';
import { cdataSplitter } from './cdata.ts';

/** Copies a part of an XML file to another file, as the parser read it. @param start, end positions of the parser */
export async function copyPart(path: string, start: number, end: number, to: string): Promise<void> {
  const target = await open(to, 'w');
  try {
    const split = cdataSplitter();
    let at = 0;
    for await (const piece of decodeFile(path).pieces) {
      const text = split(piece);
      const from = Math.max(0, start - at);
      const until = Math.min(text.length, end - at);
      if (from < until) await target.write(text.slice(from, until));
      at += text.length;
      if (at >= end) return;
    }
  } finally {
    await target.close();
  }
}
