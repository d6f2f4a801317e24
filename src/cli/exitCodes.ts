/** Exit codes of every command, as README.md lists them. */
export const EXIT = {
  /** All of it was done; nothing is missing. */
  whole: 0,
  /** It can't be done: no database, no such table, an output that can't be written. */
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** It was done, with losses that are all named. */
  losses: 3,
  /** Stopped by a signal: 128 and its number. */
  interrupted: 130,
  terminated: 143,
} as const;
