import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import pLimit from 'p-limit';
import { isCompressible } from '../site/compressed-form.ts';
import { type Contents, type FileDigest, sha256Of } from '../site/manifest.ts';
import { writeWhole } from './state.ts';

/*
 * Compressed forms of files, for hosts that send a file `page.html.br` to readers who can read it. They are made once for
 * each digest, and are neither in the site's folder nor in its manifest.
 */

export const formEndings = ['br', 'gz'] as const;
type Ending = (typeof formEndings)[number];

/** A file that is larger would take minutes. */
const sizeMax = 20_000_000;

/** Node compresses in its own threads, of which there are four. */
const atOnce = 4;

export interface CompressedForm extends FileDigest {
  /** Where the bytes are. */
  from: string;
}

/**
 * The compressed forms of files. Forms that are not smaller than the file are left out.
 *
 * @param folder for forms, by the digest of the file
 * @param bytesOf reads a file. It is called only for files whose forms are not there yet
 * @returns by path, such as `index.html.br`
 */
export async function compressedForms(
  contents: Contents,
  {
    folder,
    bytesOf,
    onProgress = () => {},
  }: {
    folder: string;
    bytesOf(path: string): Promise<Uint8Array>;
    onProgress?(done: number, total: number): void;
  },
): Promise<Map<string, CompressedForm>> {
  const wanted = [...contents].filter(([path, { size }]) => isCompressible(path) && size > 0 && size <= sizeMax);
  const forms = new Map<string, CompressedForm>();
  const notes = readNotes(folder);
  const known = notes.size;
  const limit = pLimit(atOnce);
  const making = new Map<string, Promise<Made>>();
  let done = 0;
  await Promise.all(
    wanted.map(([path, { sha256 }]) =>
      limit(async () => {
        let read: Promise<Uint8Array> | undefined;
        const bytesOnce = () => (read ??= bytesOf(path));
        for (const ending of formEndings) {
          const name = `${sha256}.${ending}`;
          const from = join(folder, name.slice(0, 2), name);
          const note = notes.get(name);
          const isMade = note !== undefined && (note.digest === undefined || existsSync(from));
          // Two files can have the same bytes.
          const made = isMade ? note : (making.get(name) ?? makeForm(from, ending, path, { bytesOf: bytesOnce }));
          if (!isMade) making.set(name, Promise.resolve(made));
          const { digest } = await made;
          notes.set(name, { digest });
          if (digest) forms.set(`${path}.${ending}`, { ...digest, from });
        }
        onProgress(++done, wanted.length);
      }),
    ),
  );
  // Forms of bytes that the site no longer has would fill the disk.
  const used = new Set(wanted.flatMap(([, { sha256 }]) => formEndings.map((ending) => `${sha256}.${ending}`)));
  const unused = [...notes.keys()].filter((name) => !used.has(name));
  for (const name of unused) {
    notes.delete(name);
    rmSync(join(folder, name.slice(0, 2), name), { force: true });
  }
  if (notes.size > known || unused.length > 0) writeNotes(folder, notes);
  return forms;
}

interface Made {
  /** Undefined if the form is not smaller. */
  digest: FileDigest | undefined;
}

async function makeForm(
  file: string,
  ending: Ending,
  path: string,
  { bytesOf }: { bytesOf(): Promise<Uint8Array> },
): Promise<Made> {
  const bytes = await bytesOf();
  const form = await compress[ending](bytes, path);
  if (form.length >= bytes.length) return { digest: undefined };
  writeWhole(file, form);
  return { digest: { sha256: sha256Of(form), size: form.length } };
}

/** What is known about each form, in one file, because reading thousands of files would take longer than a deploy. */
const notesFile = (folder: string): string => join(folder, 'forms.json');

function readNotes(folder: string): Map<string, Made> {
  try {
    const notes = JSON.parse(readFileSync(notesFile(folder), 'utf8')) as Record<string, [string, number] | []>;
    return new Map(
      Object.entries(notes).map(([name, [sha256, size]]) => [
        name,
        { digest: sha256 === undefined || size === undefined ? undefined : { sha256, size } },
      ]),
    );
  } catch {
    return new Map();
  }
}

function writeNotes(folder: string, notes: ReadonlyMap<string, Made>): void {
  const lines = [...notes].map(
    ([name, { digest }]) => `${JSON.stringify(name)}:${JSON.stringify(digest ? [digest.sha256, digest.size] : [])}`,
  );
  writeWhole(notesFile(folder), `{\n${lines.join(',\n')}\n}\n`);
}

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_PARAM_MODE, BROTLI_MODE_TEXT } = constants;

/**
 * On the demo's pages, brotli takes 7.3 ms for a page at its best quality, and 3.0 ms at the one below, which is 4 % larger.
 * Assets keep their bytes for years, and are few.
 */
const compress: Record<Ending, (bytes: Uint8Array, path: string) => Promise<Buffer>> = {
  br: (bytes, path) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [BROTLI_PARAM_QUALITY]: path.startsWith('assets/') ? 11 : 10,
        [BROTLI_PARAM_SIZE_HINT]: bytes.length,
        [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT,
      },
    }),
  gz: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};
