import { closeIndexHandle, type IndexHandle, openIndexHandle } from '../../index/handle.ts';
import { scanPart } from '../../ingest/scan.ts';
import { meta } from '../meta.ts';
import { scanPieces } from '../scan-dist.ts';
import { markOf } from '../write.ts';
import { nextOf, Shared } from './dist-scanner.ts';
import type { ScanTasks } from './scan-together.ts';
import { serveTasks } from './thread.ts';

/* A thread that scans a part of a large newsroom, or of its dist. */
serveTasks<ScanTasks>(
  {
    scan: async ({ site, index, now, from }) => atIndex(site, index, (opened) => scanPart(opened, now, { from })),
    scanDist: async ({ site, index, options, shared }) => {
      const numbers = new Int32Array(shared);
      if (Atomics.compareExchange(numbers, Shared.helper, 0, 1) !== 0) return undefined;
      const tellRows = (count: number) => void Atomics.store(numbers, Shared.rows, count);
      return atIndex(site, index, (opened) => {
        const { dist } = options;
        const isRecorded = options.isTrusted === 'as recorded';
        if (isRecorded && meta(opened, 'dist') !== markOf(dist)) return undefined;
        return scanPieces(opened, { dist, isTrusted: options.isTrusted !== false }, nextOf(numbers), tellRows);
      });
    },
  },
  true,
);

function atIndex<T>(site: string, file: string, work: (index: IndexHandle) => T): T {
  const index = openIndexHandle(site, file, 'read');
  try {
    return work(index);
  } finally {
    closeIndexHandle(index);
  }
}
