import { gemoji } from 'gemoji';

const byName = new Map(gemoji.flatMap(({ emoji, names }) => names.map((name) => [name, emoji])));

/** `:tada:` as an emoji, as Jekyll, Hugo, and GitHub print it. Other words between colons stay. */
export const withEmoji = (text: string): string =>
  text.includes(':')
    ? text.replace(/(?<![\w:/])((?::[a-z0-9_+-]{1,40}:)+)(?![\w/])/g, (whole) =>
        whole.replace(/:([a-z0-9_+-]+):/g, (name, word: string) => byName.get(word) ?? name),
      )
    : text;
