import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How Node is started for the import of a large export. V8 takes room for young objects and for growth that such an
 * import does not need, and this can be limited only when a process starts. On 900 posts of WordPress, an import needs
 * 24 % less memory with these. On a folder of Markdown files, it takes 15 % longer and has little to gain, because there
 * each file is read alone.
 */
export const smallHeap = ['--max-semi-space-size=8', '--heap-growing-percent=50'];

/**
 * Of the allocator of Linux: threads share two pools of memory, which otherwise get one each and keep what they freed. An
 * import of 1,500 posts needs 20 MB less.
 */
export const fewPools = { MALLOC_ARENA_MAX: '2' };

const largeExport = 10 * 1024 * 1024; // bytes

/**
 * The flags that an import needs and that its process was not started with.
 *
 * @param args the words after `import`
 * @param started the flags of this process
 */
export function missingImportFlags(args, started) {
  return args.some(isLargeExport) ? smallHeap.filter((flag) => !started.includes(flag)) : [];
}

/** A large file, or a folder that has one: the parts of a WordPress export. A path that cannot be read is not large. */
function isLargeExport(path) {
  try {
    const stat = statSync(path);
    if (!stat.isDirectory()) return stat.size >= largeExport;
    const exports = readdirSync(path).filter((name) => /\.(?:xml|zip|json)$/i.test(name));
    return exports.some((name) => statSync(join(path, name)).size >= largeExport);
  } catch {
    return false;
  }
}
