/** A range of the old text, and the range of the new text that took its place. */
export interface Hunk {
  from: number;
  to: number;
  nowFrom: number;
  nowTo: number;
}

/** The least that two texts must have in common between two edits, so that what is between them keeps its bytes. */
const commonMin = 4;

/** Where two rows of keys differ: the longest part that both have stays, then the same before it and after it. */
export function hunksOf(old: readonly string[], now: readonly string[]): Hunk[] {
  return between(old, now, { from: 0, to: old.length, nowFrom: 0, nowTo: now.length });
}

function between(old: readonly string[], now: readonly string[], whole: Hunk): Hunk[] {
  const hunk = { ...whole };
  while (hunk.from < hunk.to && hunk.nowFrom < hunk.nowTo && old[hunk.from] === now[hunk.nowFrom]) {
    hunk.from++;
    hunk.nowFrom++;
  }
  while (hunk.from < hunk.to && hunk.nowFrom < hunk.nowTo && old[hunk.to - 1] === now[hunk.nowTo - 1]) {
    hunk.to--;
    hunk.nowTo--;
  }
  if (hunk.from === hunk.to && hunk.nowFrom === hunk.nowTo) return [];
  const common = longestCommon(old, now, hunk);
  if (!common) return [hunk];
  return [
    ...between(old, now, { from: hunk.from, to: common.at, nowFrom: hunk.nowFrom, nowTo: common.nowAt }),
    ...between(old, now, {
      from: common.at + common.length,
      to: hunk.to,
      nowFrom: common.nowAt + common.length,
      nowTo: hunk.nowTo,
    }),
  ];
}

function longestCommon(old: readonly string[], now: readonly string[], { from, to, nowFrom, nowTo }: Hunk) {
  const places = new Map<string, number>();
  for (let at = from; at + commonMin <= to; at++) {
    const key = old.slice(at, at + commonMin).join('\0');
    if (!places.has(key)) places.set(key, at);
  }
  let best: { at: number; nowAt: number; length: number } | undefined;
  for (let nowAt = nowFrom; nowAt + commonMin <= nowTo; nowAt++) {
    const at = places.get(now.slice(nowAt, nowAt + commonMin).join('\0'));
    if (at === undefined) continue;
    let length = commonMin;
    while (at + length < to && nowAt + length < nowTo && old[at + length] === now[nowAt + length]) length++;
    if (!best || length > best.length) best = { at, nowAt, length };
    nowAt += length - commonMin;
  }
  return best;
}
