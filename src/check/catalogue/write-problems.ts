import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { problemsPage } from './problems-page.ts';

/* A part of `npm run docs`: writes what the catalogue says. */
writeFileSync(fileURLToPath(new URL('../../../docs/problems.md', import.meta.url)), problemsPage());
