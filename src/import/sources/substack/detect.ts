/** Whether a text begins with the columns of Substack's list of posts. */
export const isPostsCsv = (start: string): boolean => {
  const line = start.replace(/^(?:\ufeff|\xff\xfe|\xfe\xff|\xef\xbb\xbf)/, '').split(/[\r\n]/, 1)[0] ?? '';
  return /(?:^|[,;\t"])post_id(?:$|[,;\t"])/i.test(line) && /(?:is_published|post_date)/i.test(line);
};
