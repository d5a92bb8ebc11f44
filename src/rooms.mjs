// The rooms of the engine, and what may know what. The house rules, the compiler of lib/ and the bundler's plugins read
// this list; docs/architecture.md describes it. Plain JavaScript, because `npm ci` compiles with any Node from 20 on.

/**
 * Data flows one way: a room may import the rooms on the lines before its own, and itself, but never its neighbours on
 * the same line.
 */
export const flow = [
  ['problems'],
  ['site'],
  ['yaml', 'pictures'],
  ['story'],
  ['newsroom'],
  ['index'],
  ['ingest', 'queries'],
  ['i18n'],
  ['feeds'],
  [templates()],
  ['press'],
  ['editions', 'check', 'photo-desk', 'import', 'dev'],
  ['cli'],
].map((line) => line.flat());

/** The rooms that make up the pages. They are neighbours, and may know each other. */
function templates() {
  return ['pages', 'layouts', 'components', 'styles', 'live.config.ts', 'middleware.ts', 'theme.ts', 'env.d.ts'];
}

/**
 * Templates import these from outside of their bundle, so that press and templates share one index, and packages with
 * native parts are found where the engine is installed.
 */
export const outsideTheBundle = ['problems', 'site', 'yaml', 'pictures', 'story', 'newsroom', 'index', 'queries'];

/** The rest of what a bundle of templates is made of, with `press/adapter.ts`. */
export const insideTheBundle = ['pages', 'layouts', 'components', 'styles', 'feeds', 'i18n'];

/** What these rooms hold can change no page. */
export const withoutPages = ['editions', 'check', 'photo-desk', 'import', 'dev', 'cli'];

/** @param {string} file relative to src/, with slashes */
export const roomOf = (file) => file.split('/')[0] ?? '';
