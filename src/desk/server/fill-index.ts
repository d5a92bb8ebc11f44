import { openDevIndex } from '../../dev/dev-index.ts';

/*
 * Ingests a whole newsroom into the index of the desk, in a process of its own: this takes seconds in a large newsroom,
 * and memory that the desk itself never needs again. It sends the problems to the process that started it.
 */

const [options] = process.argv.slice(2);
if (options !== undefined && process.send) {
  const { site, file, cache, now } = JSON.parse(options) as { site: string; file: string; cache: string; now: number };
  const index = openDevIndex({
    site,
    file,
    cache,
    now: () => now,
    clock: () => Date.now(),
    showsHidden: true,
    leavesOutBroken: true,
  });
  const problems = await index.refresh();
  index.close();
  process.send(problems, () => process.disconnect());
}
