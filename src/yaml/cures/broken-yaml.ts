import { nearest } from '../../problems/nearest.ts';
import { fold, groupOf } from '../field-keys.ts';
import { doubleQuoted, yamlScalar } from '../write/scalar.ts';
import { unquoted } from './edits.ts';

/** A description of the mistake in a YAML text, and the corrected text. */
export interface YamlCure {
  text: string;
  why: string;
}

/**
 * Corrections that could be what was meant by an invalid text, the most likely first. The caller tries which of them
 * can be read or moves the error further down.
 *
 * @param line counted from 0, where the parser stopped. The cause can be on an earlier line
 */
export function* yamlCures(yaml: string, line: number, known: readonly string[]): Iterable<YamlCure> {
  const lines = yaml.split('\n');
  const with_ = (at: number, ...text: string[]) => lines.toSpliced(at, 1, ...text).join('\n');
  const near = [line, line - 1, line + 1, line - 2].filter((at) => at >= 0 && at < lines.length);
  for (const at of near) {
    const text = lines[at]!;
    if (/^(?:<{7}|={7}|>{7})/.test(text)) {
      yield { text: with_(at), why: 'This is a conflict marker from an unfinished merge.' };
    }
    if (/^[ ]*\t/.test(text)) {
      const all = lines.map((other) => other.replace(/^[ \t]+/, (indent) => indent.replace(/\t/g, '  '))).join('\n');
      yield {
        text: with_(
          at,
          text.replace(/^[ \t]+/, (indent) => indent.replace(/\t/g, '  ')),
        ),
        why: tabs,
      };
      yield { text: all, why: tabs };
      yield { text: with_(at, text.trim()), why: tabs };
    }
  }
  // A line that ends a YAML document. The rest of the file would be another document.
  const end = lines.findIndex((text, at) => at > 0 && /^(?:\.{3}|---)\s*$/.test(text));
  if (end > 0)
    yield { text: with_(end), why: `A line  ${lines[end]!.trim()}  ends the YAML, but more text follows it.` };
  if (near.some((at) => /^\s*-[^\s-]/.test(lines[at]!)))
    yield {
      text: lines.map((text) => text.replace(/^(\s*)-(?=[^\s-])/, '$1- ')).join('\n'),
      why: 'A space must follow the hyphen that begins an entry.',
    };
  for (const at of near) yield* ofLine(lines, at, with_, known);
}

const tabs = 'A line cannot begin with a tab.';

function* ofLine(
  lines: string[],
  at: number,
  with_: (at: number, ...text: string[]) => string,
  known: readonly string[],
): Iterable<YamlCure> {
  const text = lines[at]!;
  const isKey = (word: string) => known.includes(word) || groupOf.has(fold(word)) || nearest(word, known) !== undefined;
  // Other characters in place of a colon and a space.
  for (const [form, why] of [
    [/^(\s*(?:- )?)([\w-]+)：\s*(.*)$/, 'The colon is a character from another script.'],
    [/^(\s*(?:- )?)([\w-]+):\u00a0+(.*)$/, 'A no-break space follows the colon.'],
    [/^(\s*(?:- )?)([\w-]+)\s*=\s*(.*)$/, 'Use a colon, not an equals sign, between a key and its value.'],
    [/^(\s*(?:- )?)([A-Za-z][\w-]*):(?=[^\s:/])(.*)$/, 'A space must follow the colon.'],
    [/^(\s*(?:- )?)([A-Za-z][\w-]*)\s+(.*)$/, 'A colon must follow the key.'],
  ] as const) {
    const [, indent, key, value] = form.exec(text) ?? [];
    if (key === undefined || !isKey(key)) continue;
    yield { text: with_(at, `${indent}${key}: ${value}`.trimEnd()), why };
    yield { text: with_(at, `${indent}${key}: ${doubleQuoted(value ?? '')}`), why };
  }
  // Groups in braces, each value separately.
  const [, beforeBrace, inBraces] = /^(\s*(?:- +)+|.*?:\s+)\{(.*)\}\s*$/.exec(text) ?? [];
  if (beforeBrace !== undefined && inBraces !== undefined) {
    const pairs = inBraces.split(/\s*,\s*(?=[\w-]+:\s)/).map((pair) => /^\s*([\w-]+):\s+(.*?)\s*$/.exec(pair));
    if (pairs.every((pair) => pair !== null))
      yield {
        text: with_(
          at,
          `${beforeBrace}{ ${pairs.map((pair) => `${pair[1]}: ${yamlScalar(unquoted(pair[2]!), true)}`).join(', ')} }`,
        ),
        why: / #/.test(inBraces)
          ? 'In YAML, a # after a space begins a comment unless it is in quotation marks.'
          : 'Text with a colon needs quotation marks.',
      };
  }
  const dash = /^- (?=[\w-]+:(?:\s|$))/.exec(text);
  if (dash) yield { text: with_(at, text.slice(2)), why: 'A key cannot begin with a hyphen.' };
  // A value that needs quotation marks or has the wrong ones.
  const [, start, value] = /^(\s*(?:- +)*(?:["']?[^\s"'#:][^:"']*["']?\s*:\s+|- +))(\S.*)$/.exec(text) ?? [];
  if (start !== undefined && value !== undefined) {
    const last = value.at(-1)!;
    if (/^\[/.test(value) && !value.includes(']'))
      yield { text: with_(at, `${start}${value}]`), why: 'A bracket is not closed.' };
    if (/^\{/.test(value) && !value.includes('}'))
      yield { text: with_(at, `${start}${value} }`), why: 'A brace is not closed.' };
    if (/[,;]$/.test(value))
      yield {
        text: with_(at, `${start}${value.slice(0, -1)}`),
        why: `A ${last === ',' ? 'comma' : 'semicolon'} follows the value.`,
      };
    if (/^["'].*\\/.test(value) && !value.includes("'", 1))
      yield {
        text: with_(at, `${start}'${value.slice(1, -1)}'`),
        why: 'In double quotation marks, a backslash begins an escape sequence.',
      };
    const why = /^["']/.test(value)
      ? 'The quotation marks around the text do not match.'
      : /^[“”„‘’«»]/.test(value)
        ? 'In YAML, curly quotation marks are part of the text and do not enclose it.'
        : /^[@`%&*!|>{[\]},#]/.test(value)
          ? `Text that begins with ${value[0]} needs quotation marks.`
          : /:(?:\s|$)/.test(value)
            ? 'Text with a colon needs quotation marks.'
            : 'This text needs quotation marks.';
    const isList = /^\[.*\]$/.test(value);
    if (isList) {
      const items = value
        .slice(1, -1)
        .split(/\s*,\s*/)
        .filter(Boolean)
        .map((item) => doubleQuoted(unquoted(item)));
      yield {
        text: with_(at, `${start}[${items.join(', ')}]`),
        why: 'One of the texts in this list needs quotation marks.',
      };
    }
    if (/^-\s+\S/.test(value) && listKey.test(start)) {
      const items = value.split(/(?:^|\s+)-\s+/).filter(Boolean);
      yield {
        text: with_(at, `${start}[${items.map((item) => yamlScalar(unquoted(item), true)).join(', ')}]`),
        why: 'A list on the same line as its key must be in brackets.',
      };
    }
    // "Foo" and more: the quotation marks are part of the text.
    if (/^(["']).+\1.+$/.test(value) && last !== value[0]) yield { text: with_(at, start + doubleQuoted(value)), why };
    yield { text: with_(at, start + doubleQuoted(unquoted(value))), why };
    yield { text: with_(at, start + doubleQuoted(value)), why };
  }
  // A duplicate key. The later one is removed, with everything nested below it.
  const key = /^(\s*)(["']?[^\s:]+["']?)\s*:/.exec(text);
  if (key && lines.slice(0, at).some((other) => other.startsWith(`${key[1]}${key[2]}:`))) {
    let end = at + 1;
    while (end < lines.length && /^\s/.test(lines[end]!.slice(key[1]!.length))) end++;
    yield {
      text: lines.toSpliced(at, end - at).join('\n'),
      why: `The key ${key[2]} appears twice. Keep only one.`,
    };
  }
  // Wrong indentation.
  const bare = text.trimStart();
  if (bare !== '') {
    const indents = new Set(
      [lines[at - 1], lines[at - 2], lines[at + 1]].map((other) => /^[ ]*/.exec(other ?? '')![0].length),
    );
    const own = text.length - bare.length;
    for (const indent of [...indents, 0, ...[...indents].map((other) => other + 2)])
      if (indent !== own)
        yield {
          text: with_(at, ' '.repeat(indent) + bare),
          why: `This line begins with ${own === 1 ? '1 space' : `${own} spaces`}, and YAML expects ${indent === 0 ? 'none' : indent}.`,
        };
    const above = lines[at - 1];
    if (above !== undefined && /:\s+\S/.test(above)) {
      const [, head, tail] = /^(\s*[^:]+:\s+)(.*)$/.exec(above) ?? [];
      if (head !== undefined)
        yield {
          text: lines.toSpliced(at - 1, 2, head + doubleQuoted(`${unquoted(tail ?? '')} ${unquoted(bare)}`)).join('\n'),
          why: 'Text that continues on the next line needs quotation marks.',
        };
    }
    // A line of the text that begins with a number sign.
    const [, head, tail] = /^(\s*[^:]+:\s+)(.*)$/.exec(lines[at - 2] ?? '') ?? [];
    if (head !== undefined && above !== undefined && /^\s+#/.test(above))
      yield {
        text: lines
          .toSpliced(at - 2, 3, head + doubleQuoted(`${unquoted(tail ?? '')} ${above.trim()} ${unquoted(bare)}`))
          .join('\n'),
        why: 'In YAML, a line that begins with # is a comment, so the text ends before it. Put the text in quotation marks to keep the line.',
      };
  }
}

const listKey = /^\s*(?:topics|byline|aliases|related|corrections|sections|navigation|stories|links|layout):/;
