import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Controls Firefox by its own protocol, WebDriver BiDi, with the few commands that our checks use. */
export interface Firefox {
  version: string;
  /** Opens an address and waits until it is loaded. */
  open(url: string): Promise<void>;
  /** The value of an expression in the page. A promise is awaited. */
  evaluate(expression: string): Promise<unknown>;
  /** Moves the mouse, a finger, or keys, as `input.performActions` of WebDriver BiDi describes. */
  act(actions: object[]): Promise<void>;
  /** Waits until an expression of the page is true. @throws Error after minutes */
  until(expression: string): Promise<void>;
  /** Clicks in the middle of an element, once it is there. @param element an expression for it */
  click(element: string): Promise<void>;
  /** Types text, or presses keys by their code points in WebDriver. */
  type(text: string): Promise<void>;
  /** Presses a key while others are held. */
  press(key: string, ...held: string[]): Promise<void>;
  /** Failed requests and console errors since the last call. */
  faults(): string[];
  close(): Promise<void>;
}

// Under automation, Firefox lets pages on a disk read neighbouring files, which it does not allow for readers. So its
// recommended settings are off, and the policy is set as it is for readers. The proxy does not exist, so there is no
// network.
const settings: Record<string, boolean | number | string> = {
  'remote.prefs.recommended': false,
  'security.fileuri.strict_origin_policy': true,
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'app.update.enabled': false,
};

interface Message {
  id?: number;
  method?: string;
  result?: Record<string, unknown>;
  error?: string;
  message?: string;
  params?: Record<string, unknown>;
}

/**
 * Starts the Firefox of this machine without a window.
 *
 * @throws Error if it does not start
 */
export async function openFirefox(command = 'firefox-esr'): Promise<Firefox> {
  const profile = await mkdtemp(join(tmpdir(), 'broadsheet-firefox-'));
  const lines = Object.entries(settings).map(
    ([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, 'user.js'), lines.join('\n'));
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
  const browser = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: profile } });
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    browser.once('error', reject);
    browser.once('exit', (code) => reject(new Error(`Firefox ended with ${code}: ${said.slice(-300)}`)));
    browser.stderr.on('data', (data) => {
      said += data;
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
  });
  const socket = new WebSocket(`${address}/session`);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  const waiting = new Map<number, (message: Message) => void>();
  let faults: string[] = [];
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    else faults.push(...faultOf(message));
  };
  let count = 0;
  const send = (method: string, params: object): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      count += 1;
      waiting.set(count, ({ result, error, message }) =>
        error === undefined ? resolve(result ?? {}) : reject(new Error(`${method}: ${error}: ${message}`)),
      );
      socket.send(JSON.stringify({ id: count, method, params }));
    });
  const { capabilities } = await send('session.new', { capabilities: {} });
  await send('session.subscribe', { events: ['network.fetchError', 'log.entryAdded'] });
  const { context } = await send('browsingContext.create', { type: 'tab' });
  const evaluate = async (expression: string): Promise<{ value?: unknown; sharedId?: string }> => {
    const { result, exceptionDetails } = await send('script.evaluate', {
      expression,
      target: { context },
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return result as { value?: unknown; sharedId?: string };
  };
  const until = async (expression: string): Promise<void> => {
    const end = Date.now() + 150_000; // the first publish on a busy machine takes more than one minute
    while (!(await evaluate(`Boolean(${expression})`)).value) {
      if (Date.now() > end) throw new Error(`In Firefox, this never became true: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const elementOf = async (expression: string): Promise<{ sharedId: string }> => {
    await until(expression);
    const { sharedId } = await evaluate(expression);
    if (sharedId === undefined) throw new Error(`In Firefox, this is no element: ${expression}`);
    return { sharedId };
  };
  const keys = (actions: { type: 'keyDown' | 'keyUp'; value: string }[]) =>
    send('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions }] });
  return {
    version: String((capabilities as { browserVersion?: string }).browserVersion),
    open: async (url) => {
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    evaluate: async (expression) => (await evaluate(expression)).value,
    until,
    click: async (expression) => {
      const element = await elementOf(expression);
      await evaluate(`(${expression})?.scrollIntoView({ block: 'center', behavior: 'instant' })`);
      const actions = [
        { type: 'pointerMove', x: 0, y: 0, origin: { type: 'element', element } },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      await send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions }] });
    },
    type: async (text) => {
      await keys(
        [...text].flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]),
      );
    },
    press: async (key, ...held) => {
      await keys([
        ...[...held, key].map((value) => ({ type: 'keyDown' as const, value })),
        ...[key, ...held].map((value) => ({ type: 'keyUp' as const, value })),
      ]);
    },
    act: async (actions) => {
      await send('input.performActions', { context, actions });
    },
    faults: () => {
      const since = faults;
      faults = [];
      return since;
    },
    close: async () => {
      const ended = new Promise((resolve) => browser.once('exit', resolve));
      await send('browser.close', {}).catch(() => browser.kill());
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function faultOf({ method, params = {} }: Message): string[] {
  if (method === 'network.fetchError') {
    const { request, errorText } = params as { request: { url: string }; errorText: string };
    return [`${request.url} ${errorText}`];
  }
  const { level, text } = params as { level?: string; text?: string };
  return level === 'error' || level === 'warn' ? [String(text)] : [];
}
