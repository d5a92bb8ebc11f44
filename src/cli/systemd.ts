import { spawn } from 'node:child_process';

/** Tells systemd about this service. Each does nothing if systemd did not start it. */
export interface Service {
  ready(): void;
  /** At which interval `alive` has to be called, in ms, or undefined if nobody waits for it. */
  aliveMs: number | undefined;
  alive(): void;
  stopping(): void;
}

/**
 * What systemd wants to know (sd_notify(3)), through its own program, because Node has no sockets of this kind. The unit
 * needs `NotifyAccess=all`.
 */
export function serviceOf(env: NodeJS.ProcessEnv): Service {
  const tell = (...states: string[]) => {
    if (!env.NOTIFY_SOCKET) return;
    const child = spawn('systemd-notify', states, { env, stdio: 'ignore' });
    child.on('error', () => {}); // without the program, systemd notices nothing, as without this service
  };
  const watchdog = Number(env.WATCHDOG_USEC ?? 0);
  return {
    ready: () => tell('--ready', '--status=Watching the newsroom'),
    aliveMs: watchdog > 0 ? watchdog / 2000 : undefined,
    alive: () => tell('WATCHDOG=1'),
    stopping: () => tell('STOPPING=1'),
  };
}
