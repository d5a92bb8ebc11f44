import type { Receipt } from './receipt.ts';
import type { Source } from './source.ts';

/** The receipt of an import that has not done anything yet. */
export const emptyReceipt = (source: Source, options: Receipt['options'] & { source: string }): Receipt => ({
  kind: source.kind,
  source: options.source,
  options: {
    origin: options.origin,
    permalinks: options.permalinks,
    section: options.section,
    dryRun: options.dryRun,
  },
  files: { in: 0, stories: 0, pages: 0, drafts: 0, skipped: 0, written: 0, unchanged: 0 },
  pictures: { copied: 0, unchanged: 0 },
  documents: [],
  shortcodes: [],
  fields: [],
  counts: {},
  changes: [],
  skipped: [],
  drafts: [],
  renamed: [],
  addressesDropped: [],
  redirectsLeft: [],
  authors: { written: [], unchanged: [] },
  others: { used: [], unused: [], generator: 0, private: [], notUnderstood: [], left: [] },
  notes: [],
  stories: [],
});
