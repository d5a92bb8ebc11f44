// Runs the command with a different Node. Plain JavaScript, because the Node that hands over may be an old one.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Signals that end a command. The other process decides how to handle them. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** How long the other process has to end by itself after a SIGTERM or a second Ctrl+C. */
const graceMs = 1500;

/**
 * Starts a program in place of this process and waits until it ends. Signals are passed on, so that stopping this
 * process stops both: a supervisor knows only this one. A program that is too busy to notice is killed.
 *
 * @param {string} program
 * @param {string[]} argv
 * @param {Record<string, string>} [env] variables that are added to those of this process
 * @returns {Promise<{ code: number, error?: Error }>} the exit code of the program; 128 and the number of the signal that ended it,
 *   as shells count; `error` if it could not be started
 */
export function handOver(program, argv, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, argv, { stdio: 'inherit', env: { ...process.env, ...env } });
    /** @type {(signal: NodeJS.Signals) => void} */
    const pass = (signal) => {
      const isSecond = signal === 'SIGINT' && Date.now() - firstAt > graceMs;
      firstAt = Math.min(firstAt, Date.now());
      child.kill(signal);
      if (signal === 'SIGTERM' || isSecond) deadline ??= setTimeout(() => child.kill('SIGKILL'), graceMs);
    };
    let firstAt = Number.POSITIVE_INFINITY;
    /** @type {NodeJS.Timeout | undefined} */
    let deadline;
    for (const signal of signals) process.on(signal, pass);
    child.once('error', (error) => resolve({ code: 1, error }));
    child.once('exit', (code, signal) => {
      clearTimeout(deadline);
      for (const name of signals) process.off(name, pass);
      resolve({ code: code ?? 128 + (signal ? constants.signals[signal] : 0) });
    });
  });
}
