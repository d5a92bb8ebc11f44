import { desk } from '../../index/handle.ts';
import { joinLooks, type Look, look, lookAtPart, middleOfFiles } from '../../ingest/scan.ts';
import type { DistPieces, DistQuestion } from '../scan-dist.ts';
import { engineFile } from '../template-folder.ts';
import { Thread } from './thread.ts';

/** What the other thread can be asked. */
export type LookTasks = {
  look: { told: { site: string; index: string; now: number; from: string }; answer: Look };
  /** Answers undefined when nobody waits for it any more. */
  lookAtDist: {
    told: {
      site: string;
      index: string;
      /** "as recorded": whether sizes and times say anything is to be asked of the index, and if they do not, nothing is looked at. */
      question: Omit<DistQuestion, 'isTrusted'> & { isTrusted: boolean | 'as recorded' };
      shared: SharedArrayBuffer;
    };
    answer: DistPieces | undefined;
  };
};

/** A thread is at work after the time in which this one looks at so many files. */
const manyFiles = 20_000;

/**
 * `look` at the whole newsroom; of a large one another thread looks at half.
 *
 * @param now the clock, in ms
 * @param filesMin so many files are a large one
 */
export async function lookTogether(now: number, filesMin = manyFiles): Promise<Look> {
  const middle = middleOfFiles(filesMin);
  if (middle === undefined) return look(now);
  const { root: site, file: index } = desk();
  const thread = new Thread<LookTasks>(engineFile('press/threads/scanner.ts'), undefined, {});
  try {
    const rest = thread.ask('look', { site, index, now, from: middle });
    rest.catch(() => {}); // awaited below
    return joinLooks(lookAtPart(now, { before: middle }), await rest);
  } finally {
    await thread.close();
  }
}
