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
   * first of a kind only; where it makes the kind a note, its cells are gone with the user's consent.
   */
  add(code: DamageCode, file: string, cells: number, describe: () => LossDetail, kind?: string): void;
  /** Cells lost, but for those of notes. */
  readonly lostCells: number;
  damage(): Damage[];
}

interface Entry {
  readonly code: DamageCode;
  readonly file: string;
  readonly kind: string;
  readonly detail: LossDetail;
  cells: number;
}

/** No losses yet, of the column called `column`. */
export function noLosses(column: string): Losses {
  let entries: Map<string, Entry> | undefined;
  let last: Entry | undefined;
  let lostCells = 0;
  return {
    add(code, file, cells, describe, kind = '') {
      if (last === undefined || last.code !== code || last.file !== file || last.kind !== kind) {
        const key = `${code} ${kind} ${file}`;
        entries ??= new Map();
        last = entries.get(key) ?? { code, file, kind, cells: 0, detail: describe() };
        entries.set(key, last);
      }
      last.cells += cells;
      if (last.detail.severity !== 'note') lostCells += cells;
    },
    get lostCells() {
      return lostCells;
    },
    damage() {
      return [...(entries?.values() ?? [])].map(({ code, file, cells, detail }) =>
        damage(code, file, { column, ...detail, ...(cells === 0 ? {} : { cells: BigInt(cells) }) }),
      );
    },
  };
}
