import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Node strips types outside of `node_modules` only, so the packed engine runs from compiled code in `lib/`. */
export const isCompiled = !import.meta.url.endsWith('.ts');

/** Where the engine's templates are: `src/` of the repository, or of the installed package beside `lib/`. */
export const templatesFolder = fileURLToPath(new URL(isCompiled ? '../../src/' : '../', import.meta.url));

/** The file that Node runs for a source file of the engine. @param file relative to `src/`, such as `queries/queries.ts` */
export const engineFile = (file: string): string =>
  isCompiled
    ? fileURLToPath(new URL(`../${file.replace(/\.ts$/, '.js')}`, import.meta.url))
    : join(templatesFolder, file);

/** A folder of `lib/` that the package brings: `templates`, or `fonts`. */
export const packedFolder = (name: 'templates' | 'fonts'): string =>
  fileURLToPath(new URL(isCompiled ? `../${name}/` : `../../lib/${name}/`, import.meta.url));
