import { closeDesk, openDesk } from '../../index/handle.ts';
import { lookAtPart } from '../../ingest/scan.ts';
import { meta } from '../meta.ts';
import { lookAtPieces } from '../scan-dist.ts';
import { markOf } from '../write.ts';
import { nextOf, Shared } from './dist-scanner.ts';
import type { LookTasks } from './scan-together.ts';
import { answerTasks } from './thread.ts';

/* A thread that looks at a part of a large newsroom, or of its dist. */
answerTasks<LookTasks>(
  {
    look: async ({ site, index, now, from }) => atDesk(site, index, () => lookAtPart(now, { from })),
    lookAtDist: async ({ site, index, question, shared }) => {
      const numbers = new Int32Array(shared);
      if (Atomics.compareExchange(numbers, Shared.helper, 0, 1) !== 0) return undefined;
      const tellRows = (count: number) => void Atomics.store(numbers, Shared.rows, count);
      return atDesk(site, index, () => {
        const { dist } = question;
        const isRecorded = question.isTrusted === 'as recorded';
        if (isRecorded && meta('dist') !== markOf(dist)) return undefined;
        return lookAtPieces({ dist, isTrusted: question.isTrusted !== false }, nextOf(numbers), tellRows);
      });
    },
  },
  true,
);

function atDesk<T>(site: string, index: string, work: () => T): T {
  openDesk(site, index, 'read');
  try {
    return work();
  } finally {
    closeDesk();
  }
}
