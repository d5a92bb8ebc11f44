import { memoryTarget } from './memory-target.fixture.ts';
import { promisesOfTargets } from './target-contract.fixture.ts';

promisesOfTargets('memory', async () => {
  const stored = new Map();
  const target = memoryTarget({}, stored);
  return {
    open: () => target,
    readable: async () => target.files(),
    change: async (path, text) => target.change(path, text),
    close: async () => {},
  };
});
