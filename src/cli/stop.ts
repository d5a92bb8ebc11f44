/**
 * Runs work that a signal may stop. A stop is like a kill: what is half done is swept by the next run,
 * and the journal knows what is left.
 *
 * @param say told when it happens, before the process ends with 130 (SIGINT) or 143 (SIGTERM)
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
