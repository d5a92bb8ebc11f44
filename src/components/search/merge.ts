import type { Hit } from './shards.ts';

/** The results of several shards of one year as one list. Only what is shown is loaded. */
export class Merged {
  readonly #lists: Hit[][];
  readonly #isByDate: boolean;
  readonly total: number;

  /** @param lists each in its order */
  constructor(lists: Hit[][], isByDate: boolean) {
    this.#lists = lists.map((list) => [...list]);
    this.#isByDate = isByDate;
    this.total = lists.reduce((sum, list) => sum + list.length, 0);
  }

  /** The next result, or undefined after the last one. */
  async next(): Promise<Hit | undefined> {
    const open = this.#lists.filter((list) => list.length > 0);
    if (open.length < 2) return open[0]?.shift();
    const keys = await Promise.all(
      open.map(async ([first]) => (this.#isByDate ? dateOf((await first!.data()).raw_url) : first!.score)),
    );
    let best = 0;
    for (let at = 1; at < keys.length; at++) if (keys[at]! > keys[best]!) best = at;
    return open[best]!.shift();
  }
}

const dateOf = (url: string): number => {
  const [, iso = ''] = /%22iso%22%3A%22(.*?)%22/.exec(url) ?? [];
  return Date.parse(decodeURIComponent(iso)) || 0;
};
