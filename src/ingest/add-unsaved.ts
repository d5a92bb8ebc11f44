import type { Scan } from './scan.ts';

/**
 * A scan in which a file has changed whose text is not on the disk (`IndexHandle.overlay`).
 *
 * @param file newsroom-relative. It need not exist
 */
export function addUnsaved(seen: Scan, file: string): Scan {
  return {
    ...untrusted(seen, file),
    changed: new Set([...seen.changed, file]),
    gone: seen.gone.filter((path) => path !== file),
  };
}

/** A scan in which a file has not changed, although it has. The next scan finds it again. */
export function leaveOut(seen: Scan, file: string): Scan {
  return { ...untrusted(seen, file), changed: new Set([...seen.changed].filter((path) => path !== file)) };
}

/** Nothing about the file is trusted by the next scan. */
function untrusted(seen: Scan, file: string): Scan {
  const others = seen.files.filter(({ path }) => path !== file);
  return { ...seen, files: [...others, { path: file, signature: [-1, 0, 0, 0], digest: null }] };
}
