import type { Problem } from '../problems/problem.ts';

/** A content file, split into its YAML and what follows. */
export interface Source {
  /** The data in the file's YAML, unchecked, or {} if it has none. */
  data: unknown;
  yaml: string;
  /** The line of the file on which the YAML begins. */
  yamlLine: number;
  body: string;
  /** The line of the file on which the body begins. */
  bodyLine: number;
  /** The characters that were removed because pages cannot contain them. It is empty for nearly every file. */
  warnings: Problem[];
}
