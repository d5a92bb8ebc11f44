import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLanguage } from '../site/language-tag.ts';

/**
 * The language that site.yaml names, for the fonts alone. It is read before the index has taken site.yaml in,
 * because the templates are built meanwhile, and by its line, because a YAML parser would cost each publish 20 ms.
 *
 * @returns BCP 47; `en`, the default of the schema, without one that can be seen and is a language: nothing of this was checked yet
 */
export function languageOf(site: string): string {
  try {
    const text = readFileSync(join(site, 'content/site.yaml'), 'utf8');
    const found = /^(?:\{\s*|\s*(?="))?["']?language["']?\s*:\s*["']?([A-Za-z][\w-]*)/m.exec(text)?.[1] ?? 'en';
    return isLanguage(found) ? found : 'en'; // the build will say that this is no language
  } catch {
    return 'en'; // the build will say that there is no site.yaml, or no such language
  }
}
