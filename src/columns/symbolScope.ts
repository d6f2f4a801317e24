/** Texts by key: what `openSymbolTable` makes, or any other. */
export interface SymbolTable {
  /** Keys from 0 up to here, exclusive. */
  readonly count: number;
  /** `undefined` for a key that the table has not, or whose text is damaged. Lone surrogates are kept. */
  get(key: number): string | undefined;
}

/** How the keys of rows [lo, hi) resolve: those of one transaction. QuestDB's diffs are never cumulative. */
export interface SymbolScope {
  readonly lo: number;
  readonly hi: number;
  /** Keys below are the base table's, those from it on the transaction's own (`cleanSymbolCount`). */
  readonly cleanCount: number;
  readonly base: SymbolTable | undefined;
  /** The transaction's own new symbols. */
  readonly diff: ReadonlyMap<number, string> | undefined;
  /** False when the transaction's diff is lost: its own keys are lost then, not wrong. */
  readonly diffKnown: boolean;
}

export interface SymbolResolver {
  /** In rising order of rows, not overlapping. */
  readonly scopes: readonly SymbolScope[];
  /** The table has dropped the column after it applied these rows, and its symbols with it: a note, no loss. */
  readonly isDropped?: boolean;
}
