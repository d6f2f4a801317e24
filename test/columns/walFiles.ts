/** A second reader of `_event` and `_meta`, for tests only and by hand, so that column tests do not lean on the real one. */
import { readFileSync } from 'node:fs';

export interface MetaColumn {
  readonly index: number;
  readonly name: string;
  readonly code: number;
  readonly designated: boolean;
}

export interface EventDiff {
  readonly cleanCount: number;
  readonly entries: ReadonlyMap<number, string>;
}

export interface DataTxn {
  readonly lo: number;
  readonly hi: number;
  readonly diffs: ReadonlyMap<number, EventDiff>;
}

class Bytes {
  at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  i32(): number {
    this.at += 4;
    return this.view.getInt32(this.at - 4, true);
  }

  i64(): number {
    this.at += 8;
    return Number(this.view.getBigInt64(this.at - 8, true));
  }

  text(): string {
    const length = 2 * this.i32();
    this.at += length;
    return Buffer.from(this.bytes.subarray(this.at - length, this.at)).toString('utf16le');
  }
}

/** The live columns of a segment. */
export function metaColumns(segment: string): MetaColumn[] {
  const bytes = new Bytes(readFileSync(`${segment}/_meta`));
  bytes.at = 16;
  const count = bytes.i32();
  const designated = bytes.i32();
  bytes.at = 29;
  const all = Array.from({ length: count }, (_, index) => {
    const code = bytes.i32();
    return { index, code, name: bytes.text(), designated: index === designated };
  });
  return all.filter((column) => column.code > 0);
}

/** The data transactions of a segment, by segmentTxn. */
export function dataTxns(segment: string): Map<number, DataTxn> {
  const file = readFileSync(`${segment}/_event`);
  const bytes = new Bytes(file);
  const found = new Map<number, DataTxn>();
  for (let at = 8; at + 4 <= file.length; ) {
    bytes.at = at;
    const length = bytes.i32();
    if (length < 1) break;
    const txn = bytes.i64();
    const type = file[bytes.at];
    if (type === 0 || type === 3) {
      bytes.at += 1;
      const lo = bytes.i64();
      const hi = bytes.i64();
      bytes.at += 17 + (type === 3 ? 16 : 0);
      found.set(txn, { lo, hi, diffs: readDiffs(bytes) });
    }
    at += length;
  }
  return found;
}

function readDiffs(bytes: Bytes): Map<number, EventDiff> {
  const diffs = new Map<number, EventDiff>();
  for (let column = bytes.i32(); column !== -1; column = bytes.i32()) {
    bytes.at += 1;
    const cleanCount = bytes.i32();
    const entries = new Map<number, string>();
    for (let left = bytes.i32(); left > 0; left--) {
      const key = bytes.i32();
      entries.set(key, bytes.text());
    }
    bytes.at += 4;
    diffs.set(column, { cleanCount, entries });
  }
  return diffs;
}
