import type { rulesByRoom } from '../../problems/rules.ts';
import { type Entry, ferryMdx } from './example.ts';
import { themeHtmlRules } from './theme-html.ts';

/* A newsroom's theme, and what the machine and its folders refuse. */

const tokens = 'theme/tokens.css';
const dial = 'theme/components/Dial.astro';
const usesDial = { [ferryMdx]: { body: '<Dial value="7" />' } };
const contact = 'theme/pages/contact.mdx';
const mdxPage = (body: string) => `---\ntitle: Contact\n---\n\n${body}\n`;
const component = (html: string, script = '') =>
  `---\ninterface Props {\n  value: string;\n}\n${script}const { value } = Astro.props;\n---\n${html}\n`;

export const pressRules: Record<(typeof rulesByRoom)['press'][number], Entry> = {
  'theme-broken': {
    severity: 'error',
    means: 'A component of the theme is not valid, or imports something that does not exist.',
    wrong: { [dial]: component('<p>{value}</p>', "import Other from './Other.astro';\n"), ...usesDial },
    right: { [dial]: component('<p>{value}</p>'), ...usesDial },
  },
  'theme-throws': {
    severity: 'error',
    means: 'A component of the theme is valid but fails while a page is rendered.',
    wrong: { [dial]: component('<p>{value.unit.name}</p>'), ...usesDial },
    right: { [dial]: component('<p>{value}</p>'), ...usesDial },
  },
  'theme-css': {
    severity: 'error',
    means: 'A style sheet of the theme is not valid CSS. A browser would ignore part of it without a message.',
    wrong: { [tokens]: ':root {\n  --accent #1d6141;\n}\n' },
    right: { [tokens]: ':root {\n  --accent: #1d6141;\n}\n' },
  },
  'theme-css-unknown': {
    severity: 'warning',
    means:
      'A style sheet of the theme has a property or value that browsers do not know, or sets a custom property that nothing uses.',
    wrong: { [tokens]: 'a {\n  colr: red;\n}\n' },
    right: { [tokens]: 'a {\n  color: red;\n}\n' },
  },
  'theme-file-missing': {
    severity: 'error',
    means: 'A style sheet or a page of the theme names a picture, font, or style sheet that does not exist.',
    wrong: { [tokens]: 'body {\n  background: url("/paper.txt");\n}\n' },
    right: { [tokens]: 'body {\n  background: url("/paper.txt");\n}\n', 'public/paper.txt': 'x' },
  },
  'theme-elsewhere': {
    severity: 'warning',
    means:
      'A file of the theme loads something from another host that `allow` in site.yaml does not name: a script, a picture, a frame, a font, or an answer to a script; or a form leads there. Browsers block it.',
    wrong: { [tokens]: 'body {\n  background: url("https://pictures.example/paper.png");\n}\n' },
    right: { [tokens]: 'body {\n  background: #fff;\n}\n' },
  },
  'theme-unused': {
    severity: 'warning',
    means: 'A file of the theme has no effect, because of its name or its folder.',
    wrong: { 'theme/components/foot.astro': '<p>The Example Post</p>\n' },
    right: { 'theme/components/Foot.astro': '<p>The Example Post</p>\n' },
  },
  'theme-import-old': {
    severity: 'warning',
    means:
      'A component imports a built-in component by the path of its file. Import it from  broadsheet/theme  instead.',
    wrong: { [dial]: component('<Paid />{value}', "import Paid from 'broadsheet/components/Paid.astro';\n") },
    right: { [dial]: component('<Paid />{value}', "import { Paid } from 'broadsheet/theme';\n") },
  },
  'theme-import-internal': {
    severity: 'error',
    means: 'A component imports a file of Broadsheet that is not for themes and can change in any version.',
    wrong: { [dial]: component('<p>{value}</p>', "import { slugify } from 'broadsheet/site/slug.ts';\n") },
    right: { [dial]: component('<p>{value}</p>') },
  },
  'theme-import-unknown': {
    severity: 'error',
    means:
      'A component imports a name that  broadsheet/theme  does not export. docs/theme-components.md lists the names.',
    wrong: { [dial]: component('<Piad />{value}', "import { Piad } from 'broadsheet/theme';\n") },
    right: { [dial]: component('<Paid />{value}', "import { Paid } from 'broadsheet/theme';\n") },
  },
  'theme-not-replaceable': {
    severity: 'error',
    means: 'A component of the theme has the name of a built-in component that cannot be replaced.',
    wrong: { 'theme/components/PrintNotes.astro': '<p>Notes</p>\n' },
    right: { 'theme/components/MyNotes.astro': '<p>Notes</p>\n' },
  },
  'theme-missing': {
    severity: 'error',
    means: 'The package that site.yaml names as the theme is not installed, or is not a theme.',
    test: 'src/press/theme-package.test.ts',
  },
  'theme-page-mdx': {
    severity: 'error',
    means: 'A page in  theme/pages/  is not valid MDX: a tag or a brace is not closed, or its JavaScript is not valid.',
    wrong: { [contact]: mdxPage('Open from {hours to six.') },
    right: { [contact]: mdxPage('Open from seven to six.') },
  },
  'theme-page-component': {
    severity: 'error',
    means: 'An MDX page in  theme/pages/  uses a component that it does not import.',
    wrong: { [contact]: mdxPage('<LatestStories list="section/world" />') },
    right: {
      [contact]: mdxPage(
        'import { LatestStories } from \'broadsheet/theme\';\n\n<LatestStories list="section/world" />',
      ),
    },
  },
  'theme-page-dynamic': {
    severity: 'error',
    means: 'A file in  theme/pages/  has brackets in its name. Each file there is one page with one address.',
    wrong: { 'theme/pages/projects/[name].mdx': mdxPage('A project.') },
    right: { 'theme/pages/projects/ports.mdx': mdxPage('A project.') },
  },
  'theme-page-built-in': {
    severity: 'error',
    means:
      'A file in  theme/pages/  has the name of a built-in page. A theme can replace the components of that page, but not the page.',
    wrong: { 'theme/pages/story.mdx': mdxPage('Ours.') },
    right: { 'theme/pages/story/index.mdx': mdxPage('Ours.') },
  },
  'theme-page-bare': {
    severity: 'error',
    means:
      'An .astro page in  theme/pages/  does not use the component  Page , so it lacks the head, header, and footer of the site.',
    wrong: { 'theme/pages/map.astro': '<h1>Map</h1>\n' },
    right: {
      'theme/pages/map.astro': `---\nimport { Page } from 'broadsheet/theme';\n---\n<Page title="Map"><h1>Map</h1></Page>\n`,
    },
  },
  'theme-script': {
    severity: 'error',
    means:
      'A page in  theme/pages/  has an inline script, or an attribute that would need one, such as  client:load . The policy of the site allows inline scripts only in  theme/head.html  and  theme/foot.html .',
    wrong: { [contact]: mdxPage('<button onclick="call()">Call</button>') },
    right: { [contact]: mdxPage('<a href="tel:+353123">Call</a>') },
  },
  'theme-blocked': {
    severity: 'warning',
    means:
      'A file of the theme has an inline style, a plug-in, or a file in an address ( data: ), or a component has an inline script. The policy of every page forbids them, so browsers ignore them.',
    wrong: { [contact]: mdxPage('<p style="color: teal">Open</p>') },
    right: { [contact]: mdxPage('<p class="open">Open</p>') },
  },
  ...themeHtmlRules,
  'address-unwritable': {
    severity: 'error',
    means: 'The disk that the site is written to cannot store a file with this name. The rest of the site was written.',
    test: 'src/press/unholdable-addresses.test.ts',
  },
  'templates-broken': {
    severity: 'error',
    means: 'The built-in templates cannot be built on this machine.',
    test: 'src/press/bundler-error.test.ts',
  },
  'no-cache': {
    severity: 'error',
    means: 'The folder for the cache cannot be created, because a file with that name exists.',
    test: 'src/press/damaged-cache.test.ts',
  },
  'nothing-built': {
    severity: 'error',
    means: 'A command needs to know which pictures the site uses, but nothing has been built yet.',
    test: 'src/press/pictures.test.ts',
  },
  'foreign-dist': {
    severity: 'error',
    means: 'The folder for the site is not empty and was not written by Broadsheet, which never deletes your files.',
    test: 'src/cli/report-problems.test.ts',
  },
  'foreign-server-file': {
    severity: 'error',
    means:
      'The folder for the configuration of a web server contains a file of the same name that Broadsheet did not write. Your own configuration is never overwritten.',
    test: 'src/cli/host.test.ts',
  },
  'signing-key': {
    severity: 'error',
    means:
      'The secret key for the manifest cannot be used: it cannot be read, is inside the newsroom, needs a password, or does not belong to `publicKey` in site.yaml.',
    test: 'src/cli/signing-key.test.ts',
  },
  'manifest-unsigned': {
    severity: 'warning',
    means:
      'site.yaml has a `publicKey`, but the environment has no secret key, so the manifest of the site was not signed.',
    test: 'src/cli/signing-key.test.ts',
  },
  'search-program-missing': {
    severity: 'error',
    means:
      'The program that makes the search index is an optional package of npm for your kind of machine, and it is not installed.',
    test: 'src/press/search/search.test.ts',
  },
  'search-index-failed': {
    severity: 'error',
    means: 'The program that makes the search index reported a mistake. The pages of the site are complete.',
    test: 'src/press/search/search.test.ts',
  },
};

export const editionRules: Record<(typeof rulesByRoom)['editions'][number], Entry> = {
  'foreign-edition': {
    severity: 'error',
    means: 'The path of the edition is already taken by a file or folder that Broadsheet did not write.',
    test: 'src/editions/make.test.ts',
  },
};

export const exportRules: Record<(typeof rulesByRoom)['export'][number], Entry> = {
  'export-place': {
    severity: 'error',
    means: 'The folder for the export already contains something. An export never writes into the files of others.',
    test: 'src/export/export.test.ts',
  },
};

export const verifyRules: Record<(typeof rulesByRoom)['verify'][number], Entry> = {
  'manifest-missing': {
    severity: 'error',
    means:
      'The site has no manifest of its files, `.well-known/broadsheet.json`. The address may not be that of the whole site, or its site.yaml says  manifest: false .',
    test: 'src/verify/web.test.ts',
  },
  'site-unreachable': {
    severity: 'error',
    means:
      'The manifest of a published site could not be read, because the host did not answer or answered with an error.',
    test: 'src/verify/web.test.ts',
  },
  'signature-missing': {
    severity: 'error',
    means: 'The manifest of a published site is not signed, although there is a public key for it.',
    test: 'src/verify/verify.test.ts',
  },
  'signature-wrong': {
    severity: 'error',
    means: 'The manifest of a published site was signed with another key, or was changed after it was signed.',
    test: 'src/verify/verify.test.ts',
  },
};

export const checkRules: Record<(typeof rulesByRoom)['check'][number], Entry> = {
  'page-differs': {
    severity: 'error',
    means:
      '`build --verify` rendered a page again, and the result differs from the page in the site. Please report this as a bug.',
    test: 'src/cli/command-line.test.ts',
  },
};

export const cliRules: Record<(typeof rulesByRoom)['cli'][number], Entry> = {
  'disk-full': {
    severity: 'error',
    means: 'The disk is full. No file is left incomplete. Free some space and run the command again.',
    test: 'src/cli/report-problems.test.ts',
  },
  'no-permission': {
    severity: 'error',
    means: 'Broadsheet cannot read or write a file because of its permissions.',
    test: 'src/cli/report-problems.test.ts',
  },
  'too-many-files': {
    severity: 'error',
    means: 'The operating system does not let Broadsheet open enough files.',
    test: 'src/cli/report-problems.test.ts',
  },
};
