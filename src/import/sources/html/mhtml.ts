/** A part of a page that a browser has saved as one file. */
export interface MhtmlPart {
  type: string;
  /** The address that the page uses for it. */
  location?: string;
  bytes: Buffer;
}

/** Cuts a saved page into its parts. Parts that are damaged are left out. */
export function readMhtml(bytes: Buffer): MhtmlPart[] {
  const text = bytes.toString('latin1').replace(/\r\n/g, '\n');
  const head = headersOf(text);
  const boundary = /boundary="?([^";\n]+)"?/i.exec(head.get('content-type') ?? '')?.[1];
  if (boundary === undefined) return [];
  return text
    .split(`\n--${boundary}`)
    .slice(1)
    .flatMap((raw) => {
      if (raw.startsWith('--')) return [];
      const part = raw.replace(/^[ \t]*\n/, '');
      const end = part.indexOf('\n\n');
      if (end === -1) return [];
      const headers = headersOf(part.slice(0, end + 1));
      const content = part.slice(end + 2);
      const location = headers.get('content-location');
      return [
        {
          type: (headers.get('content-type') ?? '').toLowerCase(),
          ...(location === undefined ? {} : { location }),
          bytes: decodeBody(content, headers.get('content-transfer-encoding')?.toLowerCase() ?? ''),
        },
      ];
    });
}

function headersOf(text: string): Map<string, string> {
  const headers = new Map<string, string>();
  const end = text.indexOf('\n\n');
  const head = (end === -1 ? text : text.slice(0, end)).replace(/\n[ \t]+/g, ' ');
  for (const line of head.split('\n').slice(0, 200)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

function decodeBody(content: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(content, 'base64');
  if (encoding === 'quoted-printable')
    return Buffer.from(
      content
        .replace(/=\n/g, '')
        .replace(/=([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
      'latin1',
    );
  return Buffer.from(content, 'latin1');
}
