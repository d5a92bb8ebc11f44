import { fileURLToPath } from 'node:url';

/** The repository that is measured. */
export const repository = fileURLToPath(new URL('..', import.meta.url));
/** The `broadsheet` command. */
export const engine = fileURLToPath(new URL('../src/cli/bin.mjs', import.meta.url));
