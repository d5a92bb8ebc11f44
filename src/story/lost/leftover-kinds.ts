import { hasStrayWords } from './tag-words.ts';

/** Markup that was meant but not understood, as it appears in printed text. */
export interface LeftoverKind {
  name: string;
  /** Finds it in the text of one block, without code. */
  form: RegExp;
  /** Why it is not markup, and how to write it correctly. @param found as printed */
  says: (found: string) => [why: string, hint: string];
  /** Whether a match is ordinary text after all. */
  isText?: (found: string, block: string, at: number) => boolean;
}

const htmlTags =
  'abbr|address|article|aside|audio|bdi|bdo|big|blockquote|body|br|button|canvas|caption|center|cite|code|col|colgroup|dd|del|details|dfn|dialog|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|h[1-6]|header|hr|html|iframe|img|input|ins|kbd|label|li|link|main|map|mark|meta|nav|noscript|object|ol|option|param|picture|pre|ruby|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|tr|track|tt|ul|var|video|wbr';

/** References to characters by name, and the characters. */
export const entities: Record<string, string> = {
  nbsp: '\u00a0',
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  shy: '',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  pound: '£',
  cent: '¢',
  deg: '°',
  sect: '§',
  times: '×',
};

/** The text directly before a position. More is never needed. */
const before = (block: string, at: number): string => block.slice(Math.max(0, at - 200), at);

const isInAddress = (block: string, at: number): boolean =>
  /:\/\/|^www\.|[?=]/.test(/\S*$/.exec(before(block, at))?.[0] ?? '');

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

/** The form that an address with spaces needs. */
const bracketed = (found: string): string => {
  const [, words = '', address = '', title = ''] =
    /^(!?\[[^\]]*\])\(\s*([^"“”„«'()]*?)\s*(["“”„«'][^()]*)?\)?$/.exec(found) ?? [];
  const plainTitle = title.replace(/[“”„«»]/g, '"').trim();
  return `${words}(<${address.replaceAll('\ufffc', '…').trim()}>${plainTitle ? ` ${plainTitle}` : ''})`;
};

const insideHtml = 'Inside HTML, put an empty line before and after the text.';

const isShortcode = (found: string): boolean => /\{[{%]/.test(found);

const hasSpaces = (found: string): boolean => /\]\(\s*[^\s"“”()<]+\s+[^\s"“”„«'()]/.test(found);

/**
 * Every kind of leftover, in the order in which they are searched.
 *
 * This file is longer than 300 lines because it is one list, in which a kind that comes first takes what a later one
 * would also find. Each entry is complete, so nobody has to read the others to change one.
 */
export const leftoverKinds: LeftoverKind[] = [
  {
    name: 'picture',
    form: /!\[[^[\]\n]{0,500}\]\([^()\n]{0,500}\)?/g,
    says: (found) =>
      isShortcode(found)
        ? ['Broadsheet has no shortcodes.', 'Write  ![what the picture shows](photo.jpg "caption") .']
        : hasSpaces(found)
          ? [
              'It is not a picture, because the file name contains a space.',
              `Rename the file, or write  ${short(bracketed(found))} .`,
            ]
          : [
              'Broadsheet cannot read it as a picture.',
              `Write  ![what the picture shows](photo.jpg "caption") . ${insideHtml}`,
            ],
  },
  {
    name: 'link',
    form: /(?<!!)\[[^[\]\n]{1,500}\]\([^()\n]{0,500}\)?/g,
    says: (found) =>
      isShortcode(found)
        ? ['Broadsheet has no shortcodes.', 'Write the address itself, or  story:…  with the path of a story.']
        : hasSpaces(found)
          ? ['It is not a link, because the address contains a space.', `Write  ${short(bracketed(found))} .`]
          : [
              'Broadsheet cannot read it as a link.',
              `Write  [words](https://example.org/page "title") . ${insideHtml}`,
            ],
    isText: (_, block, at) => /[\p{L}\p{N}]$/u.test(before(block, at)),
  },
  {
    name: 'link with a gap',
    form: /\[[^[\]\n]{1,500}\]\s\((?:https?:|www\.|\/|mailto:|\ufffc)[^()\s]*\)/g,
    says: () => ['It is not a link, because there is a space between ] and ( .', 'Delete the space.'],
  },
  {
    name: 'footnote',
    form: /\[\^[^\]\s]{1,100}\]:?/g,
    says: (found) => {
      const label = found.replace(/:$/, '');
      return [
        'There is no footnote with that name.',
        `Add the line  ${label}: text of the footnote  at the end, with an empty line before it.`,
      ];
    },
  },
  {
    name: 'heading',
    form: /^(?:#{2,6}(?=[^\s#])[^\n]*|#\p{Lu}\p{Ll}*(?: [^\s#.!?]+){1,12}$)/gu,
    says: (found) => [
      'It is not a heading, because there is no space after the number signs.',
      `Write  ${short(found.replace(/^(#+)/, '$1 '))} .`,
    ],
  },
  {
    name: 'strong',
    form: /\*\*(?=[^\s*])[^*\n]{1,500}\*\*|\*\* [^*\n]{1,500} \*\*|(?:^|(?<=[\s("'“‘«[—–]))\*\*(?=[^\s*])[^*\n]{0,60}/g,
    says: (found) =>
      /^\*\*.*\*\*$/s.test(found)
        ? [
            'It is not printed in bold.',
            `Write  **  directly beside the words, with a space or a punctuation mark outside, or write  <b>${short(found.replaceAll('**', '').trim())}</b> . ${insideHtml}`,
          ]
        : [
            'It is not printed in bold, because no  **  ends it in the same paragraph.',
            'Write  **  where the bold text ends.',
          ],
    // "f**k and s**t" is not a pair.
    isText: (found, block, at) => /[a-z]$/i.test(before(block, at)) && /^\*\*[a-z]/i.test(found),
  },
  {
    name: 'struck out',
    form: /(?:^|(?<=\s))~~(?=[^\s~])[^~\n]{0,60}/g,
    says: () => [
      'It is not struck through, because no  ~~  ends it.',
      'Write  ~~  where the struck-through text ends.',
    ],
  },
  {
    name: 'highlight',
    form: /==(?=[\p{L}\p{N}])[^=\n]{1,200}(?<=[\p{L}\p{N}.!?…。！？])==/gu,
    says: (found) => ['Markdown has no markup for that.', `Write  <mark>${short(found.slice(2, -2))}</mark> .`],
  },
  {
    name: 'comment',
    form: /<!(?:--|–|—)[^\n]{0,60}/g,
    says: () => [
      'A comment that begins in a paragraph must end in it.',
      'Write  -->  where the comment ends, or put the comment on separate lines.',
    ],
  },
  {
    name: 'comment of MDX',
    form: /\{\/\*[^\n]{0,60}/g,
    says: () => ['That is a comment only in .mdx files.', 'Write  <!-- … --> .'],
  },
  {
    name: 'template',
    form: /<[%?][=-]?[^\n]{0,60}/g,
    says: () => ['A story is text and does not run code.', 'Delete it, or write the text that it would print.'],
  },
  {
    name: 'tag',
    form: new RegExp(
      `<\\/?(?:${htmlTags})\\b[^<>\\n]{0,200}>?|<\\/?(?:a|b|i|p|q|s|u)(?:\\s[a-z][^<>\\n]{0,200})?>`,
      'gi',
    ),
    says: (found) =>
      found.endsWith('>')
        ? [
            'Broadsheet cannot read it as HTML.',
            'Check its attributes. Each must be  name="value"  with straight quotation marks.',
          ]
        : ['The tag has no  >  at its end.', 'Write  >  where the tag ends.'],
    // In "a<b and c>d" and "a<b>c", the characters are comparisons.
    isText: (found, block) =>
      (found.endsWith('>') && hasStrayWords(found)) ||
      (/^<[abipqsu]>$/i.test(found) && !block.toLowerCase().includes(`</${found[1]!.toLowerCase()}`)),
  },
  {
    name: 'shortcode',
    form: /\{\{[^{}\n]{0,500}\}\}|\{%[^{}\n]{0,500}%\}|\{\{[<%][^\n]{0,60}/g,
    says: (found) => [
      'Broadsheet has no shortcodes.',
      /youtube|vimeo|tweet|instagram|embed/i.test(found)
        ? 'Write  <Embed url="…" title="…" />  in an .mdx story, or write a link.'
        : /figure|img|image|picture|photo/i.test(found)
          ? 'Write  ![what the picture shows](photo.jpg "caption") .'
          : 'Delete it, or use Markdown or a story component.',
    ],
  },
  {
    name: 'shortcode of WordPress',
    form: /\[[a-z][\w-]{0,40}(?:\s+[\w-]{1,40}=["“”„«'‘’][^\]\n]{0,500})\]|\[\/[a-z][\w-]{0,40}\]|\[(?:url|img|color|size)=?[^\]\n]{0,300}\]|^\[(?:gallery|playlist|embed|caption)\]$/gi,
    says: (found) => [
      'Broadsheet has no shortcodes in brackets.',
      /gallery/i.test(found)
        ? 'Write  <Gallery>  with its pictures in an .mdx story.'
        : /caption|img/i.test(found)
          ? 'Write  ![what the picture shows](photo.jpg "caption") .'
          : 'Delete it, or use Markdown or a story component.',
    ],
  },
  {
    name: 'box',
    form: /^:{3,}[ \t]*\{?\.?[a-z][^\n]{0,60}|^(?:!!!|\?{3}\+?)[ \t]+[a-z][^\n]{0,60}|^\[![a-z]{2,20}\][+-]?/gi,
    says: () => [
      'Markdown does not support boxes of that kind.',
      'Write  <FactBox title="…">  and  </FactBox>  around the text, in an .mdx story.',
    ],
  },
  {
    name: 'attributes',
    form: /\{:?\s{0,9}[.#][A-Za-z][\w-]{0,60}(?:\s+(?:[.#][A-Za-z][\w-]{0,60}|[\w-]{1,40}=[^{}\s]{1,60})){0,9}\s{0,9}\}|\{:[^{}\n]{1,200}\}/g,
    says: () => ['Markdown does not support classes and ids in braces.', 'Delete it.'],
  },
  {
    name: 'table of contents',
    form: /^\[{1,2}_?toc_?\]{1,2}$/gi,
    says: () => ['Broadsheet does not create tables of contents.', 'Delete it.'],
  },
  {
    name: 'wiki link',
    form: /!?\[\[(?=[^\d\s])[^[\]\n]{1,300}\]\]/g,
    says: (found) =>
      found.startsWith('!')
        ? [
            'That is not a picture in Markdown.',
            `Write  ![what the picture shows](${short(found.slice(3, -2).split('|')[0] ?? '')}) .`,
          ]
        : [
            'That is not a link in Markdown.',
            `Write  [${short(found.slice(2, -2).split('|').at(-1) ?? '')}](story:…)  with the path of the story.`,
          ],
    isText: (found) => /^\[\[_?toc_?\]\]$/i.test(found),
  },
  {
    name: 'entity',
    form: new RegExp(
      `&(?:${Object.keys(entities).join('|')}|frac\\d\\d|[aeiounyc](?:acute|grave|circ|uml|tilde|cedil|ring)|szlig|[te]hinsp|ensp|emsp|zwn?j|[lr]rm|#\\d{2,6}|#x[\\da-f]{2,5})(?:;|(?![A-Za-z\\d=;]))`,
      'gi',
    ),
    says: (found) => {
      const name = found.replace(/^&|;$/g, '');
      const sign = entities[name.toLowerCase()];
      return [
        found.endsWith(';')
          ? 'Its & was escaped twice, so it is not read as a character.'
          : 'It has no  ;  at its end, so it is not read as a character.',
        name === 'nbsp'
          ? 'Write  &nbsp; , or a space.'
          : sign
            ? `Write the character itself:  ${sign} .`
            : `Write the character itself, or  &${name}; .`,
      ];
    },
    isText: (found, block, at) =>
      isInAddress(block, at) ||
      (!found.endsWith(';') && /^&(?:copy|reg|times|deg|sect|cent|pound|lt|gt|shy)$/i.test(found)),
  },
  {
    name: 'table',
    form: /^\|[^|\n]*\|[^\n]{0,200}|^[^\n|]*\|[^\n]*\n\s*\|?\s*:?[-–—]+:?\s*\|[^\n]{0,100}/g,
    says: () => [
      'It is not a table, because there is no row of dashes with the same number of cells below its first row.',
      'Write an empty line, then the first row, then  | --- | --- |  with one part for each cell, then the other rows.',
    ],
  },
  {
    name: 'reference',
    form: /(?<![\p{L}\p{N}\]])\[[^[\]\n]{1,300}\]\[[^[\]\n]{0,100}\]/gu,
    says: (found) => {
      const [, words = '', label = ''] = /^\[(.*)\]\[(.*)\]$/.exec(found) ?? [];
      return [
        'The address of that link is not defined.',
        `Add the line  [${short(label || words)}]: https://…  at the end.`,
      ];
    },
    // "[1][2]" is two numbers, and "[sic][…]" is two remarks.
    isText: (found) => /^\[[\d\s,–-]+\]\[[\d\s,–-]+\]$/.test(found) || /\[[.…\s]*\]$/.test(found.replace(/\[\]$/, '')),
  },
  {
    name: 'code',
    form: /`{3,}[^\n]{0,60}/g,
    says: () => [
      'A code block must begin and end on separate lines.',
      'Write  ```  on a separate line, before and after the code.',
    ],
  },
  {
    name: 'other markup',
    form: /^\.\. [a-z-]+::[^\n]{0,60}|\$\{[a-z_][\w.]{0,60}\}|\[object Object\]/gi,
    says: () => ['This markup is from another tool.', 'Delete it, or write what it means in Markdown.'],
  },
];
