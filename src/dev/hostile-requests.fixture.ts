import { connect } from 'node:net';

/**
 * Sends raw bytes, because clients would normalise them.
 *
 * @param isAll whether no more bytes follow, so that the server need not wait for the end of a request
 * @returns the status line and everything after it
 */
export function sendRaw(port: number, bytes: string, isAll = false): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      isAll ? socket.end(bytes, 'latin1') : socket.write(bytes, 'latin1'),
    );
    let said = '';
    socket.setEncoding('latin1');
    socket.on('data', (data) => (said += data));
    socket.on('close', () => resolve(said));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      // A server may close the connection if a client sends too much.
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(said) : reject(error),
    );
    socket.setTimeout(20_000, () => socket.destroy(new Error(`no answer to ${JSON.stringify(bytes.slice(0, 200))}`)));
  });
}

/** A request with a given host. @param more further header lines */
export const requestOf = (target: string, host = 'localhost', more: string[] = [], method = 'GET'): string =>
  [`${method} ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...more, '', ''].join('\r\n');

export const statusOf = (said: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1] ?? 0);

/** Targets that a scanner or a page requests. None of them exists. */
export const hostileTargets = [
  '//',
  '///',
  '//evil.example/',
  '//evil.example/2025/02/harbour',
  '/%',
  '/%zz',
  '/%e0%a4%a',
  '/%00',
  '/2025/%00/',
  '/%0d%0aset-cookie:x=1',
  '/..%2f..%2fetc/passwd',
  '/../../../../etc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/..%5c..%5cetc%5cpasswd',
  '/\\evil.example',
  '/.broadsheet',
  '/.git/config',
  '*',
  'harbour',
  '?x',
  'http://',
  'http://[::1',
  'http://evil.example/',
  'https://localhost:99999999/',
  `/${'x'.repeat(300)}`,
  `/${'x'.repeat(300)}/`,
  `/${'y/'.repeat(4000)}`,
  `/${'z'.repeat(15_000)}`,
  `/?${'q'.repeat(15_000)}//`,
  '/\u00ff\u00fe',
];

/** Requests that break the rules of HTTP, or request an invalid part of a file. */
export const hostileRequests = [
  'GET\r\n\r\n',
  '\r\n\r\n',
  '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
  'GET / HTTP/9.9\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
  'GET / HTTP/1.0\r\n\r\n',
  `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
  'CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n',
  requestOf('/', 'localhost', ['Content-Length: 5', 'Transfer-Encoding: chunked'], 'POST'),
  requestOf('/', 'localhost', [], 'TRACE'),
  requestOf('*', 'localhost', [], 'OPTIONS'),
  'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n',
  ...['bytes=5-2', 'bytes=-0', 'bytes=999999999-', 'bytes=x-y', 'bytes', 'x', 'bytes=0-0,2-3', '=', 'bytes=--'].map(
    (range) => requestOf('/', 'localhost', [`Range: ${range}`]),
  ),
  ...['x', '"', '*', 'Thu, 99 Foo 2025'].map((value) =>
    requestOf('/', 'localhost', [`If-None-Match: ${value}`, `If-Modified-Since: ${value}`]),
  ),
];

/** Names that another page can have pointed at this machine, or that are not names. */
export const strangeHosts = [
  'evil.example',
  'evil.example:4321',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '127.0.0.1@evil.example',
  'evil.example#localhost',
  '192.168.0.1',
  '[2001:db8::1]',
  '',
  ' ',
  'http://localhost',
  'localhost/',
  'localhost:',
  '0x7f000001',
];

/** Ways to ask Vite for a file on the disk that no page needs. @param path absolute */
export function spellingsOf(path: string): string[] {
  const hex = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const name = path.split('/').at(-1) ?? '';
  const folder = path.slice(0, -name.length - 1);
  const forms = [
    path,
    path.replaceAll('/', '%2f'),
    path.replaceAll('/', '%252f'),
    path.replace(/^\//, '//'),
    path.replaceAll('/', '//'),
    path.replaceAll('/', '/./'),
    path.replaceAll('/', '\\'),
    path.replaceAll('/', '%5c'),
    hex(path),
    hex(hex(path)),
    `${folder}/${hex(name)}`,
    `${folder}/x/..%2f${name}`,
    `${folder}/x/%2e%2e/${name}`,
    `${folder}/./${name}`,
    `${folder}/${name.toUpperCase()}`,
    path.toUpperCase(),
    `${path}/`,
    `${path}/.`,
    `${path}.`,
    `${path}%20`,
    `${path}%00.css`,
    `${path}%23.css`,
    `${path}%3f.css`,
    `${path}::$DATA`,
  ];
  const prefixes = [
    '/@fs',
    '/@fs/',
    '/@fs/.',
    '/%40fs',
    '/@id',
    '/@id/__x00__',
    '/@id/file://',
    '',
    '/.',
    '/@vite/..',
    '/node_modules/../../../../../../../../..',
    '/src/../../../../../../../../..',
  ];
  const tails = [
    '',
    '?raw',
    '?url',
    '?import',
    '?import&raw',
    '?raw&url',
    '?inline',
    '?direct',
    '?raw??',
    '?import&raw??',
    '?.css',
    '?a.svg?.wasm?init',
    '#/x.css',
    '?t=1',
    '?html-proxy&index=0.js',
    '?astro&type=style&index=0&lang.css',
  ];
  // Every form once with each prefix, and the plain forms with every suffix. Together they cover all reported attacks.
  return [
    ...prefixes.flatMap((prefix) => forms.map((form) => prefix + form)),
    ...prefixes.flatMap((prefix) =>
      tails.flatMap((tail) => [path, forms[1] ?? ''].map((form) => prefix + form + tail)),
    ),
    ...tails.map((tail) => `/@fs/styles/base.css?/../../..${path}${tail}`),
    `/_image?href=${path}&f=webp`,
    `/_image?href=/@fs${path}&f=webp`,
    `/__open-in-editor?file=${path}`,
    `/@fs${path}?import&raw&v=1.css`,
  ];
}
