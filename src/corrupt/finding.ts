/** What an invariant's check found. */

/** The invariants, by the names that findings carry. */
export const INVARIANTS = {
  ends: 'no crash, no hang, no more work and output than the size of the input allows',
  source_unchanged: 'the source is byte-identical afterwards',
  no_wrong_data: 'each cell is that of the undamaged folder, or NULL, or its own stored bytes are other',
  nothing_silent: 'every row, cell, statement and transaction that is missing is named',
  conservation: 'each seqTxn from 1 to maxTxn is in one state, and the sums agree with the files',
  locality: 'what the damage neither touches nor defines comes out as without it',
  monotony: 'damage adds no rows, but unknown ones where the log is gone',
  determinism: 'the same input gives the same bytes, in whatever order segments are worked on',
  parquet_opens: 'every file opens in another engine, with the rows that the manifest says',
  exit_code: 'the exit code agrees with the manifest',
  undamaged_clean: 'an undamaged folder comes out whole, without any damage reported',
} as const;
export type Invariant = keyof typeof INVARIANTS;

export interface Finding {
  readonly invariant: Invariant;
  /** One line; the same for the same thing whatever the numbers, as far as that goes. */
  readonly text: string;
  /** Where: a file, a row, a cell. */
  readonly place: string;
}

/** Collects findings, of each text the first with its place. */
export interface Findings {
  readonly all: readonly Finding[];
  add(invariant: Invariant, text: string, place: string): void;
}

export function newFindings(): Findings {
  const seen = new Map<string, Finding>();
  return {
    get all() {
      return [...seen.values()];
    },
    add(invariant, text, place) {
      const key = `${invariant}: ${text}`;
      if (!seen.has(key)) seen.set(key, { invariant, text, place });
    },
  };
}
