/** Files that are wrong in known ways, made up here, against a small truth. */
import { expect, it } from 'vitest';
import { alignRows } from '../../src/corrupt/alignRows.js';
import { compareFile } from '../../src/corrupt/compareFile.js';
import { newFindings } from '../../src/corrupt/finding.js';
import { type Cell, type ReadFile, sameCell } from '../../src/corrupt/readBack.js';
import { LOST, OTHER, type SegmentTouch, untouched } from '../../src/corrupt/touchMap.js';
import type { SegmentTruth } from '../../src/corrupt/truth.js';

const utf8 = new TextEncoder();
const TXNS = [0, 0, 0, 1, 1, 2];
const TS = [10n, 11n, 12n, 13n, 14n, 15n];
const VALUES = [1, 2, null, 4, 5, 6];
const column = (name: string, designated: boolean) => ({ index: 0, name, type: undefined, typeCode: 0, designated });

/** Six rows of three transactions; the last was never committed. */
const TRUTH = {
  segmentDir: 't/wal1/0',
  walId: 1,
  segmentId: 0,
  rows: 6,
  orphan: [false, false, false, false, false, true],
  position: [0, 1, 2, 3, 4, 5],
  segmentTxn: TXNS,
  seqTxn: [7n, 7n, 7n, 8n, 8n, null],
  commitTs: [70n, 70n, 70n, 80n, 80n, null],
  status: ['unapplied', 'unapplied', 'unapplied', 'unapplied', 'unapplied', 'unknown'],
  columns: new Map([
    ['ts', { column: column('ts', true), name: 'ts', form: 'INT64', cells: TS }],
    ['v', { column: column('v', false), name: 'v', form: 'INT32', cells: VALUES }],
  ]),
  transactions: new Map([
    [0, { first: 0, count: 3 }],
    [1, { first: 3, count: 2 }],
    [2, { first: 5, count: 1 }],
  ]),
} as unknown as SegmentTruth;

const ORIGIN = { name: 'f', walId: 1, segmentId: 0, isCopy: false, isOrphans: false };

type Columns = Readonly<Record<string, readonly Cell[]>>;

/** The file of the five committed rows, with some columns replaced. */
function fileOf(changes: Columns = {}, rows = [0, 1, 2, 3, 4]): ReadFile {
  const at = (cells: readonly Cell[]): Cell[] => rows.map((row) => cells[row] ?? null);
  const columns: Columns = {
    ts: at(TS),
    v: at(VALUES),
    _wal_id: rows.map(() => 1),
    _segment_id: rows.map(() => 0),
    _segment_txn: at(TXNS),
    _txnSeq_: at(TRUTH.seqTxn),
    _commit_ts: at(TRUTH.commitTs),
    _recovery_status_: rows.map((row) => utf8.encode(TRUTH.status[row])),
    ...changes,
  };
  const form = (name: string): string => ({ ts: 'INT64', v: 'INT32' })[name] ?? '';
  return {
    rows: rows.length,
    columns: new Map(Object.entries(columns).map(([name, cells]) => [name, { form: form(name), cells }])),
  };
}

function found(file: ReadFile, touch?: SegmentTouch): string[] {
  const findings = newFindings();
  compareFile(file, TRUTH, touch, ORIGIN, findings);
  return findings.all.map(({ invariant, text }) => `${invariant}: ${text}`);
}

const touching = (change: (touch: SegmentTouch) => void): SegmentTouch => {
  const touch = untouched(TRUTH);
  change(touch);
  return touch;
};

it('finds nothing in a file of the right rows', () => {
  expect(found(fileOf())).toEqual([]);
  expect(found(fileOf({}, [3, 4]))).toEqual([]);
});

it('finds a wrong cell, unless its own bytes are others', () => {
  const file = fileOf({ v: [1, 99, null, 4, 5] });
  expect(found(file)).toEqual(['no_wrong_data: a wrong cell']);
  const lost = touching(({ cells }) => cells.get('v')?.fill(LOST));
  expect(found(file, lost)).toEqual(['no_wrong_data: a wrong cell']);
  const other = touching(({ cells }) => cells.get('v')?.fill(OTHER, 1, 2));
  expect(found(file, other)).toEqual([]);
});

it('finds a value where the truth is NULL', () => {
  expect(found(fileOf({ v: [1, 2, 0, 4, 5] }))).toEqual(['no_wrong_data: a wrong cell']);
});

it('finds a lost cell, unless it was touched, and counts it either way', () => {
  const file = fileOf({ v: [1, null, null, 4, 5] });
  expect(found(file)).toEqual(['locality: a cell lost that nothing touched']);
  const touch = touching(({ cells }) => cells.get('v')?.fill(LOST));
  expect(found(file, touch)).toEqual([]);
  expect(compareFile(file, TRUTH, touch, ORIGIN, newFindings()).lostCells).toEqual(new Map([['v', 1]]));
});

it('finds a column that is missing, of another type, or that never was', () => {
  const { columns, rows } = fileOf();
  const without = new Map([...columns].filter(([name]) => name !== 'v'));
  expect(found({ rows, columns: without })).toEqual(['locality: a cell lost that nothing touched']);
  const retyped = new Map([...columns, ['v', { form: 'INT64', cells: VALUES.slice(0, 5) }]] as const);
  expect(found({ rows, columns: retyped })).toEqual(['no_wrong_data: a column of another type']);
  const more = new Map([...columns, ['w', { form: 'INT32', cells: [1, 1, 1, 1, 1] }]] as const);
  expect(found({ rows, columns: more })).toEqual(['no_wrong_data: an invented column']);
});

it('finds a row that nobody wrote, and one that is there twice', () => {
  const stranger = fileOf({ _segment_txn: [0, 0, 0, 0, 1, 1] }, [0, 1, 2, 5, 3, 4]);
  expect(found(stranger)).toContain('monotony: an invented row');
  expect(found(fileOf({}, [3, 4, 0, 1, 2, 3, 4]))).toContain('monotony: a row twice');
  expect(found(fileOf({ _segment_txn: [0, 0, 0, 1, 9] }))).toContain('monotony: an invented row');
});

it('finds a wrong origin, unless the log is touched', () => {
  const moved = fileOf({ _txnSeq_: [7n, 7n, 7n, 9n, 9n] });
  expect(found(moved)).toEqual(['no_wrong_data: a wrong _txnSeq_']);
  expect(
    found(
      moved,
      touching(({ provenance }) => provenance.fill(OTHER)),
    ),
  ).toEqual([]);
  const forgotten = fileOf({ _txnSeq_: [null, null, null, 8n, 8n] });
  expect(found(forgotten)).toEqual(['locality: _txnSeq_ lost of a row that nothing touched']);
  expect(
    found(
      forgotten,
      touching(({ provenance }) => provenance.fill(LOST)),
    ),
  ).toEqual([]);
  expect(found(fileOf({ _wal_id: [1, 1, 1, 1, 2] }))).toEqual(['no_wrong_data: a wrong _wal_id']);
});

it('finds a wrong status; unknown is only wrong where nothing was touched', () => {
  const applied = fileOf({ _recovery_status_: TXNS.slice(0, 5).map(() => utf8.encode('applied_unpurged')) });
  expect(found(applied)).toEqual(['no_wrong_data: a wrong _recovery_status_']);
  const unknown = fileOf({ _recovery_status_: TXNS.slice(0, 5).map(() => utf8.encode('unknown')) });
  expect(found(unknown)).toEqual(['locality: a wrong _recovery_status_']);
  expect(
    found(
      unknown,
      touching(({ status }) => status.fill(LOST)),
    ),
  ).toEqual([]);
});

it('finds an orphan that is called committed', () => {
  const file = fileOf(
    { _txnSeq_: [7n, 7n, 7n, 8n, 8n, 9n], _commit_ts: [70n, 70n, 70n, 80n, 80n, 90n] },
    [0, 1, 2, 3, 4, 5],
  );
  expect(found(file)).toEqual(['no_wrong_data: a wrong _txnSeq_', 'no_wrong_data: a wrong _commit_ts']);
});

it('finds the place of rows whose transaction is not known', () => {
  const txns = { _segment_txn: [0, 0, 0, null, null] };
  expect([...alignRows(fileOf(txns), TRUTH)]).toEqual([0, 1, 2, 3, 4]);
  expect([...alignRows(fileOf({ _segment_txn: [null, null] }, [1, 2]), TRUTH)]).toEqual([1, 2]);
  expect([...alignRows(fileOf({ _segment_txn: [0, 0] }, [1, 2]), TRUTH)]).toEqual([1, 2]);
  expect([...alignRows(fileOf({ _segment_txn: [null, 1] }, [2, 3]), TRUTH)]).toEqual([2, 3]);
});

it('tells cells apart by their bytes', () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.of(...values);
  const same: [Cell, Cell][] = [
    [null, null],
    [1, 1],
    [-0, -0],
    [Number.NaN, Number.NaN],
    [5n, 5n],
    [bytes(1, 2), bytes(1, 2)],
    [
      [1, [null, Number.NaN]],
      [1, [null, Number.NaN]],
    ],
  ];
  for (const [a, b] of same) expect(sameCell(a, b)).toBe(true);
  const other: [Cell, Cell][] = [
    [null, 0],
    [0, -0],
    [1, 1n],
    [5n, 6n],
    [bytes(1), bytes(1, 2)],
    [bytes(1, 3), bytes(1, 2)],
    [
      [1, [2]],
      [1, [3]],
    ],
    [[1], bytes(1)],
    [true, 1],
  ];
  for (const [a, b] of other) expect(sameCell(a, b)).toBe(false);
});
