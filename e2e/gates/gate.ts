import type { Tool } from '../tools.ts';

/** A finished site as a gate sees it: the files, and the same files over http. */
export interface BuiltSite {
  /** The folder that holds `index.html`, absolute. */
  folder: string;
  /** Where the folder is served, such as `http://127.0.0.1:4173`, without a slash at the end. */
  origin: string;
  /** Where it will stand one day: `url` of site.yaml, without a slash at the end. */
  siteUrl: string;
}

/** One thing that a gate will not let through. */
export interface Finding {
  /** Permanent name of the rule, or the checker's own. */
  rule: string;
  /** Path under the folder, with forward slashes. */
  page: string;
  line?: number;
  message: string;
}

/**
 * A check that every page must pass. A gate that finds nothing proves little by itself: each has a
 * folder of pages in `canary/` that it must report, and must keep silent about `canary/good`.
 */
export interface Gate {
  name: string;
  /** What must be on the machine. Without it the gate is "not run", never "passed". */
  needs: Tool[];
  check(site: BuiltSite, pages: string[]): Promise<Finding[]>;
}

/** Findings as lines that an editor's terminal makes clickable; what is said again and again, once. At most 30. */
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
