/** A run of the same, the removed, or the added. */
export interface Run<Item> {
  kind: 'same' | 'removed' | 'added';
  items: Item[];
}

/** More differences than this are shown as "all of it changed", so that a long text never blocks the page. */
const stepsMax = 1500;

/** What differs between two lists: the shortest script, as Myers describes it. */
export function differences<Item>(before: readonly Item[], after: readonly Item[]): Run<Item>[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1;
  const middle = script(before.slice(start, before.length - end), after.slice(start, after.length - end));
  return joined([
    { kind: 'same', items: before.slice(0, start) },
    ...middle,
    { kind: 'same', items: before.slice(before.length - end) },
  ]);
}

function script<Item>(a: Item[], b: Item[]): Run<Item>[] {
  const whole: Run<Item>[] = [
    { kind: 'removed', items: a },
    { kind: 'added', items: b },
  ];
  if (a.length === 0 || b.length === 0) return whole;
  // furthest[k] is how far into `a` the best path on the diagonal k has come.
  let furthest = new Map<number, number>([[1, 0]]);
  const history: Map<number, number>[] = [];
  for (let steps = 0; steps <= Math.min(a.length + b.length, stepsMax); steps += 1) {
    history.push(new Map(furthest));
    for (let k = -steps; k <= steps; k += 2) {
      const isDown = k === -steps || (k !== steps && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
      let x = isDown ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return backwards(a, b, history);
    }
    furthest = new Map(furthest);
  }
  return whole;
}

function backwards<Item>(a: Item[], b: Item[], history: Map<number, number>[]): Run<Item>[] {
  const runs: Run<Item>[] = [];
  let x = a.length;
  let y = b.length;
  for (let steps = history.length - 1; steps >= 0; steps -= 1) {
    const furthest = history[steps]!;
    const k = x - y;
    const isDown = k === -steps || (k !== steps && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
    const fromK = isDown ? k + 1 : k - 1;
    const fromX = furthest.get(fromK) ?? 0;
    const fromY = fromX - fromK;
    while (x > Math.max(fromX, 0) && y > Math.max(fromY, 0)) {
      x -= 1;
      y -= 1;
      runs.unshift({ kind: 'same', items: [a[x]!] });
    }
    if (steps === 0) break;
    if (isDown) {
      y -= 1;
      runs.unshift({ kind: 'added', items: [b[y]!] });
    } else {
      x -= 1;
      runs.unshift({ kind: 'removed', items: [a[x]!] });
    }
  }
  return runs;
}

function joined<Item>(runs: Run<Item>[]): Run<Item>[] {
  const out: Run<Item>[] = [];
  for (const run of runs) {
    if (run.items.length === 0) continue;
    const last = out.at(-1);
    if (last?.kind === run.kind) last.items.push(...run.items);
    else out.push({ kind: run.kind, items: [...run.items] });
  }
  return out;
}

/** The words of a text, each with the space after it, so that joining them gives the text again. */
export const wordsOf = (text: string): string[] => text.match(/\s*[^\s]+\s*$|\s*[^\s]+(?:[ \t]+)?|\s+/g) ?? [];
