import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { templatesFolder } from '../press/template-folder.ts';
import { schemaFolder } from './init-texts.ts';

/** The schemas of this version, by their path in a newsroom. */
export function editorSchemas(): Record<string, string> {
  const docs = join(templatesFolder, '../docs');
  const names = readdirSync(docs).filter((name) => name.endsWith('.schema.json'));
  return Object.fromEntries(names.map((name) => [`${schemaFolder}/${name}`, readFileSync(join(docs, name), 'utf8')]));
}

/**
 * Updates the schemas of a newsroom, for example after an upgrade. They are copies, and with an old copy an editor
 * would mark some keys that this version supports as unknown. A newsroom without the folder gets none.
 *
 * @returns the files that were written, relative to the newsroom
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
    // For example a read-only folder, which must not prevent the site from being shown.
  }
  return written;
}

export const schemasRenewed = `The schemas for your editor in ${schemaFolder}/ were updated to this version.`;
