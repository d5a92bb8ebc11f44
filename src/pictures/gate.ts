/**
 * A gate that lets so many pieces of work run at once; the others wait in the order they came.
 *
 * @param places at least 1
 */
export function gate(places: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await work();
    } finally {
      // The place goes straight to the next, so that nobody who comes now overtakes.
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
