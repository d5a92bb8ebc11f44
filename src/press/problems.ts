import { error, type Place, type Problem, SetupError, warning } from '../problems/problem.ts';

/*
 * Problems while a site is built: with a newsroom's theme, with dist, and with files that change during the build.
 *
 * This file is longer than 300 lines because each room has all its problems in one file, where the catalogue finds
 * them. Each of them is a few lines, and none depends on another.
 */

/** @param place of the component @param said its line, shortened @param why in the words of the compiler */
export const componentBroken = (place: Place, said: string, why: string, hint: string): Problem =>
  error('theme-broken', place, `This component is not valid: "${said}". ${why}.`, hint);

export const fenceNotClosed = (file: string): Problem =>
  error(
    'theme-broken',
    { file, line: 1 },
    'The frontmatter begins with "---" but does not end with another "---".',
    'Add a line  ---  before the HTML begins.',
  );

export const componentNotClosed = (place: Place, said: string): Problem =>
  error(
    'theme-broken',
    place,
    `This component ends before everything is closed: "${said}".`,
    'Look for a tag, a brace or a quotation mark that is not closed.',
  );

/** @param isOurs whether there is a built-in component of that name */
export const correctOrDelete = (isOurs: boolean): string =>
  isOurs ? 'Correct it, or delete this file to use the built-in component.' : 'Correct it, or delete this file.';

/** Why an import cannot be found. */
export type ImportFault =
  | { kind: 'no-file'; meant: string | undefined }
  | { kind: 'absolute' }
  | { kind: 'no-package'; name: string };

export function importMissing(place: Place, source: string, fault: ImportFault): Problem {
  const [why, hint] = importWords(fault);
  return error('theme-broken', place, `This file imports "${source}", but ${why}.`, hint);
}

function importWords(fault: ImportFault): [why: string, hint: string] {
  switch (fault.kind) {
    case 'absolute':
      return ['a path cannot begin at the root of the disk', 'Begin it with  ./  for a file in the same folder.'];
    case 'no-package':
      return [
        'no such package is installed',
        `Install it in the newsroom’s folder with  npm install ${fault.name} . If it is a file, begin its path with  ./ .`,
      ];
    default:
      return [
        'there is no such file',
        fault.meant ? `Did you mean  ${fault.meant} ?` : 'Correct the path. It is relative to the folder of this file.',
      ];
  }
}

const listed = 'docs/theme-components.md lists all of them.';

/**
 * An import of a component in the form that was used before `broadsheet/theme` existed.
 *
 * @param face the module that themes import
 */
export const importOld = (place: Place, source: string, name: string, face: string): Problem =>
  warning(
    'theme-import-old',
    place,
    `This file imports "${source}". The next major version of Broadsheet will not accept this form.`,
    `Write  import { ${name} } from '${face}'; , or let  broadsheet upgrade  do it.`,
  );

/** @param meant a similar name that the module exports */
export const importInternal = (place: Place, source: string, meant: string | undefined, face: string): Problem =>
  error(
    'theme-import-internal',
    place,
    `This file imports "${source}", which is internal to Broadsheet and can change in any version.`,
    meant ? `Import  ${meant}  from  '${face}'  instead.` : `Import only what  '${face}'  exports. ${listed}`,
  );

/** @param name that the module does not export */
export const importUnknown = (place: Place, name: string, meant: string | undefined, face: string): Problem =>
  error(
    'theme-import-unknown',
    place,
    name === 'default' ? `"${face}" has no default export.` : `"${face}" does not export "${name}".`,
    meant
      ? `Did you mean  ${meant} ?`
      : `Write the names in braces, such as  import { Foot } from '${face}'; . ${listed}`,
  );

/** @param meant a component with a similar name that can be replaced */
export const componentNotReplaceable = (file: string, name: string, meant: string | undefined): Problem =>
  error(
    'theme-not-replaceable',
    { file, line: 1 },
    `"${name}" is an internal component of Broadsheet, so a theme cannot replace it.`,
    `${meant ? `Did you mean  ${meant}.astro ? ` : ''}If this is a story component of your own, choose another name. ${listed}`,
  );

/** @param place of the line in site.yaml @param isInstalled whether the package is there, but has no `theme/` */
export const themeMissing = (place: Place, name: string, isInstalled: boolean): Problem =>
  error(
    'theme-missing',
    place,
    isInstalled
      ? `The package "${name}" is not a theme: it has no folder  theme/ .`
      : `The theme "${name}" is not installed.`,
    isInstalled
      ? 'Name the package of a theme, or delete this line.'
      : `Run  npm install ${name}  in the newsroom folder, or delete this line.`,
  );

/** A page in `theme/pages/` that is not valid MDX. @param message a sentence */
export const themePageMdx = (place: Place, message: string, hint: string | undefined): Problem =>
  error('theme-page-mdx', place, message, hint);

/** @param name of a component that an MDX page uses @param meant one that it imports */
export const themePageComponent = (place: Place, name: string, meant: string | undefined): Problem =>
  error(
    'theme-page-component',
    place,
    `This page uses <${name}> but does not import it.`,
    meant
      ? `Did you mean  <${meant}> ?`
      : `Add a line such as  import ${name} from '../components/${name}.astro';  above the text.`,
  );

export const themePageDynamic = (file: string): Problem =>
  error(
    'theme-page-dynamic',
    { file, line: 1 },
    `The name of this file has brackets: ${file.slice(file.lastIndexOf('/') + 1)}. Broadsheet does not support pages with variable addresses.`,
    'Write one file for each page. For a page about a topic, use a topic, which has its own page.',
  );

/** What can be replaced on a built-in page, by the name of its file. */
const replaceableOn: Record<string, string> = {
  index: 'Card, Rail, Banner, or Pinned',
  search: 'SearchForm or SearchResults',
  story: 'Byline, Meta, Picture, EndMatter, or More',
  page: 'Picture',
  author: 'Card or Periods',
  section: 'Card or Periods',
  topic: 'Card or Periods',
  series: 'Card',
  period: 'Card or Periods',
};

/** @param name of the file of a built-in page, without its ending */
export function themePageBuiltIn(file: string, name: string): Problem {
  const parts = replaceableOn[name.toLowerCase()];
  const ending = file.slice(file.lastIndexOf('.'));
  return error(
    'theme-page-built-in',
    { file, line: 1 },
    `A theme cannot replace the built-in page "${name}".`,
    `${
      parts
        ? `To change that page, replace a component that it shows: ${parts}.`
        : 'To change what every page shows, replace Masthead or Foot.'
    }${/^(?:index|404|500)$/i.test(name) ? '' : ` For a page of your own with this name, use  ${name}/index${ending} .`}`,
  );
}

/** @param file of a page in `theme/pages/`, newsroom-relative */
export const themePageBare = (file: string): Problem =>
  error(
    'theme-page-bare',
    { file, line: 1 },
    'This page does not use <Page>, so it has no header, no footer, and no security policy.',
    'Write  import { Page } from \'broadsheet/theme\';  and put everything into  <Page title="…"> … </Page> .',
  );

const noScripts =
  'The policy of the site allows inline scripts only in  theme/head.html  and  theme/foot.html , so browsers do not run it.';
const scriptHint = (what: string): string =>
  /^(?:client|server):/.test(what)
    ? `Delete  ${what} . The component is printed when the site is built.`
    : 'Delete it, or move it to  theme/foot.html , which is on every page. The page must work without it.';

/** @param what an attribute, or `<script>` */
export const themeScript = (place: Place, what: string): Problem =>
  error('theme-script', place, `This is a script:  ${what} . ${noScripts}`, scriptHint(what));

/** The same in a component, which is printed even so. */
export const themeScriptInComponent = (place: Place, what: string): Problem =>
  warning('theme-blocked', place, `This is a script:  ${what} . ${noScripts}`, scriptHint(what));

/** @param what `style=` or `<style>` */
export const themeInlineStyle = (place: Place, what: string): Problem =>
  warning(
    'theme-blocked',
    place,
    `This is an inline style:  ${what} . The policy of the site forbids inline styles, so browsers ignore it.`,
    'Use a class, and write the style in a style sheet or in the  <style>  of an .astro file.',
  );

/** @param message of the bundler */
export const themeNotBuilt = (place: Place, message: string): Problem =>
  error(
    'theme-broken',
    place,
    `The templates cannot be built with this file: ${message}`,
    'Correct it, or delete this file to use the built-in one.',
  );

/** The bundler names no file. A newsroom without a theme builds, so the theme is where to look. */
export const themeNotBuiltSomewhere = (message: string): Problem =>
  error(
    'theme-broken',
    { file: 'theme', line: 1 },
    `The templates cannot be built with this theme: ${message}`,
    'To find the file, move half of the files out of  theme/  and build again. If the templates cannot be built without  theme/  either, please report it as a bug in Broadsheet.',
  );

/** @param page that was being printed @param message of the error */
export const themeThrows = (place: Place, page: string, message: string): Problem =>
  error(
    'theme-throws',
    place,
    `This component fails while it renders ${page}: ${message}`,
    'Correct it, or delete it from  theme/ . Pages that were printed before it failed are unchanged.',
  );

/** Brackets, comments and quotation marks. */
export const cssNotClosed = (place: Place, message: string): Problem =>
  error('theme-css', place, message, 'Add what is missing, or delete what is not allowed here.');

export const cssBrackets = {
  open: (sign: string, line: string) => `This "${sign}" is never closed: "${line}"`,
  close: (sign: string, line: string) => `This "${sign}" does not close anything: "${line}"`,
  comment: 'This comment is never closed with "*/", so the rest of the file has no effect.',
  string: (text: string) => `This quotation mark is never closed: ${text}`,
  url: (text: string) => `This url( is never closed: ${text}`,
};

/** @param line shortened @param why in the words of the parser */
export const cssInvalid = (place: Place, line: string, why: string): Problem =>
  error(
    'theme-css',
    place,
    `This is not valid CSS: "${line}". ${why}`,
    'Correct this line or the one above it. Browsers ignore everything up to the next brace.',
  );

export const cssUnknownRule = (place: Place, rule: string, meant: string | undefined): Problem =>
  error('theme-css', place, `There is no at-rule "${rule}".`, spelling(meant));

/** @param meant a custom property of Broadsheet */
export const cssUnusedToken = (place: Place, name: string, meant: string): Problem =>
  warning('theme-css-unknown', place, `Nothing uses the custom property "${name}".`, `Did you mean  ${meant} ?`);

export const cssUnknownProperty = (place: Place, property: string, meant: string | undefined): Problem =>
  warning(
    'theme-css-unknown',
    place,
    `Browsers do not know the property "${property}", so they ignore it.`,
    spelling(meant),
  );

/** @param syntax of the property's values, if it is short */
export const cssUnknownValue = (place: Place, property: string, value: string, syntax: string | undefined): Problem =>
  warning(
    'theme-css-unknown',
    place,
    `Browsers do not know the value "${value}" for "${property}", so they ignore it.`,
    syntax === undefined ? 'Check the spelling and the unit.' : `Allowed values: ${syntax} .`,
  );

const spelling = (meant: string | undefined): string =>
  meant ? `Did you mean  ${meant} ?` : 'Check the spelling. If it is new in CSS, you can keep it.';

/** @param where it would be, newsroom-relative */
export const themeFileMissing = (place: Place, url: string, where: string): Problem =>
  error(
    'theme-file-missing',
    place,
    `There is no file "${url}" (${where}).`,
    where.startsWith('public/')
      ? 'Add the file. An address that begins with a slash is a file of  public/ .'
      : 'Add the file, or correct the path. It is relative to the folder of this file.',
  );

export const themeUnused = (
  file: string,
  what: 'style sheet' | 'component' | 'file',
  hint: string,
  why = '',
): Problem => warning('theme-unused', { file, line: 1 }, `Nothing uses this ${what}${why}.`, hint);

/** @param why in the words of the system */
export const addressUnwritable = (place: Place, file: string, why: string): Problem =>
  error(
    'address-unwritable',
    place,
    `The disk cannot store this file of the site: ${file} (${why}).`,
    'Give it a shorter or simpler address. The rest of the site was written.',
  );

/** The bundler failed, but not because of a file of a theme. @param said by the bundler */
export const templatesBroken = (said: string): SetupError =>
  new SetupError(
    error(
      'templates-broken',
      { file: 'theme', line: 1 },
      `The templates cannot be built.\n${said}`,
      'If the newsroom has a  theme/  folder, look there first. Otherwise please report this as a bug in Broadsheet.',
    ),
  );

export const noCache = (cache: string): SetupError =>
  new SetupError(
    error(
      'no-cache',
      { file: cache, line: 1 },
      `${cache} cannot be the cache folder, because it or a folder above it is a file.`,
      'Name another folder with BROADSHEET_CACHE, or move the file.',
    ),
  );

export const nothingBuilt = (): SetupError =>
  new SetupError(
    error(
      'nothing-built',
      { file: 'content/site.yaml', line: 1 },
      'Nothing has been built with this cache yet, so Broadsheet does not know which pictures are used.',
      'Run  broadsheet build  first.',
    ),
  );

/** A file where the configuration of a server would be written. */
export const foreignServerFile = (file: string): SetupError =>
  new SetupError(
    error(
      'foreign-server-file',
      { file, line: 1 },
      `${file} was not written by Broadsheet, so it was not overwritten.`,
      'Name another folder with --out, or move this file.',
    ),
  );

export const foreignDist = (dist: string): SetupError =>
  new SetupError(
    error(
      'foreign-dist',
      { file: dist, line: 1 },
      `${dist} is not empty and was not written by Broadsheet, so nothing was written to it.`,
      'Name another folder with --out, or empty this one yourself.',
    ),
  );

/** @param what the environment names, as a sentence */
export const noSigningKey = (what: string, hint: string): SetupError =>
  new SetupError(error('signing-key', { file: '', line: 1 }, what, hint));

export const otherSigningKey = (wanted: string, found: string): SetupError =>
  noSigningKey(
    `The secret key does not belong to the public key in content/site.yaml ( ${wanted} ). It belongs to ${found} .`,
    'Set the environment to the other secret key, or write the new public key as  publicKey  in content/site.yaml.',
  );

/** @param place in site.yaml */
export const manifestUnsigned = (place: Place): Problem =>
  warning(
    'manifest-unsigned',
    place,
    'The manifest of the site was not signed, because there is no secret key for this public key.',
    'Set  BROADSHEET_SIGNING_KEY_FILE  where the site is published. Where it is only built, nothing has to be done.',
  );

/** @param platform such as `linux-riscv64` */
export const searchProgramMissing = (platform: string): SetupError =>
  new SetupError(
    error(
      'search-program-missing',
      { file: 'content/site.yaml', line: 1 },
      `The program that makes the search index is not installed for ${platform}. The pages are published, and the search index is not.`,
      'Install the packages again without `--omit=optional`. If there is no program for this platform, write  search: false  in site.yaml.',
    ),
  );

/** @param said by the program */
export const searchIndexFailed = (said: string): SetupError =>
  new SetupError(
    error(
      'search-index-failed',
      { file: 'content/site.yaml', line: 1 },
      `The search index could not be made: ${said}`,
      'The pages are published. The next build tries again. To build without a search, write  search: false  in site.yaml.',
    ),
  );
