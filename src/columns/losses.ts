import { type Damage, type DamageCode, damage, type Severity } from '../damage.js';

/** The first place where a damage was met, and how it showed. */
export interface LossDetail {
  readonly byteOffset?: number;
  readonly expected?: string;
  readonly actual?: string;
  readonly severity?: Severity;
}

/** What one read of one column found wrong: each kind of damage is one entry, with the place where it was met first. */
export interface Losses {
  /**
   * Counts `cells` lost (0 for what cost none). `kind` keeps apart what has one code in one file. `describe` is called for the
   * first of a kind only.
   */
  add(code: DamageCode, file: string, cells: number, describe: () => LossDetail, kind?: string): void;
  readonly lostCells: number;
  damage(): Damage[];
}

/** No losses yet, of the column called `column`. */
export function noLosses(column: string): Losses {
  const entries = new Map<string, { code: DamageCode; file: string; cells: number; detail: LossDetail }>();
  let lostCells = 0;
  return {
    add(code, file, cells, describe, kind = '') {
      const key = `${code} ${kind} ${file}`;
      const known = entries.get(key);
      if (known === undefined) entries.set(key, { code, file, cells, detail: describe() });
      else known.cells += cells;
      lostCells += cells;
    },
    get lostCells() {
      return lostCells;
    },
    damage() {
      return [...entries.values()].map(({ code, file, cells, detail }) =>
        damage(code, file, { column, ...detail, ...(cells === 0 ? {} : { cells: BigInt(cells) }) }),
      );
    },
  };
}
