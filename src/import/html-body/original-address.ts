/**
 * The address of the original of a picture. Some systems serve each picture in the size that is asked for in its
 * address: Blogger (`/s320/`, `=w320-h240`) and Substack (`/image/fetch/w_1456,…/` before the address of the original).
 */
export function originalAddress(src: string): string {
  const bare = src.trim();
  if (!/^(?:https?:)?\/\//i.test(bare)) return src;
  const fetched =
    /^(?:https?:)?\/\/(?:cdn\.)?substack(?:cdn)?\.com\/image\/fetch\/.*?(https?(?:%3A%2F%2F|:\/\/).+)$/i.exec(
      bare,
    )?.[1];
  if (fetched !== undefined) return decoded(fetched) ?? src;
  // Blogger before 2008.
  const old = /^(https?:\/\/photos\d+\.blogger\.com\/blogger\/\d+\/\d+\/)\d+(?=\/[^/]+$)/i.exec(bare)?.[1];
  if (old !== undefined) return bare.replace(/\/\d+(?=\/[^/]+$)/, '/1600');
  if (
    !/^(?:https?:)?\/\/(?:[\w-]+\.bp\.blogspot\.com|[\w-]+\.ggpht\.com|(?:blogger|lh\d)\.googleusercontent\.com)\//i.test(
      bare,
    )
  )
    return src;
  return bare.replace(sizeInPath, '/s0/').replace(sizeAtEnd, '=s0');
}

/** `/s320/`, `/s1600-h/`, `/s72-c/`, `/w640-h480-p-k-no-nu/`. */
const sizeInPath = /\/(?:s\d{1,5}|w\d{1,5}(?:-h\d{1,5})?|h\d{1,5}(?:-w\d{1,5})?)(?:-[a-z\d]{1,10}){0,6}\/(?=[^/]*$)/;
/** `=s320`, `=w640-h480-no`. */
const sizeAtEnd = /=(?:s\d{1,5}|w\d{1,5}(?:-h\d{1,5})?|h\d{1,5}(?:-w\d{1,5})?)(?:-[a-z\d]{1,10}){0,6}$/;

function decoded(address: string): string | undefined {
  if (!address.includes('%')) return address;
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}
