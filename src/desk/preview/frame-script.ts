/**
 * The one script of the preview's frame. It scrolls to the block that is being edited, and says which block was clicked.
 * It runs in a frame without an origin, and believes only the window that contains the frame.
 *
 * It is a text, because the frame's policy allows it by its digest. A block is named by the offset at which it begins in
 * the body, as in the comment after it.
 */
export const frameScript = `{
const desk = window.parent;
const blocks = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
for (let mark = walker.nextNode(); mark; mark = walker.nextNode()) {
const found = /^block:(\\d+)$/.exec(mark.data);
if (!found) continue;
const elements = [];
for (let node = mark.previousSibling; node && node.nodeType !== Node.COMMENT_NODE; node = node.previousSibling)
if (node.nodeType === Node.ELEMENT_NODE) elements.unshift(node);
if (elements.length > 0) blocks.push({ block: Number(found[1]), elements });
}
const scroll = (wanted) => {
const found = blocks.findLast(({ block }) => block <= wanted) ?? blocks[0];
if (!found) return;
const { top } = found.elements[0].getBoundingClientRect();
const { bottom } = found.elements.at(-1).getBoundingClientRect();
if (top >= 0 && bottom <= innerHeight) return;
scrollBy({ top: top - innerHeight / 4, behavior: 'instant' });
};
addEventListener('message', (event) => {
if (event.source !== desk || event.data?.kind !== 'scroll') return;
if (Number.isFinite(event.data.block)) scroll(event.data.block);
else if (Number.isFinite(event.data.top)) scrollTo({ top: event.data.top, behavior: 'instant' });
});
document.addEventListener('click', (event) => {
const link = event.target.closest?.('a[href], area[href]');
if (link && !link.getAttribute('href').startsWith('#')) event.preventDefault();
const found = blocks.find(({ elements }) => elements.some((element) => element.contains(event.target)));
if (found) desk.postMessage({ kind: 'shown', block: found.block }, '*');
}, true);
document.addEventListener('submit', (event) => event.preventDefault(), true);
addEventListener('scroll', () => desk.postMessage({ kind: 'scrolled', top: scrollY }, '*'), { passive: true });
const wanted = Number(new URLSearchParams(location.search).get('block') ?? NaN);
if (Number.isFinite(wanted)) scroll(wanted);
}`;
