import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elements, type StoryElement } from '../story/elements.ts';
import { elementOfComponent } from '../story/theme-element.ts';
import { digestOf } from './digest.ts';
import type { IndexHandle, KnownElements } from './handle.ts';
import { themeRootsOf } from './theme-roots.ts';

/**
 * The components that stories of the open newsroom can use. Those in `theme/components/` are added by name. One with
 * the name of a built-in component changes how it looks, but not its attributes.
 *
 * They are read once for each ingest, so that a publish without a theme lists one folder.
 */
export function knownElements(index: IndexHandle): KnownElements {
  const open = index;
  open.elements ??= elementsOf(open.root);
  return open.elements;
}

/**
 * Reads the theme again before stories are ingested. @returns whether the components or their attributes have changed
 */
export function renewElements(index: IndexHandle): boolean {
  const { sql } = index;
  index.elements = undefined;
  const { digest } = knownElements(index);
  const earlier = sql("SELECT value FROM meta WHERE key = 'elements'").get() as { value: string } | undefined;
  sql("INSERT OR REPLACE INTO meta VALUES ('elements', ?)").run(digest);
  return (earlier?.value ?? '') !== digest;
}

/** Like `knownElements`, but read now. @param root the newsroom's folder */
export function elementsOf(root: string): KnownElements {
  const own: Record<string, StoryElement> = {};
  const inputs: string[] = [];
  for (const folder of themeRootsOf(root).map((one) => join(one.folder, 'theme/components')))
    for (const file of existsSync(folder) ? readdirSync(folder).sort() : []) {
      const name = /^([A-Z]\w*)\.astro$/.exec(file)?.[1];
      if (!name || Object.hasOwn(elements, name)) continue;
      const source = readFileSync(join(folder, file), 'utf8');
      own[name] = elementOfComponent(source);
      inputs.push(`${name} ${digestOf(source)}`);
    }
  return { known: { ...elements, ...own }, digest: inputs.length ? digestOf(inputs.join('\n')) : '' };
}
