import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/**
 * Frees memory now. V8 lets the memory of a process grow to several times of what is in use before it frees any, so the
 * import of a large archive would take half a gigabyte although it needs a tenth of that.
 */
export function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
