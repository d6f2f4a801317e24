/**
 * Every file of every fixture is one of the specifications' kinds and fits it, whoever wrote it.
 */
import { describe, expect, it } from 'vitest';
import {
  ArrayAux,
  ArrayData,
  BinaryValue,
  ColumnType,
  ColumnVersions,
  Event,
  EventIndex,
  SegmentMeta,
  Str16,
  StringAux,
  SymbolChars,
  SymbolIndexKeys,
  SymbolIndexValues,
  SymbolOffsets,
  TimestampData,
  Txn,
  VarcharAux,
} from '../../generated/index.js';
import { lazy, parse, parseLean, span, text } from '../../src/kaitai/parse.js';
import { fixtureNames, undamagedFixtureNames } from '../helpers/fixtures.js';
import { bytesOf, filesOf } from './files.js';
import { typeOfFile } from './kinds.js';
import { fieldNames, plain } from './tree.js';

const { ColumnTag } = ColumnType;

describe.each(undamagedFixtureNames())('%s', (name) => {
  const files = filesOf(name);
  const segments = files.filter((path) => path.endsWith('/_event')).map((path) => path.slice(0, -'/_event'.length));

  it('has only files of known kinds, and all of them parse, lazy parts too', () => {
    for (const path of files) {
      const type = typeOfFile(path);
      expect(type, path).toBeDefined();
      if (type === undefined || typeof type === 'string') continue;
      const bytes = bytesOf(name, path);
      const parsed = parse(type, bytes);
      expect(parsed.failure, path).toBeUndefined();
      expect(parsed.consumed).toBeLessThanOrEqual(bytes.length);
      for (const field of fieldNames(parsed.value, true)) {
        if (parsed.value instanceof Txn || parsed.value instanceof ColumnVersions) continue;
        expect(lazy(parsed.value, field).failure, `${path} ${field}`).toBeUndefined();
      }
      expect(plain(parseLean(type, bytes).value), path).toEqual(plain(parsed.value));
    }
  });

  it('has a current area in each _txn and _cv', () => {
    for (const path of files.filter((each) => /\/(?:_txn|_cv)$/.test(each) && !each.includes('/txn_seq/'))) {
      const bytes = bytesOf(name, path);
      if (path.endsWith('_txn')) {
        const { value } = parse(Txn, bytes);
        const record = lazy(value, value.version % 2n === 0n ? 'recordA' : 'recordB');
        expect(record.failure, path).toBeUndefined();
        expect(record.value?.txn, path).toBe(value.version);
      } else {
        const { value } = parse(ColumnVersions, bytes);
        expect((value.version % 2n === 0n ? value.areaA : value.areaB).isInside, path).toBe(true);
      }
    }
  });

  it('has events that lie where _event.i says, each consumed to the byte', () => {
    for (const segment of segments) {
      const bytes = bytesOf(name, `${segment}/_event`);
      const event = parse(Event, bytes).value;
      const records = event.records ?? [];
      expect(records.at(-1)?.lenRecord, segment).toBe(-1);
      const index = parse(EventIndex, bytesOf(name, `${segment}/_event.i`)).value.entries;
      records.forEach((record, at) => {
        const place = span(event, 'records', at);
        expect(BigInt(place?.start ?? -1), segment).toBe(index[at]);
        if (record.lenRecord === -1) return;
        expect(record.txn).toBe(BigInt(at));
        expect(record.body instanceof Uint8Array).toBe(false);
        expect(record.body).toHaveProperty('surplus', new Uint8Array(0));
        const alone = parse(Event.Record, bytes.slice(place?.start, place?.end));
        expect(plain(alone.value)).toEqual(plain(record));
        expect(alone.consumed).toBe(record.lenRecord);
      });
    }
  });

  it('has segment metadata that ends where it says', () => {
    for (const segment of segments.filter((each) => files.includes(`${each}/_meta`))) {
      const parsed = parse(SegmentMeta, bytesOf(name, `${segment}/_meta`));
      expect(parsed.consumed, segment).toBe(parsed.value.lenValid);
    }
  });

  it('has column files whose committed rows all parse', () => {
    for (const segment of segments.filter((each) => files.includes(`${each}/_meta`))) checkColumns(name, segment);
  });

  it('has symbol tables whose offsets and texts agree', () => {
    for (const path of files.filter((each) => /\.o(?:\.\d+)?$/.test(each))) {
      const { entries } = parse(SymbolOffsets, bytesOf(name, path)).value;
      const chars = parse(SymbolChars, bytesOf(name, path.replace(/\.o(\.\d+)?$/, '.c$1'))).value;
      expect(lazy(chars, 'symbols').failure, path).toBeUndefined();
      expect(entries[0] ?? 0n, path).toBe(0n);
      const count = entries.findIndex((entry, at) => at > 0 && entry <= (entries[at - 1] ?? 0n));
      for (let key = 0; key + 1 < (count < 0 ? entries.length : count); key++) {
        const place = span(chars, 'symbols', key);
        expect([BigInt(place?.start ?? -1), BigInt(place?.end ?? -1)], `${path} ${key}`).toEqual([
          entries[key],
          entries[key + 1],
        ]);
      }
    }
  });

  it('has symbol indexes whose blocks parse', () => {
    for (const path of files.filter((each) => /\.k(?:\.\d+)?$/.test(each))) {
      const keys = parse(SymbolIndexKeys, bytesOf(name, path)).value;
      expect(keys.sequenceCheck, path).toBe(keys.sequence);
      const bytes = bytesOf(name, path.replace(/\.k(\.\d+)?$/, '.v$1'));
      expect(keys.lenValues).toBeLessThanOrEqual(bytes.length);
      const values = parse(SymbolIndexValues, bytes, keys.numBlockValues);
      expect(lazy(values.value, 'blocks').failure, path).toBeUndefined();
    }
  });
});

/** Checks the STRING, BINARY, VARCHAR, ARRAY and designated timestamp columns of a segment. */
function checkColumns(name: string, segment: string): void {
  const meta = parse(SegmentMeta, bytesOf(name, `${segment}/_meta`)).value;
  const bodies = (parse(Event, bytesOf(name, `${segment}/_event`)).value.records ?? []).map((record) => record.body);
  const rows = Math.max(0, ...bodies.map((body) => (body instanceof Event.DataBody ? Number(body.rowHi) : 0)));
  meta.slots.forEach((slot, at) => {
    const file = `${segment}/${text(slot.name)}`;
    if (slot.type.isDeleted || rows === 0) return;
    if (at === meta.timestampIndex) checkTimestamps(bytesOf(name, `${file}.d`), rows, file);
    const { tag } = slot.type;
    const hasAux =
      tag === ColumnTag.STRING || tag === ColumnTag.BINARY || tag === ColumnTag.VARCHAR || tag === ColumnTag.ARRAY;
    if (!hasAux) return;
    const [aux, data] = [bytesOf(name, `${file}.i`), bytesOf(name, `${file}.d`)];
    if (tag === ColumnTag.VARCHAR) checkVarchars(aux, data, rows, file);
    else if (tag === ColumnTag.ARRAY) checkArrays(aux, data, rows, file, ((slot.type.code >> 14) & 0x1f) + 1);
    else checkOffsets(aux, data, rows, file, tag === ColumnTag.STRING ? Str16 : BinaryValue);
  });
}

function checkTimestamps(data: Uint8Array, rows: number, file: string): void {
  const { entries } = parse(TimestampData, data).value;
  for (let row = 0; row < rows; row++) expect(entries[row]?.rowId, file).toBe(BigInt(row));
}

function checkOffsets(
  aux: Uint8Array,
  data: Uint8Array,
  rows: number,
  file: string,
  type: typeof Str16 | typeof BinaryValue,
): void {
  const { entries } = parse(StringAux, aux).value;
  for (let row = 0; row < rows; row++) {
    const value = data.subarray(Number(entries[row]), Number(entries[row + 1]));
    const parsed = type === Str16 ? parse(Str16, value) : parse(BinaryValue, value);
    expect([parsed.failure, parsed.consumed], `${file} ${row}`).toEqual([undefined, value.length]);
  }
}

function checkVarchars(aux: Uint8Array, data: Uint8Array, rows: number, file: string): void {
  const { entries } = parse(VarcharAux, aux).value;
  let end = 0;
  for (const [row, entry] of entries.slice(0, rows).entries()) {
    expect(entry.ofsValue, `${file} ${row}`).toBe(end);
    if (entry.isInlined) expect(entry.lenValue).toBeLessThanOrEqual(9);
    if (entry.isInlined || entry.isNull) continue;
    expect(plain(data.slice(end, end + 6)), `${file} ${row}`).toBe(plain(entry.inlined.slice(3)));
    end += entry.lenValue;
  }
  expect(entries.length).toBeGreaterThanOrEqual(rows);
}

function checkArrays(aux: Uint8Array, data: Uint8Array, rows: number, file: string, numDims: number): void {
  const { entries } = parse(ArrayAux, aux).value;
  let end = 0;
  for (const [row, entry] of entries.slice(0, rows).entries()) {
    expect(entry.ofsValue, `${file} ${row}`).toBe(end);
    if (entry.lenValue === 0) continue;
    const parsed = parse(ArrayData, data.subarray(end, end + entry.lenValue), numDims);
    expect([parsed.failure, parsed.consumed, parsed.value.surplus.length], `${file} ${row}`).toEqual([
      undefined,
      entry.lenValue,
      0,
    ]);
    expect(parsed.value.values?.length ?? 0).toBe(parsed.value.dims.reduce((product, each) => product * each, 1));
    end += entry.lenValue;
  }
  expect(entries.length).toBeGreaterThanOrEqual(rows);
}

it('a damaged fixture never makes a parser throw', () => {
  let failures = 0;
  for (const name of fixtureNames().filter((each) => !undamagedFixtureNames().includes(each))) {
    for (const path of filesOf(name)) {
      const type = typeOfFile(path);
      if (type === undefined || typeof type === 'string') continue;
      const parsed = parse(type, bytesOf(name, path));
      const inLazy =
        parsed.failure === undefined ? fieldNames(parsed.value, true).map((field) => lazy(parsed.value, field)) : [];
      failures += [parsed, ...inLazy].some((each) => each.failure !== undefined) ? 1 : 0;
    }
  }
  expect(failures).toBeGreaterThan(0);
});
