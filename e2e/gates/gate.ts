import type { Tool } from '../tools.ts';

/** A finished site as a gate sees it: the files, and the same files over HTTP. */
export interface BuiltSite {
  /** The folder that contains `index.html`, absolute. */
  folder: string;
  /** The address at which the folder is served, such as `http://127.0.0.1:4173`, without a trailing slash. */
  origin: string;
  /** The address at which it will be published: `url` of site.yaml, without a trailing slash. */
  siteUrl: string;
}

/** One thing that a gate does not allow. */
export interface Finding {
  /** The permanent name of the rule, or the checker's own name. */
  rule: string;
  /** The path relative to the folder, with forward slashes. */
  page: string;
  line?: number;
  message: string;
}

/**
 * A check that every page must pass. A gate that finds nothing proves little by itself. So each has a folder of pages
 * in `canary/` that it must report, and it must report nothing about `canary/good`.
 */
export interface Gate {
  name: string;
  /** What must be installed on the machine. Without it, the gate counts as "not run", never as "passed". */
  needs: Tool[];
  check(site: BuiltSite, pages: string[]): Promise<Finding[]>;
}

/** Findings as lines that a terminal makes clickable. Repeated findings are listed once. At most 30 lines. */
export function listed(findings: Finding[]): string {
  const alike = Map.groupBy(findings, ({ page, rule, message }) => `${page}\0${rule}\0${message}`);
  const lines = [...alike.values()].map((group) => {
    const { page, line, rule, message } = group[0]!;
    const place = line === undefined ? page : `${page}:${line}`;
    return `${place}  ${rule}${group.length > 1 ? ` (${group.length} times)` : ''}\n    ${message.slice(0, 200)}`;
  });
  const rest = lines.length > 30 ? [`… and ${lines.length - 30} more`] : [];
  return [...lines.slice(0, 30), ...rest].join('\n');
}
