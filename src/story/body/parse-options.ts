import type { Features } from 'satteri';
import { bodyWords } from './words.ts';

/** How a body is parsed. @param isSmart false leaves quotation marks and dashes as typed */
export function parseOptions(language: string, isSmart: boolean): Features {
  const key = `${isSmart} ${language}`;
  let features = kept.get(key);
  if (!features) {
    const words = bodyWords(language);
    features = {
      frontmatter: false, // a body that begins with --- begins with a line
      smartPunctuation: isSmart,
      gfm: {
        // No prefix: the ids of a body cannot clash with these (see headings.ts). The sign after the arrow keeps it from becoming an emoji.
        footnotes: {
          label: words.footnotes,
          backLabel: words.backTo('{reference}'),
          backContent: '↩\uFE0E',
          clobberPrefix: '',
        },
      },
    };
    kept.set(key, features);
  }
  return features;
}

const kept = new Map<string, Features>();
