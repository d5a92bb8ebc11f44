/**
 * Runs work that reports its steps, and returns them as they come, followed by what it returns.
 *
 * The work goes on if nobody reads any more: a publish that has begun is finished.
 */
export async function* stepsOf<Step, Last>(
  work: (onStep: (step: Step) => void) => Promise<Last>,
): AsyncGenerator<Step | Last> {
  const waiting: (Step | Last)[] = [];
  let wake = () => {};
  let isOver = false;
  let fault: { error: unknown } | undefined;
  const add = (step: Step | Last) => {
    waiting.push(step);
    wake();
  };
  work(add)
    .then(add, (error: unknown) => {
      fault = { error };
    })
    .finally(() => {
      isOver = true;
      wake();
    });
  for (;;) {
    const next = waiting.shift();
    if (next !== undefined) yield next;
    else if (isOver) break;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
  if (fault) throw fault.error;
}
