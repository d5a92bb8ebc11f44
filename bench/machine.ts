import { cpus, freemem, loadavg, totalmem } from 'node:os';

/** What the figures depend on, and whether the machine was quiet. */
export const machine = () => ({
  cores: cpus().length,
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  memoryGb: Math.round(totalmem() / 1e9),
  freeGb: Math.round(freemem() / 1e9),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
  /** The number of processes that wanted to run in the minute before. More than 1 is noise. */
  load: Math.round(loadavg()[0]! * 10) / 10,
});
