/** Why a link to another site, an email address, or a telephone number cannot work, and what was probably meant. */
export interface DeadEnd {
  /** A clause that continues the sentence about the link. */
  why: string;
  hint: string;
}

/**
 * Finds what is wrong with a complete address that a browser can read but that cannot lead anywhere.
 *
 * No server is contacted. Only mistakes in the address itself are reported.
 *
 * @param written with its scheme
 */
export function deadEndOf(written: string): DeadEnd | undefined {
  const [, name = ''] = /^([a-z]+):/i.exec(written) ?? [];
  switch (name.toLowerCase()) {
    case 'mailto':
      return mailbox(written);
    case 'tel':
    case 'sms':
      return telephone(written, name.toLowerCase());
    case 'http':
    case 'https':
      return host(written);
    default:
      return undefined;
  }
}

const pathOf = (written: string): { path: string; query: string } => {
  const [, path = '', query = ''] = /^[a-z]+:([^?#]*)(\?[^#]*)?/i.exec(written) ?? [];
  try {
    return { path: decodeURIComponent(path), query };
  } catch {
    return { path, query };
  }
};

/** `mailto:?subject=…` opens an email whose recipient the reader chooses. */
function mailbox(written: string): DeadEnd | undefined {
  const { path, query } = pathOf(written);
  if (path.trim() === '' && query.length > 1) return undefined;
  const wrong = path.split(',').find((box) => !/^\s*[^\s@]+@(?:[^\s@.,]+\.)+[^\s@.,]{2,}\s*$/.test(box));
  if (wrong === undefined) return undefined;
  return {
    why: wrong.includes('@') ? 'is not a complete email address' : 'does not contain an email address',
    hint: 'Write it as  mailto:jo@example.org .',
  };
}

function telephone(written: string, scheme: string): DeadEnd | undefined {
  const { path, query } = pathOf(written);
  if (scheme === 'sms' && path.trim() === '' && query.length > 1) return undefined;
  if (path.replace(/\D/g, '').length >= 2) return undefined;
  return { why: 'does not contain a telephone number', hint: `Write it as  ${scheme}:+353911234567 .` };
}

/** `https://exampleorg/`, `https://https://example.org/`, `https://example,org/`. */
function host(written: string): DeadEnd | undefined {
  const name = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]*)/i.exec(written)?.[1] ?? '';
  if (/^\[/.test(name) || /^localhost$/i.test(name) || /^[^.,]+(?:\.[^.,]+)+\.?$/.test(name)) return undefined;
  const twice = /^https?:\/\/(https?):?\/\/?(.+)$/i.exec(written);
  if (twice) return { why: 'contains  https://  twice', hint: `Did you mean  ${twice[1]}://${twice[2]} ?` };
  const tidy = name
    .replace(/,/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/^\./, '');
  return {
    why: `has a host that cannot exist: “${name}”`,
    hint:
      tidy !== name && /[^.]\.[^.]/.test(tidy)
        ? `Did you mean  ${written.replace(name, tidy)} ?`
        : 'Write the complete host, such as  https://www.example.org/ .',
  };
}
