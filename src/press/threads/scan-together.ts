import type { IndexHandle } from '../../index/handle.ts';
import { joinScans, middleOfFiles, type Scan, scan, scanPart } from '../../ingest/scan.ts';
import type { DistPieces, DistScanOptions } from '../scan-dist.ts';
import { engineFile } from '../template-folder.ts';
import { Thread } from './thread.ts';

/** What the other thread can be asked. */
export type ScanTasks = {
  scan: { input: { site: string; index: string; now: number; from: string }; result: Scan };
  /** The result is undefined if the caller no longer waits for it. */
  scanDist: {
    input: {
      site: string;
      index: string;
      /**
       * "as recorded" means that the index decides whether sizes and times are meaningful. If they are not, nothing is
       * scanned.
       */
      options: Omit<DistScanOptions, 'isTrusted'> & { isTrusted: boolean | 'as recorded' };
      shared: SharedArrayBuffer;
    };
    result: DistPieces | undefined;
  };
};

/** Starting a thread takes as long as scanning this many files. */
const manyFiles = 20_000;

/**
 * Scans the whole newsroom. For a large one, another thread scans one half.
 *
 * @param now the clock, in ms
 * @param filesMin a newsroom with at least this many files is large
 */
export async function scanTogether(index: IndexHandle, now: number, filesMin = manyFiles): Promise<Scan> {
  const middle = middleOfFiles(index, filesMin);
  if (middle === undefined) return scan(index, now);
  const { root: site, file } = index;
  const thread = new Thread<ScanTasks>(engineFile('press/threads/scanner.ts'), undefined, {});
  try {
    const rest = thread.ask('scan', { site, index: file, now, from: middle });
    rest.catch(() => {}); // awaited below
    return joinScans(scanPart(index, now, { before: middle }), await rest);
  } finally {
    await thread.close();
  }
}
