import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elements, type StoryElement } from '../story/elements.ts';
import { elementOfComponent } from '../story/theme-element.ts';
import { digestOf } from './digest.ts';
import type { IndexHandle } from './handle.ts';

/** The story components of a newsroom: ours, and those that it brings along. */
export interface KnownElements {
  known: Record<string, StoryElement>;
  /** Another one when what a story may say has changed; '' without components of its own. */
  digest: string;
}

/**
 * The components that stories of the open newsroom may use. Those in `theme/components/` join by name; one that
 * is called like one of ours changes how it looks and not what may be said to it.
 *
 * Read once for each ingest, so that a publish without a theme lists one folder.
 */
export function knownElements(index: IndexHandle): KnownElements {
  const open = index;
  open.elements ??= elementsOf(open.root);
  return open.elements;
}

/** Reads the theme anew, before stories are ingested. @returns whether stories may say anything else than before */
export function renewElements(index: IndexHandle): boolean {
  const { sql } = index;
  index.elements = undefined;
  const { digest } = knownElements(index);
  const earlier = sql("SELECT value FROM meta WHERE key = 'elements'").get() as { value: string } | undefined;
  sql("INSERT OR REPLACE INTO meta VALUES ('elements', ?)").run(digest);
  return (earlier?.value ?? '') !== digest;
}

/** As `knownElements`, read now. @param root the newsroom's folder */
export function elementsOf(root: string): KnownElements {
  const folder = join(root, 'theme/components');
  if (!existsSync(folder)) return { known: elements, digest: '' };
  const own: Record<string, StoryElement> = {};
  const inputs: string[] = [];
  for (const file of readdirSync(folder).sort()) {
    const name = /^([A-Z]\w*)\.astro$/.exec(file)?.[1];
    if (!name || Object.hasOwn(elements, name)) continue;
    const source = readFileSync(join(folder, file), 'utf8');
    own[name] = elementOfComponent(source);
    inputs.push(`${name} ${digestOf(source)}`);
  }
  return { known: { ...elements, ...own }, digest: inputs.length ? digestOf(inputs.join('\n')) : '' };
}
