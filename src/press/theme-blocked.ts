import type { Problem } from '../problems/problem.ts';
import { themeInlineStyle, themeScript, themeScriptInComponent } from './problems.ts';
import {
  hostProblem,
  insteadOf,
  loadingAttributes,
  purposeOf,
  type ThemeSettings,
  type UsedOn,
  urlsIn,
} from './theme-hosts.ts';
import { themeObject, themeRemoteScript } from './theme-html-problems.ts';
import type { Tag } from './theme-tags.ts';

/*
 * What the policy of every page forbids (site/policy.ts): inline scripts, inline styles, and files from hosts that
 * site.yaml does not allow. Browsers would ignore it without a message to the reader.
 */

export interface BlockedAround {
  settings: ThemeSettings;
  /** The page of the theme that the tags are on. */
  on?: UsedOn;
  /** The template says where its forms lead, with `forms` of `Page`. */
  hasForms?: boolean;
}

/** What browsers would block of a template's tags. @param file newsroom-relative */
export const blockedProblems = (file: string, tags: readonly Tag[], around: BlockedAround): Problem[] =>
  tags.flatMap((tag) => [...scripts(file, tag), ...styles(file, tag), ...others(file, tag, around)]);

/** A script in a component that was there before is a warning, because the component works without it. */
function scripts(file: string, { name, attributes, line }: Tag): Problem[] {
  const isPlain = /^[a-z]/.test(name);
  const written = [...attributes.keys()].filter(
    (attribute) => /^(?:client|server):/.test(attribute) || (isPlain && /^on[a-z]+$/i.test(attribute)),
  );
  // A script of another host can be allowed (`others`).
  const isElsewhere = /^(?:https?:)?\/\//i.test(attributes.get('src') ?? '');
  if (name === 'script' && !isElsewhere && !isData(attributes.get('type'))) written.push('<script>');
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

/** Files of other hosts, and forms that lead to them. */
function others(file: string, { name, attributes, line }: Tag, { settings, on, hasForms }: BlockedAround): Problem[] {
  // Astro makes a file of its own of a script without other attributes.
  if (name === 'script' && /^https:/i.test(attributes.get('src') ?? '') && attributes.size === 1)
    return [themeRemoteScript({ file, line }, attributes.get('src') ?? '')];
  if (name === 'object' || name === 'embed') return [themeObject({ file, line }, name)];
  return loadingAttributes.flatMap((attribute) => {
    const value = attributes.get(attribute);
    const purpose = value === undefined ? undefined : purposeOf(name, attribute, attributes);
    if (value === undefined || purpose === undefined || (purpose === 'form' && hasForms)) return [];
    return urlsIn(attribute, value).flatMap((url) =>
      hostProblem({ file, line }, url, { purpose, settings, on, instead: insteadOf(purpose) }),
    );
  });
}
