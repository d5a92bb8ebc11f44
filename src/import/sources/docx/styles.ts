import { roleOfStyle, type StyleRole } from '../markup/style-role.ts';

interface Node {
  type?: string;
  styleId?: string | null;
  styleName?: string | null;
  numbering?: unknown;
  children?: Node[];
  value?: string;
}

const listLevels = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const deepLists = listLevels.slice(5).flatMap((level) => {
  const above = `${'ul|ol > li > '.repeat(level - 1)}`;
  return [`p:unordered-list(${level}) => ${above}ul > li:fresh`, `p:ordered-list(${level}) => ${above}ol > li:fresh`];
});

/** How mammoth prints the roles that `setRoles` has put in the place of style names. */
export const styleMap = [
  ...['title', 'standfirst', 'kicker', 'byline', 'dateline', 'caption', 'credit'].map(
    (role) => `p[style-name='bs-${role}'] => p.bs-${role}:fresh`,
  ),
  "p[style-name='bs-pull'] => blockquote.bs-pull > p:fresh",
  "p[style-name='bs-quote'] => blockquote > p:fresh",
  "p[style-name='bs-code'] => pre:separator('\\n')",
  "p[style-name='bs-contents'] => p > span.bs-contents:fresh",
  ...[1, 2, 3, 4, 5, 6].map((level) => `p[style-name='bs-heading-${level}'] => h${level}:fresh`),
  "r[style-name='Emphasis'] => em",
  "r[style-name='Intense Emphasis'] => strong > em",
  "r[style-name='Subtle Emphasis'] => em",
  ...deepLists,
];

/** Gives each paragraph the name of its role in place of the name of its style. */
export function setRoles(document: unknown, styles: ReadonlyMap<string, StyleRole>): unknown {
  return visit(document as Node);

  function visit(node: Node): Node {
    const children = node.children?.map(visit);
    const seen = children === undefined ? node : { ...node, children };
    if (node.type !== 'paragraph') return seen;
    const role =
      (node.styleId ? styles.get(node.styleId) : undefined) ??
      roleOfStyle(node.styleName ?? '') ??
      roleOfStyle(node.styleId ?? '');
    if (role === undefined || role === 'list') return seen;
    // A numbered heading is a heading, and a caption in a list is an item.
    const isHeading = typeof role === 'object';
    return {
      ...seen,
      styleId: null,
      styleName: isHeading ? `bs-heading-${role.heading}` : `bs-${role}`,
      ...(isHeading || role === 'title' ? { numbering: null } : {}),
    };
  }
}
