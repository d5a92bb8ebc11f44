/** What was wrong in a story, and what is right. */
export interface Correction {
  /** Milliseconds since 1970 UTC. */
  date: number;
  /** The date was written as a day without a time. */
  isDay?: true;
  type: 'correction' | 'clarification' | 'update' | 'editors-note';
  /** Plain text. For an update, it is the reason. */
  text: string;
  /** Shown at the top of the story instead of at its end. */
  prominent: boolean;
}
