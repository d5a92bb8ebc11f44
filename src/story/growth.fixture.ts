/*
 * Four times the input takes about four times the time, whatever is repeated. Quadratic time would take sixteen times
 * as long. It measures the CPU time of this process with a generous limit, so that a busy machine does not cause a
 * failure.
 */

/** How often a construct is repeated in the smaller input. */
export const few = 2000;
/** A time that no input of four times this size may exceed, in ms of CPU. Below it, the ratio is not checked. */
const msAllowed = 500;

/** The CPU time of this process for a piece of work, in ms. */
export async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** @param run returns the ms that it took to read an input with `n` repetitions */
export async function growth(run: (n: number) => Promise<number>): Promise<{ isLinear: boolean; ms: number[] }> {
  const ms = [await run(few * 4)];
  if (ms[0]! <= msAllowed) return { isLinear: true, ms };
  // A pause of the machine is not growth, so the better of two runs counts.
  const small = Math.min(await run(few), await run(few));
  const large = Math.min(ms[0]!, await run(few * 4));
  return { isLinear: large <= msAllowed || large / small < 9, ms: [small, large] };
}
