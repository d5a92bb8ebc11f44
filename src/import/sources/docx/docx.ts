import type { Source, SourceOptions } from '../../source.ts';
import { type FileKind, fileSource, type ReadFile } from '../files/file-source.ts';
import { isOdt, isWord, refusesDocument } from '../files/signatures.ts';
import { ZipReader } from '../zip/zip-reader.ts';
import type { ReadDocument } from './read-docx.ts';

const wordKind: FileKind = {
  kind: 'docx',
  refuses: (file, start) => (/\.(?:odt|ott|fodt)$/i.test(file) ? undefined : refusesDocument(file, start)),
  claims: isWord,
  read: async (path, { trackedChanges }) => {
    const { readDocx } = await import('./read-docx.ts');
    return toReadFile(path, await readDocx(path, trackedChanges));
  },
};

const odtKind: FileKind = {
  kind: 'odt',
  refuses: (file, start) => (/\.(?:odt|ott|fodt)$/i.test(file) ? refusesDocument(file, start) : undefined),
  claims: (_, start) => isOdt(start),
  read: async (path, { trackedChanges }) => {
    const { readOdt } = await import('../odt/read-odt.ts');
    return toReadFile(path, readOdt(path, trackedChanges));
  },
};

/** Word documents: a file, or a folder of them. */
export const docxSource = (options: SourceOptions): Source => fileSource(wordKind, options);

/** OpenDocument texts, as LibreOffice writes them: a file, or a folder of them. */
export const odtSource = (options: SourceOptions): Source => fileSource(odtKind, options);

const pictureBytesMax = 200_000_000;

const toReadFile = (path: string, { pictures, ...document }: ReadDocument): ReadFile => ({
  ...document,
  isNamedByHeadline: true,
  pictures: new Map(
    [...pictures].map(([name, part]) => [
      name,
      () => {
        const zip = new ZipReader(path);
        try {
          return zip.read(part, pictureBytesMax);
        } finally {
          zip.close();
        }
      },
    ]),
  ),
});
