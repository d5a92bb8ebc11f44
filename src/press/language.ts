import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The language that site.yaml names, for the fonts alone. It is read before the index has taken site.yaml in,
 * because the templates are built meanwhile, and by its line, because a YAML parser would cost each publish 20 ms.
 *
 * @returns BCP 47; `en`, the default of the schema, without one that can be seen
 */
export function languageOf(site: string): string {
  try {
    const text = readFileSync(join(site, 'content/site.yaml'), 'utf8');
    const language = /^(?:\{\s*|\s*(?="))?["']?language["']?\s*:\s*["']?([A-Za-z][\w-]*)/m.exec(text)?.[1] ?? 'en';
    // `en_IE` is none, and `Intl` throws: the build will say so, with its line.
    Intl.getCanonicalLocales(language);
    return language;
  } catch {
    return 'en'; // the build will say that there is no site.yaml, or no such language
  }
}
