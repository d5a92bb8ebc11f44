import { computed, signal } from '@preact/signals';

/** Where the interface is: the part of the address after `/desk/`, and its query. */
export interface Route {
  view: string;
  asked: URLSearchParams;
}

const address = signal(location.pathname + location.search);

/** Answers whether the open view may be left. A view with unsaved text asks first. */
let mayLeave: (() => boolean) | undefined;

export const route = computed<Route>(() => {
  const url = new URL(address.value, location.origin);
  return { view: url.pathname.replace(/^\/desk\/?/, '').replace(/\/$/, '') || 'stories', asked: url.searchParams };
});

/** Goes to an address of the desk. */
export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') {
    if (mayLeave && !mayLeave()) return;
    history.pushState(null, '', to);
    window.scrollTo(0, 0);
  } else history.replaceState(null, '', to);
  address.value = to;
}

/** Sets what is asked before the view is left, and returns how to stop asking. */
export function beforeLeaving(ask: () => boolean): () => void {
  mayLeave = ask;
  return () => {
    if (mayLeave === ask) mayLeave = undefined;
  };
}

/** The address of a view. */
export function addressOf(view: string, asked: Record<string, string | undefined> = {}): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(asked)) if (value) query.set(key, value);
  return `/desk/${view === 'stories' ? '' : view}${query.size > 0 ? `?${query}` : ''}`;
}

export const editAddress = (path: string): string => addressOf('edit', { path });

/** Follows links of the desk without loading the page again. */
export function listenForLinks(): void {
  window.addEventListener('popstate', () => {
    address.value = location.pathname + location.search;
  });
  document.addEventListener('click', (event) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.target || link.origin !== location.origin || !link.pathname.startsWith('/desk')) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
