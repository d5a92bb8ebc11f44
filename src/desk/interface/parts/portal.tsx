import type { ComponentChildren } from 'preact';
import { createPortal } from 'preact/compat';

/** Draws its contents at the end of the page, above everything. (Zag's own one for Preact needs React to be global.) */
export const Portal = ({ children }: { children: ComponentChildren }) => createPortal(children, document.body);
