import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

// What one file or one library does for all. Each rule names that place, reports the file and the line of another, and
// is tested on a few lines that break it.

interface OneWay {
  what: string;
  /** The files that do it. */
  here: RegExp;
  /** What the code of another file would contain. */
  signs: RegExp;
}

/** Tests contain what a page contains, to compare. */
const isForTests = (file: string) => /\.(?:test|fixture)\.tsx?$/.test(file) || file.includes('conformance/');

function others(files: Map<string, string>, { here, signs }: OneWay): string[] {
  return [...files]
    .filter(([file]) => !isForTests(file) && !here.test(file))
    .flatMap(([file, text]) =>
      text
        .split('\n')
        .flatMap((line, at) =>
          /^\s*(?:\/\/|\/?\*)/.test(line) || !signs.test(line) ? [] : [`${file}:${at + 1}: ${line.trim()}`],
        ),
    );
}

const sources = new Map(
  readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => /\.(?:tsx?|mjs|astro)$/.test(path))
    .sort()
    .map((path) => [path, readFileSync(join(import.meta.dirname, path), 'utf8')]),
);

describe('site/markup.ts escapes text for HTML and XML', () => {
  const markup: OneWay = {
    what: 'escaping',
    // `story/lost/` shares no code with the parser, and archives contain more references than our own markup.
    here: /^(?:site\/markup\.ts|story\/lost\/.*|import\/html\.ts)$/,
    signs:
      /(['"`])&(?:amp|lt|gt|quot|apos|#39|#x27);\1|\/&(?:amp|lt|gt|quot|apos|#39|#x27);\/|['"`]?\bamp['"`]?: '&'|`&#(?:x)?\$\{/,
  };

  test('and no other file does', () => expect(others(sources, markup)).toEqual([]));

  test('canary: each way to do it', () =>
    expect(
      others(
        new Map([
          ['press/a.ts', "text.replaceAll('&', '&amp;')"],
          ['press/b.ts', "\n  ({ '<': '&lt;' })[sign]"],
          ['press/c.ts', 'text.replace(/&quot;/g, quote)'],
          ['press/d.ts', "const signs = { amp: '&' };"],
          // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code of a file
          ['press/e.ts', 'text.replace(/</g, (sign) => `&#${sign.charCodeAt(0)};`)'],
          ['press/f.astro', '---\nconst a = b.replace(/"/g, "&quot;");\n---'],
          ['site/markup.ts', "text.replaceAll('&', '&amp;')"],
          ['press/g.ts', "// text.replaceAll('&', '&amp;')\nconst dash = '&ndash;';\nconst html = '<p>A &amp; B</p>';"],
        ]),
        markup,
      ).map((found) => found.split(': ')[0]),
    ).toEqual(['press/a.ts:1', 'press/b.ts:2', 'press/c.ts:1', 'press/d.ts:1', 'press/e.ts:1', 'press/f.astro:2']));
});

describe('yaml/write/ writes YAML', () => {
  const writing: OneWay = {
    what: 'writing YAML',
    here: /^yaml\/write\//,
    signs:
      /import .*\b(?:dump|stringify|Document)\b.* from '(?:js-)?yaml'|\bdocument\.(?:set|setIn|toString)\(|\b\w+: ?(?:\[|"|'|\{ \w+: )?\$\{JSON\.stringify\(/,
  };

  test('and no other file does', () => expect(others(sources, writing)).toEqual([]));

  test('canary: each way to do it', () =>
    expect(
      others(
        new Map([
          ['cli/a.ts', "import { dump } from 'js-yaml';"],
          ['cli/b.ts', "import { stringify } from 'yaml';"],
          ['cli/c.ts', 'return document.toString();'],
          // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code of a file
          ['cli/d.ts', 'return `headline: ${JSON.stringify(headline)}`;'],
          // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code of a file
          ['cli/e.ts', 'hint(`topics: [${JSON.stringify(title)}]`, `a: { title: ${JSON.stringify(title)} }`);'],
          ['yaml/write/f.ts', "import { Document } from 'yaml';"],
          ['cli/g.ts', "import { load } from 'js-yaml';\nimport { parseDocument } from 'yaml';"],
        ]),
        writing,
      ).map((found) => found.split(': ')[0]),
    ).toEqual(['cli/a.ts:1', 'cli/b.ts:1', 'cli/c.ts:1', 'cli/d.ts:1', 'cli/e.ts:1']));
});
