import type { IndexHandle } from './handle.ts';

/** The aliases of everything public: owner, source, and target. */
export const aliasTargets = `
  SELECT alias.owner, alias.source, own.address AS target, alias.hasPage FROM
    (SELECT address AS source, owner, 1 AS hasPage FROM address WHERE kind = 'alias'
      UNION ALL SELECT source, owner, 0 AS hasPage FROM redirect) AS alias
  JOIN address AS own ON own.owner = alias.owner AND own.kind IN ('story', 'page')
  LEFT JOIN story ON alias.owner = 'story/' || story.id
  WHERE (story.id IS NULL OR story.isPublic = 1)`;

/** The target of an alias. */
export function aliasOf(index: IndexHandle, address: string): string | undefined {
  return (index.sql(`${aliasTargets} AND alias.source = ?`).get(address) as { target: string } | undefined)?.target;
}
