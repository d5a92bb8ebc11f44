import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { templatesFolder } from '../press/template-folder.ts';
import { schemaFolder } from './init-texts.ts';

/** The schemas of this version, by their place in a newsroom. */
export function editorSchemas(): Record<string, string> {
  const docs = join(templatesFolder, '../docs');
  const names = readdirSync(docs).filter((name) => name.endsWith('.schema.json'));
  return Object.fromEntries(names.map((name) => [`${schemaFolder}/${name}`, readFileSync(join(docs, name), 'utf8')]));
}

/**
 * Brings the schemas of a newsroom up to date, after an upgrade for instance: they are copies, and an editor would mark keys
 * as unknown that this version knows. A newsroom without the folder gets none.
 *
 * @returns what was written, relative to the newsroom
 */
export function renewSchemas(site: string): string[] {
  if (!existsSync(join(site, schemaFolder))) return [];
  const written: string[] = [];
  try {
    for (const [file, text] of Object.entries(editorSchemas())) {
      const path = join(site, file);
      if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
      mkdirSync(join(site, schemaFolder), { recursive: true });
      writeFileSync(path, text);
      written.push(file);
    }
  } catch {
    // A folder that may not be written to, for example: no reason to show no site.
  }
  return written;
}

export const schemasRenewed = `The schemas for your editor in ${schemaFolder}/ are those of this version now.`;
