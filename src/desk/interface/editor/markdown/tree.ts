import type { Nodes } from 'mdast';

/** Whatever remark reads, including JSX. Types are checked where a node is read. */
export type Markdown = Nodes & { children?: Markdown[] };
