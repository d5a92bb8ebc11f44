import type { ComponentChildren } from 'preact';

/** Buttons that belong together, with a name that only screen readers need. */
export const Group = ({ name, children, ...more }: { name: string; class: string; children: ComponentChildren }) => (
  // biome-ignore lint/a11y/useSemanticElements: the legend of a <fieldset> would be seen, or not be found by every reader
  <div role="group" aria-label={name} {...more}>
    {children}
  </div>
);
