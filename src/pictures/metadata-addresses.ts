/** A complete address for a link. Anything else is not an address (`javascript:`, a path, a sentence). */
export function webAddress(text: string | undefined): string | undefined {
  const written = text?.trim().replace(/^www\./i, 'https://www.') ?? '';
  if (!/^https?:\/\/[^\s"'<>]+$/i.test(written) || !URL.canParse(written)) return undefined;
  const { username, password } = new URL(written);
  return username === '' && password === '' ? written : undefined;
}

/** PLUS writes its terms as addresses, and in old files only as the last part. */
export function plusAddress(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (/^DMI-[A-Z0-9-]+$/.test(text)) return `http://ns.useplus.org/ldf/vocab/${text}`;
  return webAddress(text);
}
