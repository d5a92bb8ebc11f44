/** The facts that a new newsroom needs. */
export interface PaperFacts {
  name: string;
  language: string;
  timeZone: string;
  url: string;
}
