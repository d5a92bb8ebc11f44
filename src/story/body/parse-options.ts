import type { Features } from 'satteri';
import { bodyWords } from './words.ts';

/** How a body is parsed. */
export function parseOptions(language: string): Features {
  let features = kept.get(language);
  if (!features) {
    const words = bodyWords(language);
    features = {
      frontmatter: false, // a body that begins with --- begins with a line
      smartPunctuation: false, // story/punctuation.ts sets it, for the whole newsroom alike
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
    kept.set(language, features);
  }
  return features;
}

const kept = new Map<string, Features>();
