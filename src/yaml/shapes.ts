import type { ZodType } from 'zod';
import type { Mistake, Shapes } from './cures/cure-data.ts';

/* What a schema can have at each place, and what it rejected there. */

/** A mistake with its message. */
export interface Issue extends Mistake {
  message: string;
  errors?: Issue[][];
}

/** The mistakes of data, each about the kind of value that was meant. */
export const mistakesOf = (issues: Issue[], data: unknown): Issue[] =>
  issues.flatMap((found) => meantIssues(found, data));

/** The keys that a schema has at each path. */
export const shapesOf = (schema: ZodType): Shapes => ({
  mistakes: (data) => {
    const checked = schema.safeParse(data);
    return checked.success ? [] : mistakesOf(checked.error.issues as Issue[], data);
  },
  keys: (path) => Object.keys(shapeAt(schema, path)),
  needed: (path) =>
    Object.entries(shapeAt(schema, path)).flatMap(([key, inner]) =>
      (inner as ZodType).safeParse(undefined).success ? [] : [key],
    ),
});

/** If a value can be either text or a group of keys, the message is about the kind that was written. */
function meantIssues(issue: Issue, data: unknown): Issue[] {
  if (issue.code !== 'invalid_union' || !issue.errors) return [issue];
  const isOtherKind = (issues: Issue[]) =>
    issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0);
  const meant = issue.errors.find((issues) => !isOtherKind(issues)) ?? issue.errors[0] ?? [];
  return meant.flatMap((inner) => meantIssues({ ...inner, path: [...issue.path, ...inner.path] }, data));
}

interface WithShape {
  shape?: Record<string, unknown>;
  _zod?: { def: { innerType?: unknown; element?: unknown; valueType?: unknown; options?: unknown[] } };
}

function shapeAt(schema: unknown, path: readonly (string | number)[]): Record<string, unknown> {
  let at = schema as WithShape | undefined;
  const inside = (): void => {
    while (at && !at.shape && at._zod?.def.innerType) at = at._zod.def.innerType as WithShape;
    if (at && !at.shape && at._zod?.def.options)
      at = (at._zod.def.options as WithShape[]).find((option) => option.shape) ?? at;
  };
  for (const key of path) {
    inside();
    if (at?.shape) at = at.shape[String(key)] as WithShape | undefined;
    else at = (at?._zod?.def.element ?? at?._zod?.def.valueType) as WithShape | undefined;
  }
  inside();
  return at?.shape ?? {};
}
