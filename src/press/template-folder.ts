import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Node strips types only outside `node_modules`, so the packaged engine runs from compiled code in `lib/`. */
export const isCompiled = !import.meta.url.endsWith('.ts');

/** The folder of the engine's templates: `src/` of the repository, or of the installed package beside `lib/`. */
export const templatesFolder = fileURLToPath(new URL(isCompiled ? '../../src/' : '../', import.meta.url));

/**
 * The file that Node runs for a source file of the engine. @param file relative to `src/`, such as `queries/queries.ts`
 */
export const engineFile = (file: string): string =>
  isCompiled
    ? fileURLToPath(new URL(`../${file.replace(/\.ts$/, '.js')}`, import.meta.url))
    : join(templatesFolder, file);

/** A folder in `lib/` that is part of the package: `templates` or `fonts`. */
export const packedFolder = (name: 'templates' | 'fonts'): string =>
  fileURLToPath(new URL(isCompiled ? `../${name}/` : `../../lib/${name}/`, import.meta.url));
