// `npm pack` calls this: compiles the engine into lib/, for Node strips no types inside node_modules.
// Templates stay as they are in src/; the bundler of the press reads them there.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lib = join(root, 'lib');
// Rooms of templates are bundled from src/; env.d.ts and the like are types only.
const templates = /^(pages|layouts|components|styles)[\\/]|^(middleware|live\.config|vitest\.config)\.ts$/;

rmSync(lib, { recursive: true, force: true });
for (const file of sources()) {
  const { outputText } = ts.transpileModule(readFileSync(join(root, 'src', file), 'utf8'), {
    fileName: file,
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2024,
      rewriteRelativeImportExtensions: true,
      verbatimModuleSyntax: true,
    },
  });
  const target = join(lib, file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, outputText);
}

/** Every module that runs, relative to src/, without tests and what only tests use. */
function sources() {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.(test|fixture|d)\.ts$/.test(file) && !templates.test(file),
  );
}
