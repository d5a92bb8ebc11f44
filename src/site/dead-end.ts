/** Why a link to another site, to a letter box or to a telephone leads nowhere, and what was probably meant. */
export interface DeadEnd {
  /** As a sentence that goes on after the link. */
  why: string;
  hint: string;
}

/**
 * Finds what is wrong with a complete address that a browser can read and that leads nowhere all the same.
 *
 * Nobody is asked whether the other end exists: only what is wrong in itself is told.
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

/** `mailto:?subject=…` is a letter to somebody whom readers choose. */
function mailbox(written: string): DeadEnd | undefined {
  const { path, query } = pathOf(written);
  if (path.trim() === '' && query.length > 1) return undefined;
  const wrong = path.split(',').find((box) => !/^\s*[^\s@]+@(?:[^\s@.,]+\.)+[^\s@.,]{2,}\s*$/.test(box));
  if (wrong === undefined) return undefined;
  return {
    why: wrong.includes('@') ? 'is no complete e-mail address' : 'has no e-mail address with an @ in it',
    hint: 'Write it as  mailto:jo@example.org .',
  };
}

function telephone(written: string, scheme: string): DeadEnd | undefined {
  const { path, query } = pathOf(written);
  if (scheme === 'sms' && path.trim() === '' && query.length > 1) return undefined;
  if (path.replace(/\D/g, '').length >= 2) return undefined;
  return { why: 'has no telephone number', hint: `Write it as  ${scheme}:+353911234567 .` };
}

/** `https://exampleorg/`, `https://https://example.org/`, `https://example,org/`. */
function host(written: string): DeadEnd | undefined {
  const name = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]*)/i.exec(written)?.[1] ?? '';
  if (/^\[/.test(name) || /^localhost$/i.test(name) || /^[^.,]+(?:\.[^.,]+)+\.?$/.test(name)) return undefined;
  const twice = /^https?:\/\/(https?):?\/\/?(.+)$/i.exec(written);
  if (twice) return { why: 'says  https://  twice', hint: `Did you mean  ${twice[1]}://${twice[2]} ?` };
  const tidy = name
    .replace(/,/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/^\./, '');
  return {
    why: `has no host that can exist: “${name}”`,
    hint:
      tidy !== name && /[^.]\.[^.]/.test(tidy)
        ? `Did you mean  ${written.replace(name, tidy)} ?`
        : 'Write the whole host, such as  https://www.example.org/ .',
  };
}
