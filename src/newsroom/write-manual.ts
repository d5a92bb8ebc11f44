import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { manual } from './manual.ts';

/* `npm run docs`: writes the generated parts of the manual into docs/. */
for (const [file, text] of manual()) {
  writeFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), text);
  process.stdout.write(`${file}\n`);
}
