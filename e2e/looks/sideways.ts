/**
 * Runs in the page: what a reader would have to scroll sideways for, or could not read.
 *
 * - the page itself is wider than the window;
 * - words extend beyond their box, over its neighbour;
 * - words are cut off, except by a box that scrolls and that the keyboard reaches (WCAG 1.4.10 excepts tables), and
 *   except for the name of a paper that is longer than three lines of the masthead.
 * - a picture is squeezed to nothing by long words beside it.
 *
 * @returns one line for each fault, at most eight
 */
export function sideways(): string[] {
  const faults: string[] = [];
  const name = (one: Element) =>
    `${one.localName}${one.className ? `.${String(one.className).trim().replaceAll(/\s+/g, '.')}` : ''}`;
  const said = (one: Element, what: string) =>
    faults.push(`${name(one.parentElement ?? one)} > ${name(one)} ${what}: "${one.textContent?.trim().slice(0, 24)}"`);
  if (document.documentElement.scrollWidth > innerWidth)
    faults.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${innerWidth} px`);

  const isScroller = (one: Element) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
  const scrollers = [...document.body.querySelectorAll<HTMLElement>('*')].filter(
    (one) => isScroller(one) && one.scrollWidth > one.clientWidth + 1,
  );
  for (const one of scrollers)
    if (one.tabIndex < 0 && !one.querySelector('a, button')) said(one, 'scrolls, and no key reaches it');

  for (const image of document.images)
    if (image.checkVisibility() && image.getBoundingClientRect().width < 32) said(image, `is squeezed: ${image.alt}`);

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement!;
    if (!text.textContent?.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest('.skip, .unseen, noscript, script, style') || scrollers.some((one) => one.contains(element)))
      continue;
    let box: Element = element;
    while (/^(?:inline|contents|ruby)/.test(getComputedStyle(box).display) && box.parentElement)
      box = box.parentElement;
    range.selectNodeContents(text);
    const { left, right } = box.getBoundingClientRect();
    const out = [...range.getClientRects()].find(
      (line) => line.width > 1 && (line.right > right + 1.5 || line.left < left - 1.5),
    );
    if (out) said(box, `lets ${Math.round(Math.max(out.right - right, left - out.left))} px of words stick out`);
    for (let one: Element | null = element; one && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (!['hidden', 'clip'].includes(style.overflowX) || one.scrollWidth <= one.clientWidth + 1) continue;
      if (!one.matches('.wordmark')) said(one, 'cuts words off');
      break;
    }
    if (faults.length > 8) break;
  }
  return [...new Set(faults)].slice(0, 8);
}
