import type { Problem } from '../problems/problem.ts';
import { themeElsewhere, themeInlineStyle, themeScript, themeScriptInComponent } from './problems.ts';
import type { Tag } from './theme-tags.ts';

/*
 * What the policy of every page forbids (site/policy.ts): scripts, inline styles, and files from other sites. Browsers
 * would ignore it without a message to the reader.
 */

/** What browsers would block of a template's tags. @param file newsroom-relative */
export const blockedProblems = (file: string, tags: readonly Tag[]): Problem[] =>
  tags.flatMap((tag) => [...scripts(file, tag), ...styles(file, tag), ...others(file, tag)]);

/** A script in a component that was there before is a warning, because the component works without it. */
function scripts(file: string, { name, attributes, line }: Tag): Problem[] {
  const isPlain = /^[a-z]/.test(name);
  const written = [...attributes.keys()].filter(
    (attribute) => /^(?:client|server):/.test(attribute) || (isPlain && /^on[a-z]+$/i.test(attribute)),
  );
  if (name === 'script' && !isData(attributes.get('type'))) written.push('<script>');
  const say = file.includes('theme/components/') ? themeScriptInComponent : themeScript;
  return written.map((what) => say({ file, line }, what));
}

/** Whether the type of a script says that it is data, such as `application/ld+json`. */
const isData = (type: string | undefined): boolean =>
  type !== undefined && type !== '' && !/^(?:module|(?:text|application)\/(?:java|ecma)script)$/i.test(type.trim());

function styles(file: string, { name, attributes, line }: Tag): Problem[] {
  const isInline =
    name === 'style' && (file.endsWith('.mdx') || attributes.has('is:inline') || attributes.has('define:vars'));
  if (isInline) return [themeInlineStyle({ file, line }, '<style>')];
  return /^[a-z]/.test(name) && attributes.has('style') ? [themeInlineStyle({ file, line }, 'style=')] : [];
}

/** Elements that load a file. */
const loading = ['img', 'source', 'video', 'audio', 'track', 'iframe', 'embed', 'object', 'link'];

function others(file: string, { name, attributes, line }: Tag): Problem[] {
  if (!loading.includes(name)) return [];
  if (name === 'link' && !/stylesheet|icon|preload/i.test(attributes.get('rel') ?? '')) return [];
  return ['src', 'href', 'data', 'poster'].flatMap((key) => {
    const url = attributes.get(key);
    return url !== undefined && /^(?:https?:)?\/\//i.test(url) ? [themeElsewhere({ file, line }, url)] : [];
  });
}
