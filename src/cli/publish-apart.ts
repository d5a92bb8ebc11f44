import { publish } from '../press/publish.ts';
import type { PublishOptions } from '../press/publish-options.ts';
import { machineProblem } from '../problems/machine.ts';
import { ProblemsError, SetupError } from '../problems/problem.ts';
import { signerOf } from './signing.ts';

/*
 * A large publish of the desk, in a process of its own, because its memory would stay with the desk for days. It tells
 * the process that started it how far it is, and how it ended. A bug ends it, with the stack trace on the terminal.
 */

/** Sends the last message, and ends this process when it has arrived. */
const end = (message: object) =>
  new Promise<void>((sent) =>
    process.send!(message, () => {
      process.removeAllListeners('disconnect');
      process.disconnect();
      sent();
    }),
  );

const [given] = process.argv.slice(2);
if (given !== undefined && process.send) {
  const options = JSON.parse(given) as Pick<PublishOptions, 'site' | 'dist' | 'cache' | 'now' | 'changed'>;
  const tell = (message: object) => process.send?.(message);
  // The desk was stopped, or crashed. A publish that is killed is finished by the next one.
  process.on('disconnect', () => process.exit(1));
  try {
    const report = await publish({
      ...options,
      clock: Date.now(),
      signer: await signerOf(options.site, { cwd: process.cwd(), env: process.env }),
      onProgress: (step) => tell({ step }),
      onWait: () => tell({ step: { phase: 'waiting', done: 0, total: 1 } }),
    });
    await end({ report });
  } catch (error) {
    if (error instanceof ProblemsError) await end({ problems: error.problems, isSetup: error instanceof SetupError });
    else if (machineProblem(error)) {
      // A full disk, for example, is not a bug. The desk says what to do.
      const { message, code, errcode, path, dest, syscall } = error as NodeJS.ErrnoException & Record<string, unknown>;
      await end({ refused: { message, code, errcode, path, dest, syscall } });
    } else throw error;
  }
}
