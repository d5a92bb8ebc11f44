import * as z from 'zod';

/* `wire` in site.yaml, and in the front matter of a story. */

export const siteWireSchema = z
  .boolean()
  .optional()
  .describe(
    'If true, each story is also at `index.ninjs.json` beside its page, as data that another newsroom can republish (ninjs 3.1), and `/wire/2025/02/12.json` lists the stories of a day ([docs/wire.md](wire.md)).',
  );

export const storyWireSchema = z
  .boolean()
  .optional()
  .describe('`false` keeps the story off the wire, if the site has one ([docs/wire.md](wire.md)).');
