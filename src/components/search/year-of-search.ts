/** What the search page needs to know about a year. */
export interface YearOfSearch {
  /** The version of Pagefind. */
  version: string;
  /** The languages of its stories, by name. */
  languages: {
    language: string;
    stories: number;
    /** The name of the rules for words. */
    rules: string;
    /** Changes with the index, so that browsers can keep what they have. */
    tag: string;
  }[];
}
