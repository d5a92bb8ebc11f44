import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isForTests, matches, sources } from './house-rules.fixture.ts';
import { flow, insideTheBundle, outsideTheBundle, roomOf, withoutPages } from './rooms.mjs';

// Rules about where code may be and what it may use, which no compiler checks. Each rule reports the file and the line,
// and each is tested on a few lines that break it.

describe('a room imports only rooms before it', () => {
  test('in this repository', () => expect(importsAgainstTheFlow(sources)).toEqual([]));

  test('every room in a list is one of the rooms', () =>
    expect([...outsideTheBundle, ...insideTheBundle, ...withoutPages].filter((room) => lineOf(room) < 0)).toEqual([]));

  test('the borders between ingest/, index/, and queries/', () => {
    const broken = new Map([
      [
        'ingest/ingest-story.ts',
        "import { read } from '../queries/trace.ts';\nimport { sql } from '../index/handle.ts';",
      ],
      ['queries/story.ts', "import { claim } from '../ingest/claim.ts';"],
      [
        'index/rows.ts',
        "import { claim } from '../ingest/claim.ts';\nimport type { Query } from '../queries/trace.ts';",
      ],
      ['pages/story.astro', "---\nimport Story from '../components/Story.astro';\n---"],
    ]);
    expect(importsAgainstTheFlow(broken)).toEqual([
      'ingest/ingest-story.ts:1: ingest must not know queries',
      'queries/story.ts:1: queries must not know ingest',
      'index/rows.ts:1: index must not know ingest',
      'index/rows.ts:2: index must not know queries',
    ]);
  });

  test('canary: an import against the flow, of a type, a dynamic one, and one of an unknown room', () => {
    const broken = new Map([
      ['story/card.ts', "import { slug } from '../site/slug.ts';\nimport type { Plan } from '../press/plan.ts';"],
      [
        'components/Card.astro',
        "---\nconst { run } = await import('../cli/run.ts');\n---\n<p>import '../cli/a.ts'</p>",
      ],
      ['utils/all.ts', 'export const a = 1;'],
      ['feeds/rss.ts', "import { words } from '../i18n/words.ts';\nexport { b } from '../import/b.ts';"],
      ['story/card.test.ts', "import { press } from '../press/press.ts';"],
    ]);
    expect(importsAgainstTheFlow(broken)).toEqual([
      'story/card.ts:2: story must not know press',
      'components/Card.astro:2: components must not know cli',
      'utils/all.ts:1: nobody has said where the room utils stands',
      'feeds/rss.ts:2: feeds must not know import',
    ]);
  });
});

describe('files import each other in one direction', () => {
  test('in this repository', () => expect(circlesOf(sources)).toEqual([]));

  test('canary: circles of two and of three files, of types and of dynamic imports', () => {
    const broken = new Map([
      ['story/a.ts', "import type { B } from './b.ts';"],
      ['story/b.ts', "import { a } from './a.ts';\nimport { c } from './c.ts';"],
      ['story/c.ts', "import { d } from './body/d.ts';"],
      ['story/body/d.ts', "const { e } = await import('../e.ts');"],
      ['story/e.ts', "export { c } from './c.ts';"],
      ['story/f.ts', "import { c } from './c.ts';"],
    ]);
    expect(circlesOf(broken)).toEqual(['story/a.ts, story/b.ts', 'story/body/d.ts, story/c.ts, story/e.ts']);
  });
});

describe('the SQL of the index is in index/, ingest/, queries/, and press/', () => {
  test('in this repository', () => expect(sqlElsewhere(sources)).toEqual([]));

  test('canary: each kind of statement; other text and a store/ are not reported', () => {
    const broken = new Map([
      ['cli/summary.ts', "const rows = sql('SELECT count(*) AS count FROM story');"],
      ['dev/warnings.ts', 'db.prepare(`\n  INSERT OR REPLACE INTO meta VALUES (?, ?)`);'],
      [
        'check/a.ts',
        'const a = "DELETE FROM story";\nconst b = "update the story";\nconst c = "UPDATE story SET x = 1";',
      ],
      ['editions/b.ts', "db.exec('PRAGMA journal_mode = OFF');\ndb.exec('CREATE TABLE a (b)');"],
      ['cli/words.ts', "const hint = 'Select a story from the list.'; // SELECT id FROM story"],
      ['dev/store/rows.ts', "const rows = 'SELECT id FROM draft';"],
      ['index/rows.ts', "const rows = 'SELECT id FROM story';"],
    ]);
    expect(sqlElsewhere(broken)).toEqual([
      'cli/summary.ts:1: SELECT count(*) AS count FROM',
      'dev/warnings.ts:2: INSERT OR REPLACE INTO',
      'check/a.ts:1: DELETE FROM',
      'check/a.ts:3: UPDATE story SET',
      'editions/b.ts:1: PRAGMA ',
      'editions/b.ts:2: CREATE TABLE',
    ]);
  });
});

describe('a template reads only through its queries', () => {
  test('in this repository', () => expect(untracedInputs(sources)).toEqual([]));

  test('canary: files, the clock, the environment, and random numbers', () => {
    const broken = new Map([
      [
        'pages/index.astro',
        "---\nimport { readFileSync } from 'node:fs';\nconst year = new Date().getFullYear();\n---",
      ],
      ['layouts/Paper.astro', '---\nconst now = Date.now();\nconst key = process.env.KEY;\n---'],
      [
        'components/a.ts',
        "import { readFile } from 'fs/promises';\nconst n = Math.random();\nconst { env } = process;",
      ],
      ['components/b.ts', '// new Date() would age the page\nconst day = new Date(published);\nconst process = 1;'],
      ['press/write.ts', "import { writeFile } from 'node:fs/promises';"],
    ]);
    expect(untracedInputs(broken)).toEqual([
      "pages/index.astro:2: from 'node:fs'",
      'pages/index.astro:3: new Date()',
      'layouts/Paper.astro:2: Date.now',
      'layouts/Paper.astro:3: process.',
      "components/a.ts:1: from 'fs/promises'",
      'components/a.ts:2: Math.random',
      'components/a.ts:3: = process;',
    ]);
  });
});

describe('only one file, in the press, knows how Astro renders', () => {
  test('in this repository', () =>
    expect(importersOfTheApp(sources).filter((file) => !file.startsWith('press/'))).toEqual([]));

  test('and it is only one', () => expect(importersOfTheApp(sources).length).toBeLessThanOrEqual(1));

  test('canary: each way to import it', () => {
    const broken = new Map([
      ['press/app.ts', "import { createApp } from 'astro/app/entrypoint';"],
      ['cli/build.ts', "const { App } = await import('astro/app');"],
      ['cli/dev.ts', "import { dev } from 'astro';"],
      ['check/look.ts', "import { FetchState } from 'astro/fetch';"],
    ]);
    expect(importersOfTheApp(broken)).toEqual(['press/app.ts', 'cli/build.ts', 'check/look.ts']);
  });
});

describe('SQLite does not plan a query again', () => {
  // With a bare `LIMIT ?`, it does so for each bound number: see queries/lists.ts.
  const bareLimits = (files: Map<string, string>): string[] =>
    [...files].flatMap(([file, text]) =>
      matches(text, /(?:LIMIT|OFFSET) \?(?! \+ 0)/g).map(({ line, found }) => `${file}:${line}: ${found}`),
    );

  test('in this repository', () => expect(bareLimits(sources)).toEqual([]));

  test('canary: a limit and an offset', () =>
    expect(
      bareLimits(
        new Map([
          ['index/a.ts', 'SELECT a LIMIT ? OFFSET ? + 0'],
          ['index/b.ts', "\n'SELECT b LIMIT ? + 0 OFFSET ?'"],
        ]),
      ),
    ).toEqual(['index/a.ts:1: LIMIT ?', 'index/b.ts:2: OFFSET ?']));
});

describe('the lock file can be installed on any machine', () => {
  const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as Lock;

  test('it names every package that another one needs, including those of other platforms, and no address to load them from', () =>
    expect(holesOf(lock)).toEqual([]));

  test('canary: a missing platform, and an address', () => {
    const { 'node_modules/@biomejs/cli-darwin-arm64': _, ...packages } = lock.packages;
    expect(_).toBeDefined();
    const broken = { packages: { ...packages, 'node_modules/x': { resolved: 'https://x.example/x.tgz' } } };
    expect(holesOf(broken)).toEqual([
      'node_modules/@biomejs/biome wants @biomejs/cli-darwin-arm64, which is not there',
      'node_modules/x names an address',
    ]);
  });
});

interface Lock {
  packages: Record<
    string,
    { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string>; resolved?: string }
  >;
}

/** What `npm ci` would refuse. A package can be in the node_modules of any folder above the one that needs it. */
function holesOf({ packages }: Lock): string[] {
  const isThere = (from: string, name: string): boolean => {
    for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
      if (`${folder}/node_modules/${name}`.replace(/^\//, '') in packages) return true;
      if (folder === '') return false;
    }
  };
  return Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies, resolved }]) => [
    ...Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !isThere(path, name))
      .map((name) => `${path} wants ${name}, which is not there`),
    ...(resolved === undefined ? [] : [`${path} names an address`]),
  ]);
}

function importsAgainstTheFlow(files: Map<string, string>): string[] {
  return [...files].flatMap(([file, text]) => {
    const room = roomOf(file);
    // A test can import the rooms that it needs to show that the promise is kept.
    if (isForTests(file) || file === 'rooms.mjs') return [];
    if (lineOf(room) < 0) return [`${file}:1: nobody has said where the room ${room} stands`];
    return matches(text, /(?:from|import)\s*\(?\s*'(\.[^']+)'/g)
      .map(({ line, groups: [target] }) => ({ line, other: roomOf(posix.join(posix.dirname(file), target!)) }))
      .filter(({ other }) => !other.startsWith('..') && other !== 'rooms.mjs' && isAgainstTheFlow(room, other))
      .map(({ line, other }) => `${file}:${line}: ${room} must not know ${other}`);
  });
}

const lineOf = (room: string) => flow.findIndex((line) => line.includes(room));

/** Neighbours must not import each other either, except the rooms that make up the pages. */
const isAgainstTheFlow = (room: string, other: string) =>
  room !== other &&
  (lineOf(other) > lineOf(room) || (lineOf(other) === lineOf(room) && !flow[lineOf(room)]?.includes('pages')));

/** Groups of files that import each other, directly or in turn. Types count too, because a reader of one file needs the other. */
function circlesOf(files: Map<string, string>): string[] {
  const imports = new Map(
    [...files]
      .filter(([file]) => !isForTests(file))
      .map(([file, text]) => [
        file,
        matches(text, /(?:from|import)\s*\(?\s*'(\.[^']+)'/g)
          .map(({ groups: [target] }) => posix.join(posix.dirname(file), target!))
          .filter((target) => files.has(target)),
      ]),
  );
  const reach = (from: string): Set<string> => {
    const found = new Set<string>();
    const waiting = [...(imports.get(from) ?? [])];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (found.has(file)) continue;
      found.add(file);
      waiting.push(...(imports.get(file) ?? []));
    }
    return found;
  };
  const reached = new Map([...imports.keys()].map((file) => [file, reach(file)]));
  const circles = [...reached].flatMap(([file, found]) =>
    found.has(file)
      ? [
          [...found]
            .filter((other) => reached.get(other)?.has(file))
            .sort()
            .join(', '),
        ]
      : [],
  );
  return [...new Set(circles)].sort();
}

/** SQL statements outside the rooms for them. A room with a database of its own keeps its SQL in a folder `store/`. */
function sqlElsewhere(files: Map<string, string>): string[] {
  const statement =
    /\b(?:SELECT\b[^'"`]*?\bFROM|INSERT (?:OR \w+ )?INTO|DELETE FROM|UPDATE \w+ SET|(?:CREATE|DROP|ALTER) (?:TABLE|INDEX)|PRAGMA )/g;
  return [...files]
    .filter(([file]) => !['index', 'ingest', 'queries', 'press'].includes(roomOf(file)) && !isForTests(file))
    .filter(([file]) => !file.split('/').includes('store'))
    .flatMap(([file, text]) => matches(text, statement).map(({ line, found }) => `${file}:${line}: ${found}`));
}

function untracedInputs(files: Map<string, string>): string[] {
  const forbidden =
    /from '(?:node:)?(?:fs|fs\/promises|process|child_process)'|\bDate\.now\b|\bnew Date\(\s*\)|\bprocess\.|= process;|\bMath\.random\b/g;
  return [...files]
    .filter(([file]) => ['pages', 'layouts', 'components'].includes(roomOf(file)) && !isForTests(file))
    .flatMap(([file, text]) => matches(text, forbidden).map(({ line, found }) => `${file}:${line}: ${found}`));
}

function importersOfTheApp(files: Map<string, string>): string[] {
  return [...files]
    .filter(([file]) => !isForTests(file))
    .filter(([, text]) => matches(text, /(?:from|import)\s*\(?\s*'astro\/(?:app|fetch)(?:\/[^']*)?'/g).length > 0)
    .map(([file]) => file);
}
