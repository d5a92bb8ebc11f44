import { originOf } from '../../site/site.ts';
import type { Printing } from './printing.ts';

/**
 * Completes links within the site, to places on the page itself, and to files beside it (RFC 3986, section 5).
 *
 * @param html as our serialiser writes it: attributes in double quotation marks, with `"` escaped
 */
export function completeLinks(html: string, origin: string, page: string, keepsFragments = false): string {
  return html.replace(/<[a-z](?:[^>"]|"[^"]*")*>/gi, (tag) =>
    tag.replace(/ (href|src|cite)="([^"]*)"/g, (whole, name: string, written: string) => {
      if (/^[a-z][a-z\d+.-]*:/i.test(written)) return whole;
      // A feed reader may have no page whose scheme it could take.
      if (written.startsWith('//')) return ` ${name}="${new URL(origin).protocol}${written}"`;
      if (written.startsWith('/')) return ` ${name}="${origin}${written}"`;
      if (written.startsWith('#')) return keepsFragments ? whole : ` ${name}="${page}${written}"`;
      return URL.canParse(written, page) ? ` ${name}="${new URL(written, page).href}"` : whole;
    }),
  );
}

/** A run of finished HTML without what only a page of the site uses: classes, roles, and places in the tab order. */
export function plainRun(html: string, { site, page, keepsFragments }: Printing): string {
  const complete = completeLinks(html, originOf(site), page, keepsFragments);
  return complete.replace(/<[a-z](?:[^>"]|"[^"]*")*>/gi, (tag) =>
    tag.replace(/ (?:class|role|tabindex|aria-[a-z]+|data-[a-z-]+)="([^"]*)"/g, (whole) =>
      / class="(?:language-[^" ]+|task-list-item|contains-task-list)"/.test(whole) ? whole : '',
    ),
  );
}
