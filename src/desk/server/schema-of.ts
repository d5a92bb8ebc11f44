import type { ZodType } from 'zod';
import { authorSchema, pageSchema, seriesSchema, sidecarSchema, topicsSchema } from '../../newsroom/schema.ts';
import { frontSchema } from '../../site/front.ts';
import { siteSchema } from '../../site/site.ts';
import { frontMatterSchema } from '../../story/schema.ts';
import type { FileKind } from '../stories/kinds.ts';

const schemas: Partial<Record<FileKind, ZodType>> = {
  story: frontMatterSchema,
  page: pageSchema,
  author: authorSchema,
  topic: topicsSchema,
  series: seriesSchema,
  site: siteSchema,
  front: frontSchema,
  picture: sidecarSchema,
};

/** The schema of a kind of file, which says where a new key belongs. */
export const schemaOf = (kind: FileKind): ZodType | undefined => schemas[kind];
