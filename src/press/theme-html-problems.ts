import { error, type Place, type Problem, warning } from '../problems/problem.ts';

/* Problems with `theme/head.html` and `theme/foot.html`, and with what a theme loads from other hosts. */

/** @param what a sentence */
export const themeHtml = (place: Place, what: string, hint: string): Problem => error('theme-html', place, what, hint);

/** @param what the tag as it is written, shortened @param ours where the page already has it */
export const themeHtmlContradicts = (place: Place, what: string, ours: string, hint: string): Problem =>
  error('theme-html-contradicts', place, `Every page already has this:  ${what} . ${ours}`, hint);

export const themeHtmlScript = (place: Place, what: string, hint: string): Problem =>
  error('theme-html-script', place, what, hint);

/**
 * A file, a frame, or a request of another host that pages cannot use.
 *
 * @param what is asked for @param line for site.yaml: what to write, and where
 */
export const themeElsewhere = (
  place: Place,
  what: string,
  { line, isSomewhere, instead }: { line: string; isSomewhere: boolean; instead: string },
): Problem =>
  warning(
    'theme-elsewhere',
    place,
    isSomewhere
      ? `"${what}" is on another host, which content/site.yaml does not allow on every page that has this. Browsers block it on the others.`
      : `"${what}" is on another host, which content/site.yaml does not allow. Browsers block it.`,
    `${line}${instead === '' ? '' : ` ${instead}`}`,
  );

/** @param url an address without https */
export const themeElsewhereInsecure = (place: Place, url: string): Problem =>
  warning(
    'theme-elsewhere',
    place,
    `"${url}" is not encrypted, so anyone on the way can change it. Browsers block it.`,
    'Write  https://  if the host supports it.',
  );

/** @param name `object` or `embed` */
export const themeObject = (place: Place, name: string): Problem =>
  warning(
    'theme-blocked',
    place,
    `Browsers block <${name}>, because the policy of the site allows no plug-ins.`,
    'Use  <iframe> ,  <img> ,  <video> , or  <audio> .',
  );

export const themeDataAddress = (place: Place, url: string): Problem =>
  warning(
    'theme-blocked',
    place,
    `Browsers block "${url}…", because the policy of the site allows no files in an address.`,
    'Save it as a file, and write its path here.',
  );

/** @param url of a script in a template */
export const themeRemoteScript = (place: Place, url: string): Problem =>
  warning(
    'theme-blocked',
    place,
    `Astro would put this script into a file of its own, which browsers block: "${url.slice(0, 100)}"`,
    'Write  <script is:inline src="…"> .',
  );
