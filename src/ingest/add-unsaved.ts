import type { Scan } from './scan.ts';

/**
 * A scan in which a file has changed whose text is not on the disk (`IndexHandle.overlay`).
 *
 * @param file newsroom-relative. It need not exist
 */
export function addUnsaved(seen: Scan, file: string): Scan {
  const others = seen.files.filter(({ path }) => path !== file);
  return {
    ...seen,
    changed: new Set([...seen.changed, file]),
    gone: seen.gone.filter((path) => path !== file),
    // Nothing about it is trusted by the next scan.
    files: [...others, { path: file, signature: [-1, 0, 0, 0], digest: null }],
  };
}
