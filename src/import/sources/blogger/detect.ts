/** Whether a text begins as a backup of Blogger. */
export const isBloggerFeed = (start: string): boolean =>
  /<feed\b/.test(start) &&
  /schemas\.google\.com\/blogger\/20\d\d|blogger\.com,1999:blog-|generator[^>]*>Blogger</i.test(start);
