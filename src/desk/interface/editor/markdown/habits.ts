import type { Root } from 'mdast';
import type { Markdown } from './tree.ts';

/** How a file is written where Markdown leaves a choice, so that new blocks look like its others. */
export interface Habits {
  bullet: '-' | '*' | '+';
  bulletOther: '-' | '*' | '+';
  bulletOrdered: '.' | ')';
  emphasis: '*' | '_';
  strong: '*' | '_';
  rule: RuleSign;
  fence: '`' | '~';
  incrementListMarker: boolean;
  listItemIndent: 'one' | 'tab' | 'mixed';
  hardBreak: 'backslash' | 'spaces';
}

type RuleSign = '-' | '*' | '_';
const dash: RuleSign = '-';

/** Reads the habits from the first construct of each kind. */
export function habitsOf(source: string, root: Root): Habits {
  const found: Partial<Habits> = {};
  const visit = (node: Markdown): void => {
    const at = node.position?.start.offset ?? 0;
    const char = source[at] ?? '';
    if (node.type === 'list' && node.children?.[0]) {
      const [first, second] = node.children;
      const marker = /^(?:([-*+])|\d+([.)]))/.exec(source.slice(first.position?.start.offset ?? at));
      if (marker?.[1]) found.bullet ??= marker[1] as Habits['bullet'];
      if (marker?.[2]) {
        found.bulletOrdered ??= marker[2] as Habits['bulletOrdered'];
        const numbers = [first, second].map((item) => Number.parseInt(source.slice(item?.position?.start.offset), 10));
        if (second) found.incrementListMarker ??= numbers[0] !== numbers[1];
      }
    } else if (node.type === 'emphasis' && (char === '*' || char === '_')) found.emphasis ??= char;
    else if (node.type === 'strong' && (char === '*' || char === '_')) found.strong ??= char;
    else if (node.type === 'thematicBreak' && (char === '*' || char === '_' || char === '-')) found.rule ??= char;
    else if (node.type === 'code' && (char === '`' || char === '~')) found.fence ??= char;
    else if (node.type === 'break') found.hardBreak ??= char === '\\' ? 'backslash' : 'spaces';
    for (const child of node.children ?? []) visit(child);
  };
  visit(root as Markdown);
  const bullet = found.bullet ?? '-';
  return {
    bulletOrdered: '.',
    emphasis: '*',
    strong: '*',
    rule: dash,
    fence: '`',
    incrementListMarker: true,
    listItemIndent: 'one',
    hardBreak: 'backslash',
    ...found,
    bullet,
    bulletOther: bullet === '*' ? '-' : '*',
  };
}
