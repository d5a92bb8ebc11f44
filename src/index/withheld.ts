import { foldAddress } from '../site/address.ts';
import type { Card } from '../story/card.ts';
import type { IndexHandle } from './handle.ts';
import { tables } from './tables.ts';

/** A story whose text readers must not see, although they may have seen it before. */
export interface WithheldStory {
  id: string;
  headline: string;
  address: string;
  /** Its old addresses. */
  aliases: string[];
  /** `deleted` if the newsroom has no file for it any more. */
  why: 'withdrawn' | 'draft' | 'scheduled' | 'deleted';
}

/** Whether an index was written by this version, so that its tables can be read. */
export function hasOurTables(index: IndexHandle): boolean {
  const { user_version: version } = index.sql('PRAGMA user_version').get() as { user_version: number };
  return version === tables.version;
}

/** Every withdrawn, hidden, and scheduled story, by id. */
export function withheldStories(index: IndexHandle): WithheldStory[] {
  const { sql } = index;
  const rows = sql("SELECT id, state, card FROM story WHERE state <> 'ready' OR isPublic = 0 ORDER BY id").all() as {
    id: string;
    state: string;
    card: string;
  }[];
  const ownerOf = sql('SELECT owner FROM address WHERE fold = ?');
  const aliasesOf = sql(
    "SELECT address FROM address WHERE owner = ?1 AND kind = 'alias' UNION SELECT source FROM redirect WHERE owner = ?1",
  );
  return rows.flatMap(({ id, state, card }) => {
    const { address, headline } = JSON.parse(card) as Card;
    // A draft does not claim its address, so a public story can have the same.
    const owner = (ownerOf.get(foldAddress(address)) as { owner: string } | undefined)?.owner;
    if (owner !== undefined && owner !== `story/${id}`) return [];
    const aliases = (aliasesOf.all(`story/${id}`) as { address: string }[]).map((row) => row.address);
    const why = state === 'withdrawn' || state === 'draft' ? state : 'scheduled';
    return [{ id, headline, address, aliases, why }];
  });
}

/** Every address that the newsroom has, folded, and every old one that leads to another. */
export function knownAddresses(index: IndexHandle): Set<string> {
  const rows = index.sql('SELECT fold FROM address UNION SELECT source FROM redirect').all() as { fold: string }[];
  return new Set(rows.map(({ fold }) => fold));
}
