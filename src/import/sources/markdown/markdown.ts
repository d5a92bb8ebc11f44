import { copyFileSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { storyBytesMax } from '../../../yaml/source.ts';
import { decode } from '../../decode.ts';
import { faultOf, tooLong } from '../../fault.ts';
import { readFields } from '../../fields.ts';
import { readFrontMatter } from '../../front-matter.ts';
import type { BrokenItem, ItemBody, Source, SourceItem, SourceOptions } from '../../source.ts';
import { findSources, type SourceFolder } from '../../source-folder.ts';

/** A folder of Markdown files with front matter, as Jekyll, Hugo, Eleventy, and Astro have them. */
export function markdownSource({ source: folder, except, context }: SourceOptions): Source {
  let found: SourceFolder | undefined;
  return {
    kind: 'markdown',
    folder,
    async *items(): AsyncGenerator<SourceItem | BrokenItem> {
      found = findSources(folder, except);
      for (const { file, reason } of found.skipped) yield { key: file, where: file, reason };
      for (const file of found.files) {
        try {
          const read = readSourceFile(folder, file);
          if ('reason' in read) {
            yield { key: file, where: file, reason: read.reason };
            continue;
          }
          const fields = readFields(read.data, context);
          const heading = fields.headline === undefined ? headingOf(read.text.slice(read.bodyStart)) : undefined;
          yield { key: file, where: file, fields, heading, notes: read.notes };
        } catch (error) {
          yield { key: file, where: file, reason: faultOf(error) };
        }
      }
    },
    async *bodies(wanted): AsyncGenerator<ItemBody> {
      for (const file of wanted) {
        const read = readSourceFile(folder, file);
        if ('reason' in read)
          yield { key: file, kind: 'broken', reason: `it changed while it was imported: ${read.reason}` };
        else
          yield {
            key: file,
            kind: 'markdown',
            text: read.text,
            bodyStart: read.bodyStart,
            isMdx: /\.mdx$/i.test(file),
          };
      }
    },
    async keep(file, to) {
      const path = join(folder, file);
      // A symbolic link could point anywhere, so it is not followed here either.
      if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return false;
      copyFileSync(path, to);
      return true;
    },
    facts: () => ({ notes: found?.notes ?? [] }),
  };
}

interface SourceText {
  text: string;
  data: ReadonlyMap<string, unknown>;
  bodyStart: number;
  notes: string[];
}

function readSourceFile(folder: string, file: string): SourceText | { reason: string } {
  const path = join(folder, file);
  if (statSync(path).size > storyBytesMax) return { reason: tooLong };
  const bytes = readFileSync(path);
  if (bytes.length === 0) return { reason: 'empty' };
  const decoded = decode(bytes);
  if (decoded === undefined) return { reason: 'not text, although its name says so' };
  const { data, bodyStart, note } = readFrontMatter(decoded.text);
  if (data.size === 0 && decoded.text.slice(bodyStart).trim() === '') return { reason: 'empty' };
  return { text: decoded.text, data, bodyStart, notes: note === undefined ? decoded.notes : [...decoded.notes, note] };
}

/** If the front matter has no headline, the first heading is the headline. */
function headingOf(body: string): string | undefined {
  const found = /^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$|^(\S[^\n]*)\n(?:=+|-{2,})[ \t]*$/m.exec(
    body.replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, ''),
  );
  const words = (found?.[1] ?? found?.[2])
    ?.replace(/!?\[([^\][]*)\]\([^()]*\)/g, '$1')
    .replace(/<[^<>]*>|[*`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return words === '' ? undefined : words?.normalize('NFC');
}
