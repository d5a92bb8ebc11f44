import type { PolicyNeeds } from './policy.ts';
import type { Comments } from './service-settings.ts';
import { inScript, serviceBase, sourcesElsewhere } from './services.ts';
import { originOf, type Site } from './site.ts';

/*
 * Comments below a story, from a program that the newsroom runs itself. Nothing is requested from it before a reader
 * presses the button. Without JavaScript, the page says that comments need it.
 */

/** What a story with comments needs. */
export function commentsNeeds(
  site: Pick<Site, 'url' | 'comments'>,
): Required<Pick<PolicyNeeds, 'scripts' | 'hosts' | 'hasOwnScript'>> {
  const { comments } = site;
  if (!comments) return { scripts: [], hosts: {}, hasOwnScript: false };
  const base = serviceBase(site, comments.url);
  return {
    scripts: [commentsScript(site)],
    hosts: sourcesElsewhere(site, hostsOf(comments, base)),
    hasOwnScript: new URL(base).origin === originOf(site),
  };
}

/** The host that a reader is told, if it is not the paper's own. */
export function commentsHost(site: Pick<Site, 'url' | 'comments'>): string | undefined {
  if (!site.comments) return undefined;
  const { host } = new URL(serviceBase(site, site.comments.url));
  return host === new URL(site.url).host ? undefined : host;
}

function hostsOf({ product }: Comments, base: string) {
  const { origin } = new URL(base);
  return product === 'isso'
    ? { script: [`${base}js/embed.min.js`], style: [`${base}css/isso.css`], connect: [origin] }
    : { script: [`${base}web/`], frame: [origin] };
}

/** The id of the element into which the program prints. */
export const threadId = ({ product }: Comments): string => (product === 'isso' ? 'isso-thread' : 'remark42');

/**
 * The inline script of a story with comments. It is the same for every story, so that the policy that hosts send can
 * name its digest: what differs is in the attributes of the thread.
 */
export function commentsScript(site: Pick<Site, 'url' | 'comments'>): string {
  const { comments } = site;
  if (!comments) return '';
  const base = serviceBase(site, comments.url);
  return `{
const box = document.currentScript.parentElement;
const thread = document.getElementById(${inScript(threadId(comments))});
const [ask, failed] = box.querySelectorAll("[hidden]");
if (location.protocol === "file:") box.hidden = true;
ask.hidden = false;
ask.querySelector("button").addEventListener("click", () => {
ask.hidden = true;
failed.hidden = true;
box.querySelector("h2").focus();
const script = document.createElement("script");
script.addEventListener("error", () => {
script.remove();
failed.hidden = false;
ask.hidden = false;
});
${loading(comments, base)}
box.append(script);
});
}`;
}

function loading({ product, site = 'remark' }: Comments, base: string): string {
  const root = base.replace(/\/$/, '');
  return product === 'isso'
    ? // https://isso-comments.de/docs/reference/client-config/
      `script.setAttribute("data-isso", ${inScript(root)});
script.setAttribute("data-isso-avatar", "false");
script.setAttribute("data-isso-lang", thread.lang);
script.src = ${inScript(`${base}js/embed.min.js`)};`
    : // https://remark42.com/docs/configuration/frontend/
      `window.remark_config = { host: ${inScript(root)}, site_id: ${inScript(site)}, url: thread.dataset.url, components: ["embed"], locale: thread.lang === "uk" ? "ua" : thread.lang, theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light" };
script.type = "module";
script.src = ${inScript(`${base}web/embed.mjs`)};`;
}
