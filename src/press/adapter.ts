import { createApp } from 'astro/app/entrypoint';

/*
 * The only file that touches Astro's app: the smallest adapter there is. The press imports the bundle
 * that this becomes and asks `app` for pages.
 */

/** One string at the end, not a stream: the press writes whole files. */
export const app = createApp({ streaming: false });

/**
 * Styles and fonts lie under the path of the site's url, and the bundle does not know that url: it is
 * content. So the prefix is set when the press opens, not when the templates are built.
 */
export function setBase(base: string): void {
  (app.manifest as { assetsPrefix?: string }).assetsPrefix = base || undefined;
}

/** A page's module is asked for at every render; the answer is always the same. */
for (const [component, load] of app.manifest.pageMap ?? []) {
  let loaded: ReturnType<typeof load> | undefined;
  app.manifest.pageMap?.set(component, () => (loaded ??= load()));
}
