/**
 * Runs work that a signal can stop. Stopping is like a kill: the next run deletes incomplete files, and the queue
 * knows what is left to do.
 *
 * @param say called when it happens, before the process ends with 130 (SIGINT) or 143 (SIGTERM)
 */
export async function stoppable<T>(work: Promise<T>, say: () => void): Promise<T> {
  const stop = (signal: 'SIGINT' | 'SIGTERM') => {
    say();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await work;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
