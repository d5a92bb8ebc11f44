import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { themeManual } from './theme-manual.ts';

/* `npm run docs`: writes the page about what a theme can import into docs/. */
writeFileSync(fileURLToPath(new URL('../../docs/theme-components.md', import.meta.url)), themeManual());
process.stdout.write('docs/theme-components.md\n');
