import { themePageMistakes } from './theme-page-mistakes.fixture.ts';

/**
 * Mistakes in a theme: files, and the message that `dev`, `check`, and a build must all give. Each is something that an
 * editor could type, and each message contains the place and the offending text.
 */
export interface ThemeMistake {
  name: string;
  files: Record<string, string>;
  /** "file:line rule: message", of the first problem. */
  says: RegExp;
  severity: 'error' | 'warning';
}

const dial = (frontMatter: string, html = '<p>{value}</p>') =>
  `---\ninterface Props {\n  value: string;\n}\n${frontMatter}\nconst { value } = Astro.props;\n---\n${html}\n`;
const css = (text: string) => ({ 'theme/tokens.css': text });
const component = (text: string) => ({ 'theme/components/Dial.astro': text });

const error = (name: string, files: Record<string, string>, says: RegExp): ThemeMistake => ({
  name,
  files,
  says,
  severity: 'error',
});
const warning = (name: string, files: Record<string, string>, says: RegExp): ThemeMistake => ({
  name,
  files,
  says,
  severity: 'warning',
});

/** A story that uses the component, so that it runs. */
export const dialStory = '<Dial value="7" />';

export const themeMistakes: ThemeMistake[] = [
  error(
    'a brace that is never closed',
    css(':root {\n  --accent: red;\n'),
    /^theme\/tokens\.css:1 theme-css: .*never closed: ":root \{"/,
  ),
  error(
    'a brace too many',
    css('.a { color: red; }}\n.b { color: blue }\n'),
    /^theme\/tokens\.css:1 theme-css: .*does not close anything/,
  ),
  error('a colon forgotten', css('.a {\n  color red;\n}\n'), /^theme\/tokens\.css:2 theme-css: .*"color red;".*Colon/),
  error(
    'a semicolon forgotten',
    css('.a {\n  color: red\n  margin: 0;\n}\n'),
    /^theme\/tokens\.css:[23] theme-css: .*"(?:color: red|margin: 0;)"/,
  ),
  error(
    'a quotation mark that is never closed',
    css('.a {\n  font-family: "Georgia;\n}\n'),
    /^theme\/tokens\.css:2 theme-css: .*"Georgia;/,
  ),
  error(
    'a comment that is never closed',
    css('.a { color: red }\n/* later\n.b { color: red }\n'),
    /^theme\/tokens\.css:2 theme-css: .*comment/,
  ),
  error(
    'a selector that is none',
    css('.a { color: red }\n..b { color: red }\n'),
    /^theme\/tokens\.css:2 theme-css: .*"\.\.b/,
  ),
  error(
    'a rule that does not exist',
    css('\n@mdia print { a { color: red } }\n'),
    /^theme\/tokens\.css:2 theme-css: .*"@mdia"/,
  ),
  error('a state that does not exist', css('a:hovr { color: red }\n'), /^theme\/tokens\.css:1 theme-css: .*hovr/),
  error(
    'a condition that is none',
    css('@media (prefers-color-scheme dark) { a { color: red } }\n'),
    /^theme\/tokens\.css:1 theme-css: .*dark/,
  ),
  error(
    'a picture that is not there',
    css('.a {\n  background: url("paper.svg");\n}\n'),
    /^theme\/tokens\.css:2 theme-file-missing: .*"paper\.svg".*theme\/paper\.svg/,
  ),
  error(
    'a font that is not there',
    css('@font-face {\n  font-family: X;\n  src: url(./fonts/x.woff2) format("woff2");\n}\n'),
    /^theme\/tokens\.css:3 theme-file-missing: .*x\.woff2/,
  ),
  error(
    'a file of public/ that is not there',
    css('.a { background: url(/paper.png) }\n'),
    /^theme\/tokens\.css:1 theme-file-missing: .*public\/paper\.png/,
  ),
  error(
    'a style sheet that is not there',
    css('@import "./other.css";\n'),
    /^theme\/tokens\.css:1 theme-file-missing: .*other\.css/,
  ),
  error(
    'styles of a component',
    component(dial('', '<p>{value}</p>\n<style>\n  p { color red }\n</style>')),
    /^theme\/components\/Dial\.astro:10 theme-css: .*"p \{ color red \}"/,
  ),
  error(
    'a word too few in the script',
    component(dial('const { a, b = } = Astro.props;')),
    /^theme\/components\/Dial\.astro:5 theme-broken: .*"const \{ a, b = \} = Astro\.props;"/,
  ),
  error(
    'a tag that is closed in the wrong place',
    component(dial('', '<div><p>{value}</div>')),
    /^theme\/components\/Dial\.astro:8 theme-broken: .*"<div><p>\{value\}<\/div>"/,
  ),
  error(
    'a tag that is never closed',
    component(dial('', '<div>\n<p>{value}</p>')),
    /^theme\/components\/Dial\.astro:9 theme-broken: .*closed/,
  ),
  error(
    'a script that never ends',
    component('---\nconst a = 1;\n<p>x</p>\n'),
    /^theme\/components\/Dial\.astro:1 theme-broken: .*"---"/,
  ),
  error(
    'a component that is not there',
    component(dial("import Other from './Other.astro';", '<Other />{value}')),
    /^theme\/components\/Dial\.astro:5 theme-broken: .*"\.\/Other\.astro"/,
  ),
  error(
    'a name that Broadsheet does not export',
    component(dial("import { Foto, type Site } from 'broadsheet/theme';", '<Foto />{value}')),
    /^theme\/components\/Dial\.astro:5 theme-import-unknown: .*"Foto"/,
  ),
  error(
    'an internal file of Broadsheet',
    component(dial("import Foto from 'broadsheet/components/Foto.astro';", '<Foto />{value}')),
    /^theme\/components\/Dial\.astro:5 theme-import-internal: .*Foto\.astro/,
  ),
  error(
    'an internal component of Broadsheet that another one replaces',
    { 'theme/components/PrintNotes.astro': '<p>x</p>' },
    /^theme\/components\/PrintNotes\.astro:1 theme-not-replaceable: "PrintNotes"/,
  ),
  warning(
    'an import of the form before there was broadsheet/theme',
    component(dial("import Foot from 'broadsheet/components/Foot.astro';", '<p>{Foot && value}</p>')),
    /^theme\/components\/Dial\.astro:5 theme-import-old: .*Foot\.astro/,
  ),
  error(
    'a package that is not there',
    component(dial("import { x } from 'no-such-package';", '<p>{x}{value}</p>')),
    /^theme\/components\/Dial\.astro:5 theme-broken: .*"no-such-package"/,
  ),
  error(
    'a name that a file does not have',
    {
      ...component(dial("import { twice } from './sums.ts';", '<p>{twice(value)}</p>')),
      'theme/components/sums.ts': 'export const half = (n: number) => n / 2;\n',
    },
    /^theme\/components\/Dial\.astro:\d+ theme-\w+: .*twice/,
  ),
  error(
    'a component that throws',
    component(dial("if (Astro) throw new Error('no such dial');")),
    /^theme\/components\/Dial\.astro:5 theme-throws: .*content\/stories\/2025\/02\/harbour\/index\.mdx.*no such dial/,
  ),
  error(
    'a component that uses what does not exist',
    component(dial('', '<p>{value.lenth.x}</p>')),
    /^theme\/components\/Dial\.astro:8 theme-throws: .*harbour\/index\.mdx/,
  ),
  error(
    'a component of ours, replaced by one that throws',
    { 'theme/components/Foot.astro': '---\nconst { site } = Astro.props;\n---\n<p>{site.nothing.here}</p>\n' },
    /^theme\/components\/Foot\.astro:4 theme-throws: .*here/,
  ),
  error(
    'a component of ours, replaced by one that prints what it did not import',
    { 'theme/components/Foot.astro': '---\nconst { site } = Astro.props;\n---\n<Foot site={site} />\n' },
    /^theme\/components\/Foot\.astro:\d+ theme-throws: .*Foot/,
  ),
  warning('a property misspelt', css('.a {\n  colr: red;\n}\n'), /^theme\/tokens\.css:2 theme-css-unknown: .*"colr"/),
  warning('a value misspelt', css('.a {\n  width: 3xp;\n}\n'), /^theme\/tokens\.css:2 theme-css-unknown: .*"3xp"/),
  warning(
    'a value of ours misspelt',
    css(':root { --acent: red }\n'),
    /^theme\/tokens\.css:1 theme-css-unknown: .*"--acent"/,
  ),
  warning(
    'a font on another site',
    css('@font-face { font-family: X; src: url(https://fonts.example/x.woff2) }\n'),
    /^theme\/tokens\.css:1 theme-elsewhere: .*fonts\.example/,
  ),
  warning('a layout', { 'theme/layouts/Paper.astro': '<slot />\n' }, /^theme\/layouts\/Paper\.astro:1 theme-unused: /),
  warning(
    'a component in the wrong place',
    { 'theme/Foot.astro': '<p>x</p>\n' },
    /^theme\/Foot\.astro:1 theme-unused: /,
  ),
  warning(
    'a component with a small letter',
    { 'theme/components/foot.astro': '<p>x</p>\n' },
    /^theme\/components\/foot\.astro:1 theme-unused: /,
  ),
  warning(
    'a style sheet in a folder',
    { 'theme/styles/look.css': 'a { color: red }\n' },
    /^theme\/styles\/look\.css:1 theme-unused: /,
  ),
  ...themePageMistakes,
];
