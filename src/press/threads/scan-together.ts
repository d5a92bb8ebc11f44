import type { IndexHandle } from '../../index/handle.ts';
import { joinScans, middleOfFiles, type Scan, scan, scanPart } from '../../ingest/scan.ts';
import type { DistPieces, DistScanOptions } from '../scan-dist.ts';
import { engineFile } from '../template-folder.ts';
import { Thread } from './thread.ts';

/** What the other thread can be asked. */
export type ScanTasks = {
  scan: { input: { site: string; index: string; now: number; from: string }; result: Scan };
  /** The result is undefined when nobody waits for it any more. */
  scanDist: {
    input: {
      site: string;
      index: string;
      /** "as recorded": whether sizes and times say anything is to be asked of the index, and if they do not, nothing is scanned. */
      options: Omit<DistScanOptions, 'isTrusted'> & { isTrusted: boolean | 'as recorded' };
      shared: SharedArrayBuffer;
    };
    result: DistPieces | undefined;
  };
};

/** A thread is at work after the time in which this one scans so many files. */
const manyFiles = 20_000;

/**
 * Scans the whole newsroom; of a large one, another thread scans half.
 *
 * @param now the clock, in ms
 * @param filesMin so many files are a large one
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
