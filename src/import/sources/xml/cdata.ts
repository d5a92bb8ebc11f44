/**
 * The parser keeps a section of character data in memory until it ends, however long it is. This function ends it and
 * begins another one where a piece of the file ends.
 */
export function cdataSplitter(): (piece: string) => string {
  let isInside = false;
  let held = '';
  return (piece) => {
    let all = held + piece;
    held = '';
    const wasInside = isInside;
    let at = 0;
    for (;;) {
      const next = all.indexOf(isInside ? ']]>' : '<![CDATA[', at);
      if (next === -1) break;
      at = next + (isInside ? 3 : 9);
      isInside = !isInside;
    }
    // A sign that is cut by the end of the piece is kept for the next one.
    const sign = isInside ? ']]>' : '<![CDATA[';
    for (let size = Math.min(sign.length - 1, all.length - at); size > 0; size--) {
      if (!all.endsWith(sign.slice(0, size))) continue;
      held = all.slice(all.length - size);
      all = all.slice(0, all.length - size);
      break;
    }
    return `${wasInside ? '<![CDATA[' : ''}${all}${isInside ? ']]>' : ''}`;
  };
}
