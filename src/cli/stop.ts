/**
 * Runs work that Ctrl+C can stop. Stopping is like a kill: the next run deletes incomplete files, and the queue
 * knows what is left to do.
 *
 * Nothing listens for SIGTERM, so the operating system ends the process at once. A listener would run only after the
 * current step of the work has finished, and a supervisor must not have to wait for that.
 *
 * @param say called when it happens, before the process ends with 130
 */
export async function stoppable<T>(work: Promise<T>, say: () => void): Promise<T> {
  const stop = () => {
    say();
    process.exit(130);
  };
  process.once('SIGINT', stop);
  try {
    return await work;
  } finally {
    process.off('SIGINT', stop);
  }
}
