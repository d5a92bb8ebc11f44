import { escapeText } from '../../../site/markup.ts';
import type { Block } from '../arrange/block.ts';

const wrapWidthMax = 100;
const wrapWidthMin = 40;

/**
 * Cuts plain text into paragraphs, lists, and rules. An empty line always ends a paragraph. A line break does not if
 * the text is wrapped at a fixed width, as in e-mail.
 *
 * @param text with `\n` as line ends
 */
export function textToBlocks(text: string): Block[] {
  const lines = unquoteMail(text.replace(/[\u2029\f]/g, '\n\n').split('\n')).map((line) =>
    line.replace(/[\u00a0\u202f\t]/g, ' ').replace(/[\u200b\ufeff]/g, ''),
  );
  const hasEmptyLines = lines.some((line, index) => line.trim() === '' && index > 0 && index < lines.length - 1);
  const width = wrapWidth(lines);
  const blocks: Block[] = [];
  let group: string[] = [];
  const endGroup = () => {
    if (group.length > 0) blocks.push(...groupToBlocks(unwrap(group, width), hasEmptyLines));
    group = [];
  };
  for (const line of lines) {
    if (line.trim() === '') endGroup();
    else group.push(line);
  }
  endGroup();
  return joinLists(blocks);
}

const bullet = /^\s*(?:[•·▪▸►‣◦●○*∙]|-(?=\s))\s*(?=\S)/u;
const numbered = /^\s*(\d{1,3})[.)]\s+(?=\S)/;
const rule = /^\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|(?:~\s*){3,}|⁂|\* ?\* ?\*)\s*$/;

function groupToBlocks(lines: readonly string[], hasEmptyLines: boolean): Block[] {
  const blocks: Block[] = [];
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (rule.test(line)) {
      // A row of signs below a line makes that line a heading.
      blocks.push({ kind: 'rule', text: '', html: '<hr>' });
      continue;
    }
    const before = blocks.at(-1);
    if (/^={3,}$/.test(line) && before?.kind === 'paragraph') {
      blocks[blocks.length - 1] = { ...before, kind: 'heading', level: 1, html: `<h1>${escapeText(before.text)}</h1>` };
      continue;
    }
    if (bullet.test(raw) || numbered.test(raw)) {
      const number = numbered.exec(raw)?.[1];
      blocks.push(itemBlock(line.replace(number === undefined ? bullet : numbered, ''), number, line));
      continue;
    }
    blocks.push({
      kind: 'paragraph',
      text: line.replace(/[\v\u2028]/g, ' ').replace(/\s+/g, ' '),
      html: `<p>${line
        .split(/[\v\u2028]/)
        .map((part) => escapeText(part.replace(/\s+/g, ' ').trim()))
        .join('<br>')}</p>`,
      ...(hasEmptyLines ? { isTight: index < lines.length - 1 } : {}),
    });
  }
  return blocks;
}

interface ItemBlock extends Block {
  number?: string;
  raw: string;
}

const itemBlock = (text: string, number: string | undefined, raw: string): ItemBlock => ({
  kind: 'list',
  text: text.replace(/\s+/g, ' '),
  html: '',
  items: [text.replace(/\s+/g, ' ')],
  raw,
  ...(number === undefined ? {} : { number }),
});

/** Items that follow each other are one list. A number alone, or a dash alone, begins a paragraph. */
function joinLists(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index];
    if (block === undefined) continue;
    if (!isItem(block)) {
      joined.push(block);
      continue;
    }
    const run: ItemBlock[] = [block];
    for (let next = blocks[index + 1]; next !== undefined && isItem(next); next = blocks[index + run.length]) {
      if ((next.number === undefined) !== (block.number === undefined)) break;
      if (next.number !== undefined && Number(next.number) !== Number(block.number) + run.length) break;
      run.push(next);
    }
    index += run.length - 1;
    const isList =
      block.number === undefined
        ? run.length > 1 || /^\s*[•▪●]/u.test(block.raw)
        : run.length > 1 && block.number === '1';
    if (!isList) {
      for (const { raw } of run)
        joined.push({
          kind: 'paragraph',
          text: raw.replace(/\s+/g, ' '),
          html: `<p>${escapeText(raw.replace(/\s+/g, ' '))}</p>`,
        });
      continue;
    }
    const items = run.flatMap((item) => item.items ?? []);
    const tag = block.number === undefined ? 'ul' : 'ol';
    joined.push({
      kind: 'list',
      text: items.join(' '),
      items,
      html: `<${tag}>${items.map((item) => `<li>${escapeText(item)}</li>`).join('')}</${tag}>`,
    });
  }
  return joined;
}

const isItem = (block: Block): block is ItemBlock => 'raw' in block;

/** The width at which a text is wrapped, or undefined if its lines are paragraphs. */
function wrapWidth(lines: readonly string[]): number | undefined {
  let longest = 0;
  let full = 0;
  let pairs = 0;
  for (const line of lines) if (line.trimEnd().length > longest) longest = line.trimEnd().length;
  if (longest > wrapWidthMax || longest < wrapWidthMin) return undefined;
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1]?.trim();
    // A short line ends a paragraph, or is one of its own.
    if (line.trim().length < longest * 0.7 || next === undefined || next === '') continue;
    pairs++;
    if (isFull(line, next, longest)) full++;
  }
  return pairs >= 2 && full / pairs >= 0.75 ? longest : undefined;
}

/** Whether the first word of the next line had no room. */
const isFull = (line: string, next: string, width: number): boolean =>
  line.trimEnd().length + 1 + (/^\S+/.exec(next.trim())?.[0].length ?? 0) > width - 4;

function unwrap(lines: readonly string[], width: number | undefined): string[] {
  const joined: string[] = [];
  let canGoOn = false;
  for (const [index, line] of lines.entries()) {
    const last = joined.at(-1);
    const isItem = bullet.test(line) || numbered.test(line);
    if (last !== undefined && canGoOn && !isItem && !rule.test(line)) joined[joined.length - 1] = join(last, line);
    else joined.push(line);
    const next = lines[index + 1] ?? '';
    // "format=flowed" marks a soft line break with a space at the end of the line.
    canGoOn = width !== undefined && (isFull(line, next, width) || (/\S $/.test(line) && line.length > wrapWidthMin));
  }
  return joined;
}

/** "har-" and "bour" are one word only if the dash is a soft hyphen. */
const join = (before: string, after: string): string =>
  before.trimEnd().endsWith('\u00ad')
    ? before.trimEnd().slice(0, -1) + after.trim()
    : `${before.trimEnd()} ${after.trim()}`;

/** A forwarded e-mail has `>` before each line. */
function unquoteMail(lines: readonly string[]): string[] {
  const full = lines.filter((line) => line.trim() !== '');
  return full.length > 1 && full.every((line) => /^\s*>/.test(line))
    ? unquoteMail(lines.map((line) => line.replace(/^\s*>\s?/, '')))
    : [...lines];
}
