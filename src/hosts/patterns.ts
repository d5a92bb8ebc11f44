/* Regular expressions for addresses, without the site's base. nginx, Apache, and Caddy all read them. */

/** Styles, fonts, renditions, and files of search indexes, whose names change with their bytes. */
export const assetPattern =
  '/(?:assets/(?:pictures/.+|[^/]+\\.[A-Za-z0-9_-]{8}\\.(?:css|woff2))|pagefind/[0-9]{4}/[a-z]+/(?:[a-z]+/|pagefind\\.)[a-z]+_[0-9a-f]+\\.pf_[a-z]+)$';

/** Files of the site's folder that are not for readers, without the first slash. `.well-known` is for everybody. */
export const privatePattern =
  '(?:^|/)\\.(?!well-known(?:/|$))|^(?:_headers|_redirects|vercel\\.json|staticwebapp\\.config\\.json)$';
