/** What became of an address of a picture or document that is not in the archive. */
export interface FetchLine {
  address: string;
  /** `kept` was downloaded by an earlier import. `wanted` would be downloaded if this were not a dry run. */
  state: 'fetched' | 'kept' | 'wanted' | 'failed' | 'refused';
  bytes?: number;
  reason?: string;
}

/** In the words of the pages of the receipt. */
export const fetchedWords: Record<FetchLine['state'], string> = {
  fetched: 'downloaded',
  kept: 'downloaded by an earlier import',
  wanted: 'would be downloaded',
  failed: 'could not be downloaded',
  refused: 'was not requested',
};

/** What became of files that are not in the archive, as lists for the summary, each with its title. */
export function fetchedLists(lines: readonly FetchLine[]): [title: string, entries: string[]][] {
  const of = (state: FetchLine['state']) => lines.filter((line) => line.state === state);
  const [fetched, kept] = [of('fetched'), of('kept')];
  const megabytes = (fetched.reduce((sum, { bytes = 0 }) => sum + bytes, 0) / 1e6).toFixed(1);
  const withReason = (state: FetchLine['state']) => of(state).map(({ address, reason }) => `${address}: ${reason}`);
  const counts =
    lines.length === 0
      ? []
      : [`${fetched.length} downloaded (${megabytes} MB), ${kept.length} there from an earlier import`];
  return [
    ['Pictures and documents that are not in the archive', counts],
    ['Would be downloaded', of('wanted').map(({ address }) => address)],
    ['Could not be downloaded', withReason('failed')],
    ['Not requested', withReason('refused')],
  ];
}
