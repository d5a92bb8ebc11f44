import { searchAddress } from '../site/address.ts';
import type { Site } from '../site/site.ts';
import { hrefToUrl } from './link.ts';

/** The forms for readers: for support, a newsletter, and tips. */
export type Ask = 'support' | 'newsletter' | 'tips';

export const frontAsks: readonly Ask[] = ['support', 'newsletter', 'tips'];
export const storyAsks: readonly Ask[] = ['support', 'newsletter'];
export const correctionAsks: readonly Ask[] = ['tips'];

/**
 * The complete addresses that receive the forms of these slots, for the policy of the page. Slots that site.yaml does
 * not define have none.
 */
export function actionsOf(site: Site, asks: readonly Ask[]): string[] {
  return asks.flatMap((ask) => {
    const slot = site[ask];
    // Without amounts to choose from, support is a link.
    const isForm = slot && !('amounts' in slot && slot.amounts.length === 0);
    return isForm ? [hrefToUrl(site, slot.action)] : [];
  });
}

/** The search service that site.yaml names, if it names one. */
export const searchService = ({ search }: Pick<Site, 'search'>): Exclude<Site['search'], boolean> | undefined =>
  typeof search === 'object' ? search : undefined;

/** Where the form for the search leads: to the service, or to the page of the paper's own search. */
export function searchActions(site: Site): string[] {
  if (site.search === false) return [];
  return [hrefToUrl(site, searchService(site)?.action ?? searchAddress)];
}

/** The host that receives a form, if it is not the paper's own, because readers are told. */
export function otherHost(site: Pick<Site, 'url'>, action: string): string | undefined {
  const { host } = new URL(hrefToUrl(site, action));
  return host === new URL(site.url).host ? undefined : host;
}
