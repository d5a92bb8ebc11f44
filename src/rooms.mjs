// The rooms of the engine, and what each may import. The house rules, the compiler of lib/, and the bundler's plugins
// read this list. docs/architecture.md describes it. It is plain JavaScript, because `npm ci` compiles with any Node
// from 20 on.

/**
 * Data flows one way: a room may import the rooms on the lines before its own, and itself, but never its neighbours on
 * the same line.
 */
export const flow = [
  ['problems'],
  ['site'],
  ['yaml', 'pictures'],
  ['i18n'],
  ['story'],
  ['newsroom'],
  ['index'],
  ['ingest', 'queries'],
  ['feeds', 'hosts'],
  [templates()],
  ['press'],
  ['editions', 'deploy', 'check', 'photo-desk', 'import', 'export', 'verify', 'dev'],
  ['desk'],
  ['cli'],
].map((line) => line.flat());

/** The rooms that make up the pages. They are neighbours, and may import each other. */
function templates() {
  return ['pages', 'layouts', 'components', 'styles', 'live.config.ts', 'middleware.ts', 'theme.ts', 'env.d.ts'];
}

/**
 * Templates import these from outside their bundle, so that the press and the templates share one index, and packages
 * with native code are found where the engine is installed.
 */
export const outsideTheBundle = [
  'problems',
  'site',
  'yaml',
  'pictures',
  'i18n',
  'story',
  'newsroom',
  'index',
  'queries',
];

/** The other sources of a bundle of templates, with `press/adapter.ts`. */
export const insideTheBundle = ['pages', 'layouts', 'components', 'styles', 'feeds', 'hosts'];

/** Files in these rooms cannot change a page. */
export const withoutPages = [
  'editions',
  'deploy',
  'check',
  'photo-desk',
  'import',
  'export',
  'verify',
  'dev',
  'desk',
  'cli',
];

/** @param {string} file relative to src/, with slashes */
export const roomOf = (file) => file.split('/')[0] ?? '';
