import * as z from 'zod';
import type { Change, FieldEdit, FieldValue } from '../document/edits.ts';
import { textBytesMax } from './api.ts';

/* The shapes of what the interface sends. */

export const pathSchema = z.string().min(1).max(1000);

const text = z
  .string()
  .refine(
    (value) => value.length <= textBytesMax && Buffer.byteLength(value) <= textBytesMax,
    `a text can have up to ${textBytesMax / 1_000_000} MB`,
  );
const way = z.array(z.union([z.string(), z.number().int().min(0)])).max(50);
const value = z.json() as z.ZodType<FieldValue>;
const edit = z.union([
  z.strictObject({ path: way, move: z.strictObject({ from: z.number().int(), to: z.number().int() }) }),
  z.strictObject({ path: way, key: z.string() }),
  z.strictObject({ path: way, insert: value }),
  z.strictObject({ path: way, value: value.optional() }),
]) as z.ZodType<FieldEdit>;

export const changeSchema = z.strictObject({
  edits: z.array(edit).max(10_000).optional(),
  body: text.optional(),
  text: text.optional(),
}) as z.ZodType<Change>;
