import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLanguage } from '../site/language-tag.ts';

/**
 * The language in site.yaml, only for the fonts. It is read before site.yaml is ingested, because the templates are
 * built at the same time, and with a regular expression, because a YAML parser would cost each publish 20 ms.
 *
 * @returns BCP 47. If no valid language can be found, it is `en`, the default of the schema, because nothing has been
 *   checked yet
 */
export function languageOf(site: string): string {
  try {
    const text = readFileSync(join(site, 'content/site.yaml'), 'utf8');
    const found = /^(?:\{\s*|\s*(?="))?["']?language["']?\s*:\s*["']?([A-Za-z][\w-]*)/m.exec(text)?.[1] ?? 'en';
    return isLanguage(found) ? found : 'en'; // the build will report that this is not a language
  } catch {
    return 'en'; // the build will report that there is no site.yaml, or no such language
  }
}
