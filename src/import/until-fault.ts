import { faultOf, isDiskError } from './fault.ts';
import { ImportError } from './source.ts';

/** What a source yields. If the source itself fails, the last value is that fault, and what came before it counts. */
export async function* untilFault<T>(
  values: AsyncIterable<T>,
  where: string,
): AsyncGenerator<T | { where: string; reason: string; isFault: true }> {
  try {
    yield* values;
  } catch (error) {
    if (error instanceof ImportError || isDiskError(error)) throw error;
    yield { where, isFault: true, reason: `from here on, the archive could not be read: ${faultOf(error)}` };
  }
}
