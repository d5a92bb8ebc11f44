/** What became of a document or full-size picture of the old site that a story links to. */
export interface DocumentLine {
  /** Its old address, decoded. */
  address: string;
  /**
   * `public` is in `public/` at its old address. `beside` is in the folder of its story, which publishes it and withdraws
   * it. `missing` is not in the archive, and `refused` is, but does not come along.
   */
  state: 'public' | 'beside' | 'missing' | 'refused';
  /** The first item that links to it. */
  file: string;
  /** The file in the newsroom. */
  to?: string;
  bytes?: number;
  /** The newsroom had the file already. */
  isUnchanged?: true;
  /** Why it is not at its old address. */
  reason?: string;
}

/** In the words of the pages of the receipt. */
export const documentWords: Record<DocumentLine['state'], string> = {
  public: 'came along to its old address',
  beside: 'came along beside its story',
  missing: 'is not in the archive',
  refused: 'did not come along',
};

/** What became of documents, as lists for the summary, each with its title. */
export function documentLists(lines: readonly DocumentLine[]): [title: string, entries: string[]][] {
  const of = (state: DocumentLine['state']) => lines.filter((line) => line.state === state);
  const came = [...of('public'), ...of('beside')];
  const megabytes = (came.reduce((sum, { bytes = 0 }) => sum + bytes, 0) / 1e6).toFixed(1);
  const unchanged = came.filter(({ isUnchanged }) => isUnchanged).length;
  const counts =
    lines.length === 0
      ? []
      : [
          `${of('public').length} in public/ at their old address, ${of('beside').length} beside their story (${megabytes} MB together, ${unchanged} unchanged)`,
          `${of('missing').length} not in the archive, ${of('refused').length} left behind; their links lead to the old site`,
        ];
  const withReason = ({ address, file, reason }: DocumentLine): string =>
    `${address} (${file})${reason === undefined ? '' : `: ${reason}`}`;
  return [
    ['Documents and full-size pictures', counts],
    ['Documents beside their story', of('beside').map(({ address, to, reason }) => `${address} → ${to}: ${reason}`)],
    ['Documents that are not in the archive', of('missing').map(withReason)],
    ['Documents that did not come along', of('refused').map(withReason)],
  ];
}
