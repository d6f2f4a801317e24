/**
 * The rows of one table, as one engine shows them, against its truth.
 */
import type { TruthTable, TruthTransaction } from './fixtures.js';
import type { EngineTable } from './parquetEngines.js';
import type { Cell, ExpectedColumn } from './truthColumns.js';

/** Numbers of rows, unless said otherwise. */
export interface Comparison {
  expected: number;
  /** Right in every data cell, at their place in their transaction. */
  found: number;
  missing: number;
  /** No row of the truth. */
  extra: number;
  /** There, with a wrong data cell. */
  wrong: number;
  /** Cells of the provenance columns. */
  provenanceWrong: number;
  /** Missing, and the truth says that the damage may have cost them. */
  lost: number;
  /** NULL cells in `found` rows, and the truth says that the damage may have cost them. */
  lostCells: number;
}

export function newComparison(): Comparison {
  return { expected: 0, found: 0, missing: 0, extra: 0, wrong: 0, provenanceWrong: 0, lost: 0, lostCells: 0 };
}

/** What a file's name says about its rows. */
export interface FileRows {
  readonly file: string;
  readonly walId: number;
  readonly segmentId: number;
  readonly firstSeqTxn?: number;
  readonly lastSeqTxn?: number;
  /** False: the file has no provenance columns. */
  readonly provenance: boolean;
}

/** A file's columns; `place` is -1 where the file lacks one. */
export interface FileColumns {
  readonly data: readonly { readonly truthName: string; readonly expected: ExpectedColumn; readonly place: number }[];
  readonly provenance: readonly { readonly expected: ExpectedColumn; readonly place: number }[];
}

/** Makes the expected cell of a text, in the engine's way. */
type CellOf = (column: ExpectedColumn) => (text: string | null) => Cell;

/** The rows found of one transaction: their data cells, and how to make the cells that they should have. */
interface FoundRows {
  readonly rows: Cell[][];
  readonly file: string;
  readonly columns: FileColumns['data'];
  readonly cellOf: CellOf;
}

const STATUSES = ['unapplied', 'applied_unpurged', 'in_lag', 'unknown'];

export class TableComparison {
  private readonly total = newComparison();
  private readonly bySeqTxn: ReadonlyMap<number, TruthTransaction>;
  private readonly byPlace: ReadonlyMap<string, TruthTransaction>;
  private readonly found = new Map<number, FoundRows>();

  constructor(
    private readonly table: TruthTable,
    private readonly say: (kind: string, text: string) => void,
  ) {
    const withRows = table.transactions.filter((txn) => txn.rowCount !== null);
    this.bySeqTxn = new Map(withRows.map((txn) => [txn.seqTxn, txn]));
    this.byPlace = new Map(withRows.map((txn) => [`${txn.walId} ${txn.segmentId} ${txn.segmentTxn}`, txn]));
  }

  /** Takes in the rows of one file. */
  add(rows: FileRows, columns: FileColumns, engine: EngineTable, cellOf: CellOf): void {
    const read = ({ expected, place }: { expected: ExpectedColumn; place: number }): readonly Cell[] =>
      place < 0 ? new Array<Cell>(engine.rowCount).fill(null) : engine.cells(place, expected.kind);
    const data = columns.data.map(read);
    const provenance = columns.provenance.map((column) => ({ name: column.expected.name, cells: read(column) }));
    const owners = rows.provenance ? this.ownersByCells(rows, provenance) : this.ownersByOrder(rows, engine.rowCount);
    for (let row = 0; row < engine.rowCount; row++) {
      const txn = owners[row];
      if (txn === undefined) {
        this.total.extra++;
        this.say('extra', `${this.table.name}: ${rows.file} row ${row} is of no transaction`);
        continue;
      }
      let found = this.found.get(txn.seqTxn);
      if (found === undefined) {
        found = { rows: [], file: rows.file, columns: columns.data, cellOf };
        this.found.set(txn.seqTxn, found);
      }
      found.rows.push(data.map((cells) => cells[row] ?? null));
      const cellsOfRow = provenance.map(({ name, cells }) => [name, cells[row] ?? null] as const);
      this.checkProvenance(rows.file, row, txn, cellsOfRow);
    }
    this.checkName(rows, new Set(owners));
  }

  /**
   * The transaction of each row: what `_txnSeq_` and the place (wal, segment, segmentTxn) say; where they disagree, the one
   * that the row before belongs to, so that one wrong cell does not move a row.
   */
  private ownersByCells(
    rows: FileRows,
    provenance: readonly { readonly name: string; readonly cells: readonly Cell[] }[],
  ): (TruthTransaction | undefined)[] {
    const [wal, segment, segmentTxn, seqTxn] = provenance.map(({ cells }) => cells);
    let last: TruthTransaction | undefined;
    return (seqTxn ?? []).map((seqTxnCell, row) => {
      const bySeqTxn = seqTxnCell === null ? undefined : this.bySeqTxn.get(Number(decodeInteger(seqTxnCell)));
      const byPlace =
        this.byPlace.get(`${wal?.[row]} ${segment?.[row]} ${segmentTxn?.[row]}`) ??
        this.byPlace.get(`${rows.walId} ${rows.segmentId} ${segmentTxn?.[row]}`);
      last = last !== undefined && (last === bySeqTxn || last === byPlace) ? last : (bySeqTxn ?? byPlace);
      return last;
    });
  }

  /** The transaction of each row of a file without provenance: those of its segment, one after the other. */
  private ownersByOrder({ walId, segmentId }: FileRows, rowCount: number): (TruthTransaction | undefined)[] {
    const inOrder = [...this.byPlace.values()]
      .filter((txn) => txn.walId === walId && txn.segmentId === segmentId)
      .sort((a, b) => a.segmentTxn - b.segmentTxn)
      .flatMap((txn) => new Array<TruthTransaction>(txn.rowCount ?? 0).fill(txn));
    return Array.from({ length: rowCount }, (_, row) => inOrder[row]);
  }

  private checkProvenance(
    file: string,
    row: number,
    txn: TruthTransaction,
    cells: readonly (readonly [name: string, cell: Cell])[],
  ): void {
    const allowed = this.allowedProvenance(txn);
    for (const [name, cell] of cells) {
      if (allowed[name]?.includes(cell)) continue;
      this.total.provenanceWrong++;
      this.say(
        `provenance ${name}`,
        `${this.table.name} seqTxn ${txn.seqTxn}: ${file} row ${row} has ${show(cell)}; expected ${allowed[name]?.map(show).join(' or ')}`,
      );
    }
  }

  /** The cells that a row of `txn` may have in each provenance column. */
  private allowedProvenance(txn: TruthTransaction): Readonly<Record<string, readonly Cell[]>> {
    const { table } = this;
    const logLost = table.sequencerLost === true || this.mayBeLost(txn);
    return {
      _wal_id: [String(txn.walId)],
      _segment_id: [String(txn.segmentId)],
      _segment_txn: [String(txn.segmentTxn)],
      _txnSeq_: logLost ? [String(txn.seqTxn), null] : [String(txn.seqTxn)],
      _commit_ts: logLost ? [String(txn.commitTs), null] : [String(txn.commitTs)],
      _recovery_status_: statusesOf(table, txn.seqTxn, logLost).map(textCell),
    };
  }

  private mayBeLost(txn: TruthTransaction): boolean {
    return typeof this.table.damage === 'string' && (this.table.mayBeLost ?? []).includes(txn.seqTxn);
  }

  /** A file's name must say where its rows are from. */
  private checkName(rows: FileRows, owners: ReadonlySet<TruthTransaction | undefined>): void {
    const { walId, segmentId, firstSeqTxn, lastSeqTxn, file } = rows;
    const inSegment = this.table.transactions.filter((txn) => txn.walId === walId && txn.segmentId === segmentId);
    if ([...owners].some((txn) => txn !== undefined && !inSegment.includes(txn))) {
      this.say('file name', `${file} holds rows of another segment`);
    }
    if (firstSeqTxn === undefined || lastSeqTxn === undefined) return;
    const all = inSegment.map((txn) => txn.seqTxn);
    const withRows = inSegment.filter((txn) => (txn.rowCount ?? 0) > 0).map((txn) => txn.seqTxn);
    const first = [Math.min(...all), Math.min(...withRows)];
    const last = [Math.max(...all), Math.max(...withRows)];
    if (!first.includes(firstSeqTxn) || !last.includes(lastSeqTxn)) {
      this.say('file name', `${file}: the segment has seqTxn ${Math.min(...all)} to ${Math.max(...all)}`);
    }
  }

  /** The sums, once all files are in. */
  finish(): Comparison {
    const expectedRows = new Map<number, Readonly<Record<string, string | null>>[]>();
    for (const { seqTxn, values } of this.table.rows) {
      const rows = expectedRows.get(seqTxn);
      if (rows === undefined) expectedRows.set(seqTxn, [values]);
      else rows.push(values);
    }
    this.total.expected = this.table.rows.length;
    for (const txn of this.bySeqTxn.values()) this.compareTransaction(txn, expectedRows.get(txn.seqTxn) ?? []);
    return this.total;
  }

  private compareTransaction(txn: TruthTransaction, texts: readonly Readonly<Record<string, string | null>>[]): void {
    const found = this.found.get(txn.seqTxn);
    if (found === undefined) {
      this.countMissing(txn, texts.length);
      return;
    }
    const { rows, columns, cellOf, file } = found;
    const makers = columns.map(({ expected }) => cellOf(expected));
    const expected = texts.map((values) =>
      columns.map(({ truthName }, i) => makers[i]?.(values[truthName] ?? null) ?? null),
    );
    if (texts.some((values) => Object.keys(values).length !== columns.length)) {
      this.say('columns', `${this.table.name} seqTxn ${txn.seqTxn}: ${file} has not the columns of the truth`);
    }
    const mayBeNull = columns.map(
      ({ truthName }) => this.mayBeLost(txn) && (this.table.lostColumns ?? []).includes(truthName),
    );
    const right = (a: readonly Cell[] | undefined, b: readonly Cell[] | undefined): boolean =>
      a?.every((cell, i) => cell === b?.[i] || (mayBeNull[i] === true && b?.[i] === null)) ?? false;
    let head = 0;
    while (head < Math.min(expected.length, rows.length) && right(expected[head], rows[head])) head++;
    let tail = 0;
    const rest = Math.min(expected.length, rows.length) - head;
    while (tail < rest && right(expected[expected.length - 1 - tail], rows[rows.length - 1 - tail])) tail++;
    let wrong = 0;
    for (let i = head; i < Math.min(expected.length, rows.length) - tail; i++) {
      if (right(expected[i], rows[i])) continue;
      wrong++;
      this.sayWrong(txn, i, columns, expected[i] ?? [], rows[i] ?? [], mayBeNull);
    }
    const same = Math.min(expected.length, rows.length);
    this.countMissing(txn, expected.length - same);
    if (rows.length > same) {
      this.total.extra += rows.length - same;
      this.say(
        'extra',
        `${this.table.name} seqTxn ${txn.seqTxn}: ${file} has ${rows.length} rows; expected ${expected.length}`,
      );
    }
    this.countLostCells(expected, rows, mayBeNull);
    this.total.wrong += wrong;
    this.total.found += same - wrong;
  }

  private countMissing(txn: TruthTransaction, rows: number): void {
    if (rows === 0) return;
    if (this.mayBeLost(txn)) {
      this.total.lost += rows;
      return;
    }
    this.total.missing += rows;
    this.say('missing', `${this.table.name} seqTxn ${txn.seqTxn} (wal${txn.walId}/${txn.segmentId}): ${rows} rows`);
  }

  private countLostCells(expected: readonly Cell[][], rows: readonly Cell[][], mayBeNull: readonly boolean[]): void {
    const lost = rows.flatMap((row, r) =>
      row.filter((cell, i) => mayBeNull[i] && cell === null && expected[r]?.[i] !== null),
    );
    this.total.lostCells += lost.length;
  }

  private sayWrong(
    txn: TruthTransaction,
    row: number,
    columns: FileColumns['data'],
    expected: readonly Cell[],
    actual: readonly Cell[],
    mayBeNull: readonly boolean[],
  ): void {
    columns.forEach(({ expected: column }, i) => {
      if (expected[i] === actual[i] || (mayBeNull[i] && actual[i] === null)) return;
      const place = `${this.table.name} seqTxn ${txn.seqTxn} row ${row} ${column.name}`;
      this.say(
        `wrong ${column.sqlType}`,
        `${place}: ${show(actual[i] ?? null)}; expected ${show(expected[i] ?? null)}`,
      );
    });
  }
}

function statusesOf(table: TruthTable, seqTxn: number, logLost: boolean): string[] {
  if (table.dropped || table.appliedSeqTxn === null) return STATUSES;
  const applied = table.appliedSeqTxn;
  const lag = seqTxn <= applied + table.lagTxnCount ? 'in_lag' : 'unapplied';
  const status = seqTxn <= applied ? 'applied_unpurged' : lag;
  return logLost || table.watermarkLost === true ? [status, 'unknown'] : [status];
}

function decodeInteger(cell: string): string {
  return /^-?\d+$/.test(cell) ? cell : 'NaN';
}

function textCell(text: string): Cell {
  return `x:${Buffer.from(text, 'utf8').toString('hex')}`;
}

function show(cell: Cell): string {
  if (cell === null) return 'NULL';
  if (!cell.startsWith('x:')) return cell;
  const text = Buffer.from(cell.slice(2), 'hex').toString('utf8');
  return /^[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(text) ? `${cell} (${text})` : cell;
}
