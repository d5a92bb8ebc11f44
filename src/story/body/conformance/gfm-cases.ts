/**
 * The extensions of GitHub Flavored Markdown, rule by rule. The package with the examples of CommonMark does not
 * include them, so they are written here following the GFM specification (0.29-gfm, sections 4.10, 5.3, 6.5, 6.9, 6.11)
 * and, for footnotes, the behaviour of GitHub. The last case is a rule of CommonMark (6.6) that its examples omit but
 * archives use.
 */
export const gfmCases: { rule: string; markdown: string }[] = [
  { rule: 'a table has a head and rows', markdown: '| town | berths |\n| --- | --- |\n| Galway | 212 |\n' },
  { rule: 'pipes at the ends may be left out, widths need not match', markdown: 'a | b\n-|:-:\nx | y\n' },
  { rule: 'a pipe in a cell is escaped, in code too', markdown: '| a |\n| - |\n| b `\\|` c |\n| d \\| e |\n' },
  {
    rule: 'a blank line or another block ends the table',
    markdown: '| a | b |\n| - | - |\n| c | d |\n> quoted\n\n| e | f |\n| - | - |\n| g | h |\n\nafter\n',
  },
  { rule: 'a row without pipes is still a row', markdown: '| a | b |\n| - | - |\n| c | d |\nplain\n\nafter\n' },
  { rule: 'head and delimiter row must agree', markdown: '| a | b |\n| --- |\n| c |\n' },
  { rule: 'rows may be short or long', markdown: '| a | b |\n| - | - |\n| c |\n| d | e | f |\n' },
  { rule: 'a table may have no rows', markdown: '| a | b |\n| - | - |\n' },
  { rule: 'alignment', markdown: '| a | b | c | d |\n| :- | :-: | -: | - |\n| 1 | 2 | 3 | 4 |\n' },
  { rule: 'inline markup in cells, none across', markdown: '| *a* | **b |\n| - | - |\n| [x](/y) | `c` ** |\n' },
  {
    rule: 'a table in a quotation and in a list',
    markdown: '> | a |\n> | - |\n> | b |\n\n- | c |\n  | - |\n  | d |\n',
  },
  { rule: 'a table can end a paragraph only by its head', markdown: 'text\n| a | b |\n| - | - |\n| c | d |\n' },
  { rule: 'task list', markdown: '- [ ] open\n- [x] done\n- [X] done too\n' },
  { rule: 'tasks nest', markdown: '- [x] a\n  - [ ] b\n  - [x] c\n- [ ] d\n' },
  { rule: 'no task without text or space', markdown: '- [ ]\n- [x]y\n- [y] z\n- \\[x] w\n' },
  { rule: 'tasks in numbered and loose lists', markdown: '1. [x] a\n\n2. [ ] b\n' },
  { rule: 'strikethrough with two tildes', markdown: '~~gone~~ Hello, ~there~ world\n' },
  { rule: 'strikethrough ends with its paragraph', markdown: 'This ~~has a\n\nnew paragraph~~.\n' },
  { rule: 'three tildes strike nothing', markdown: 'This ~~~is not~~~ struck.\n' },
  { rule: 'strikethrough and emphasis', markdown: '~~*a* **b**~~ *~~c~~* ~~[d](/e)~~\n' },
  { rule: 'an address with www', markdown: 'www.commonmark.example\n\nVisit www.commonmark.example/help for more.\n' },
  {
    rule: 'punctuation at the end is no part',
    markdown: 'Visit www.commonmark.example.\n\nVisit www.commonmark.example/a.b.\n',
  },
  {
    rule: 'parentheses are balanced',
    markdown:
      'www.h.example/search?q=Markup+(business)\n\n(www.h.example/search?q=Markup+(business))\n\n(www.h.example/search?q=Markup+(business)\n',
  },
  {
    rule: 'what looks like an entity at the end is no part',
    markdown: 'www.h.example/search?q=a&hl=en\n\nwww.h.example/search?q=a&hl;\n',
  },
  { rule: '< ends an address', markdown: 'www.commonmark.example/he<lp\n' },
  {
    rule: 'addresses with a scheme',
    markdown: 'http://commonmark.example\n\n(Visit https://encrypted.h.example/search?q=Markup+(business))\n',
  },
  {
    rule: 'mail addresses',
    markdown:
      'foo@bar.baz\n\nhello@mail+xyz.example is not, hello+xyz@mail.example is.\n\na.b-c_d@a.b\n\na.b-c_d@a.b.\n\na.b-c_d@a.b-\n\na.b-c_d@a.b_\n',
  },
  { rule: 'no address inside a link or code', markdown: '[www.h.example](/x) `www.h.example` <https://h.example>\n' },
  {
    rule: 'a footnote and its reference',
    markdown: 'Text[^1] and[^note].\n\n[^1]: First.\n\n[^note]: Second,\n    on two lines.\n',
  },
  { rule: 'a footnote of several paragraphs, used twice', markdown: 'a[^n] b[^n]\n\n[^n]: One.\n\n    Two.\n' },
  {
    rule: 'a footnote that nobody refers to is not shown, a reference to none is text',
    markdown: 'a[^none]\n\n[^unused]: x\n',
  },
  { rule: 'a value without quotation marks may begin with a slash', markdown: '<a href=/b>x</a>\n' },
];
