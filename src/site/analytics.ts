import type { PolicyNeeds } from './policy.ts';
import type { Analytics } from './service-settings.ts';
import { inScript, serviceBase, sourcesElsewhere } from './services.ts';
import { originOf, type Site } from './site.ts';

/*
 * Counts visits with a program that the newsroom runs itself. The script in the page loads that of the program only on
 * the site itself, so that neither `dev`, a preview, nor a copy on a disk is counted, and only for readers whose browser
 * does not object (Do Not Track, Global Privacy Control).
 */

/** What a page needs for it: nothing without `analytics` in site.yaml. */
export function analyticsNeeds(
  site: Pick<Site, 'url' | 'analytics'>,
): Required<Pick<PolicyNeeds, 'scripts' | 'hosts' | 'hasOwnScript'>> {
  const { analytics } = site;
  if (!analytics) return { scripts: [], hosts: {}, hasOwnScript: false };
  const { src, hosts } = embedOf(site, analytics);
  return {
    scripts: [analyticsScript(site) ?? ''],
    hosts: sourcesElsewhere(site, hosts),
    hasOwnScript: new URL(src).origin === originOf(site),
  };
}

/** The inline script of every page. */
export function analyticsScript(site: Pick<Site, 'url' | 'analytics'>): string | undefined {
  const { analytics } = site;
  if (!analytics) return undefined;
  const { src, attributes, before = '' } = embedOf(site, analytics);
  const lines = [
    `if (location.host === ${inScript(new URL(site.url).host)} && !navigator.globalPrivacyControl && !/^(?:1|yes)$/.test(navigator.doNotTrack || window.doNotTrack)) {`,
    ...(before === '' ? [] : [before]),
    'const script = document.createElement("script");',
    ...Object.entries(attributes).map(([name, value]) => `script.setAttribute(${inScript(name)}, ${inScript(value)});`),
    'script.async = true;',
    `script.src = ${inScript(src)};`,
    'document.head.append(script);',
    '}',
  ];
  return lines.join('\n');
}

interface Embed {
  src: string;
  /** Of the script, as the product documents them. */
  attributes: Record<string, string>;
  /** Runs before the script is loaded. */
  before?: string;
  hosts: { script: string[]; connect: string[]; img?: string[] };
}

function embedOf(site: Pick<Site, 'url'>, { product, url, site: id = '' }: Analytics): Embed {
  const base = serviceBase(site, url);
  const { origin } = new URL(base);
  switch (product) {
    // https://plausible.io/docs/plausible-script
    case 'plausible':
      return {
        src: `${base}js/script.js`,
        attributes: { 'data-domain': id || new URL(site.url).host, 'data-api': `${base}api/event` },
        hosts: { script: [`${base}js/script.js`], connect: [origin] },
      };
    // https://umami.is/docs/tracker-configuration. Newer versions would store an id of the reader in the browser.
    case 'umami':
      return {
        src: `${base}script.js`,
        attributes: { 'data-website-id': id, 'data-do-not-track': 'true', 'data-identity-stitching': 'false' },
        hosts: { script: [`${base}script.js`], connect: [origin] },
      };
    // https://www.goatcounter.com/help/js. Older versions count with a picture.
    case 'goatcounter':
      return {
        src: `${base}count.js`,
        attributes: { 'data-goatcounter': `${base}count` },
        hosts: { script: [`${base}count.js`], connect: [`${base}count`], img: [`${base}count`] },
      };
    // https://developer.matomo.org/guides/tracking-javascript-guide
    case 'matomo':
      return {
        src: `${base}matomo.js`,
        attributes: {},
        before: [
          'const _paq = (window._paq = window._paq || []);',
          '_paq.push(["disableCookies"], ["disableBrowserFeatureDetection"], ["setDoNotTrack", true]);',
          `_paq.push(["setTrackerUrl", ${inScript(`${base}matomo.php`)}], ["setSiteId", ${inScript(id)}]);`,
          '_paq.push(["trackPageView"], ["enableLinkTracking"]);',
        ].join('\n'),
        hosts: { script: [`${base}matomo.js`], connect: [`${base}matomo.php`], img: [`${base}matomo.php`] },
      };
  }
}
