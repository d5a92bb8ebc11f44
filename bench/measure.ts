import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One process from its start to its end. */
export interface Measurement {
  /** Wall time of the whole process. */
  seconds: number;
  /** The user and system time of the process and its children, or undefined if this machine does not report it. */
  cpuSeconds?: number;
  /** The peak memory of its largest process in MB (10^6 bytes), or undefined if this machine does not report it. */
  peakMb?: number;
}

export interface Command {
  file: string;
  args: string[];
  cwd: string;
  env?: Record<string, string>;
}

/**
 * Runs a command and measures it: with GNU time if it is installed, otherwise by reading /proc every few milliseconds
 * (which is slightly too low), otherwise by wall time alone.
 *
 * @throws Error with the end of the command's output if it fails
 */
export async function measure(command: Command): Promise<Measurement> {
  const home = mkdtempSync(join(tmpdir(), 'broadsheet-measure-'));
  try {
    return hasGnuTime() ? await withGnuTime(command, join(home, 'time')) : await withProc(command);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const gnuTime = '/usr/bin/time';
/** The `time` of BSD has no such version line. */
const hasGnuTime = (): boolean => existsSync(gnuTime) && readFileSync(gnuTime).includes('GNU');

async function withGnuTime({ file, args, ...rest }: Command, note: string): Promise<Measurement> {
  const seconds = await run({ file: gnuTime, args: ['-o', note, '-f', '%U %S %M', file, ...args], ...rest });
  const [user, system, kib] = readFileSync(note, 'utf8').trim().split('\n').at(-1)!.split(' ').map(Number);
  return { seconds, cpuSeconds: user! + system!, peakMb: (kib! * 1024) / 1e6 };
}

/** Measures like `measure` on a machine without GNU time. */
export async function withProc(command: Command): Promise<Measurement> {
  if (!existsSync('/proc/self/status')) return { seconds: await run(command) };
  const ticks = new Map<number, number>();
  let peakKib = 0;
  let timer: NodeJS.Timeout | undefined;
  const look = (root: number) => {
    for (const pid of treeOf(root)) {
      const seen = processOf(pid);
      if (!seen) continue;
      peakKib = Math.max(peakKib, seen.peakKib);
      ticks.set(pid, seen.ticks);
    }
  };
  const seconds = await run(command, (pid) => {
    timer = setInterval(look, lookMs, pid);
  }).finally(() => clearInterval(timer));
  const sum = [...ticks.values()].reduce((total, count) => total + count, 0);
  return { seconds, cpuSeconds: sum / ticksPerSecond, peakMb: (peakKib * 1024) / 1e6 };
}

const lookMs = 10;
// USER_HZ of every Linux that Node supports.
const ticksPerSecond = 100;

function treeOf(root: number): number[] {
  try {
    const children = readdirSync(`/proc/${root}/task`).flatMap((task) =>
      readFileSync(`/proc/${root}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return [root, ...children.flatMap(treeOf)];
  } catch {
    return []; // it ended while it was being read
  }
}

function processOf(pid: number): { peakKib: number; ticks: number } | undefined {
  try {
    const peakKib = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    // The name in brackets can contain spaces, but the fields after it cannot.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return { peakKib, ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
}

/** @returns wall seconds */
function run({ file, args, cwd, env }: Command, onStart: (pid: number) => void = () => {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const listen = (data: Buffer) => {
      said = (said + data).slice(-4000);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    if (child.pid) onStart(child.pid);
    child.once('close', (code) => {
      if (code === 0) resolve((performance.now() - started) / 1000);
      else reject(new Error(`${[file, ...args].join(' ')} ended with ${code}:\n${said}`));
    });
  });
}

/** The middle value, or for an even number of values, the mean of the middle two. */
export function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median of each figure by itself. */
export function medianOf(runs: Measurement[]): Measurement {
  const of = (key: keyof Measurement) => {
    const values = runs.map((run) => run[key]).filter((value) => value !== undefined);
    return values.length === runs.length ? median(values) : undefined;
  };
  return { seconds: of('seconds')!, cpuSeconds: of('cpuSeconds'), peakMb: of('peakMb') };
}
