import { compare } from './order.ts';

/** A shortcode, template tag, or component of the old system in a text, and what became of it. */
export interface ShortcodeUse {
  /** As the source writes it, such as `figure`. */
  name: string;
  syntax: ShortcodeSyntax;
  /** `known` became what it meant, `words` left the words that it had, and `dropped` left nothing. */
  how: 'known' | 'words' | 'dropped';
}

export type ShortcodeSyntax = 'Hugo' | 'Liquid or Nunjucks' | 'WordPress' | 'MDX';

/** How often a name occurs in the texts that were imported. */
export interface ShortcodeLine {
  name: string;
  syntax: ShortcodeSyntax;
  known: number;
  words: number;
  dropped: number;
}

/** Counts shortcodes by name. */
export class ShortcodeLog {
  readonly #lines = new Map<string, ShortcodeLine>();

  add(uses: readonly ShortcodeUse[]): void {
    for (const { name, syntax, how } of uses) {
      const key = `${syntax} ${name}`;
      let line = this.#lines.get(key);
      if (!line) {
        line = { name, syntax, known: 0, words: 0, dropped: 0 };
        this.#lines.set(key, line);
      }
      line[how]++;
    }
  }

  /** The most frequent first. */
  lines(): ShortcodeLine[] {
    return [...this.#lines.values()].sort(
      (a, b) => totalOf(b) - totalOf(a) || compare(a.name, b.name) || compare(a.syntax, b.syntax),
    );
  }
}

const totalOf = ({ known, words, dropped }: ShortcodeLine): number => known + words + dropped;

/** For the summary, a line for each name. */
export const shortcodeEntries = (lines: readonly ShortcodeLine[]): string[] =>
  lines.map((line) => {
    const parts = [
      line.known > 0 ? `${line.known} converted` : '',
      line.words > 0 ? `${line.words} kept as words` : '',
      line.dropped > 0 ? `${line.dropped} dropped` : '',
    ].filter(Boolean);
    return `${String(totalOf(line)).padStart(6)}  ${line.name} (${line.syntax}): ${parts.join(', ')}`;
  });
