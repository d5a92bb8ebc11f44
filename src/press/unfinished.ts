import type { IndexHandle } from '../index/handle.ts';
import { fileOfAddress, isSearchIndex } from '../site/address.ts';
import { forgetFileInDist } from './dist-record.ts';

/**
 * The work that a killed publish left in the queue may or may not have been done, so nothing is known about those
 * files. Otherwise a page whose output matches the record would not be written, although the file may be different.
 * Call it inside a transaction.
 */
export function distrustUnfinished(index: IndexHandle): void {
  const { sql } = index;
  for (const { address } of sql('SELECT address FROM todo').all() as { address: string }[])
    if (address.startsWith('/') && !isSearchIndex(address)) forgetFileInDist(index, fileOfAddress(address));
    else if (address.startsWith('file:')) forgetFileInDist(index, address.slice('file:'.length));
    else {
      if (address.startsWith('/')) forgetFileInDist(index, fileOfAddress(address));
      for (const { file } of sql('SELECT file FROM asset WHERE source = ?').all(address) as { file: string }[])
        forgetFileInDist(index, file);
    }
}
