/** What was wrong in a story, and what is right. */
export interface Correction {
  /** Milliseconds since 1970 UTC. */
  date: number;
  /** Written as a day without a time. */
  isDay?: true;
  type: 'correction' | 'clarification' | 'update' | 'editors-note';
  /** Plain text; of an update, the reason. */
  text: string;
  /** At the top of the story instead of its end. */
  prominent: boolean;
}
