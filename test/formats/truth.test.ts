/**
 * What the specifications make of the fixtures against the fixtures' truth, which comes from what was inserted and what
 * servers answered.
 */
import { describe, expect, it } from 'vitest';
import { Event, SequencerMeta, type Str16, TableName, Txn, Txnlog, TxnlogPart } from '../../generated/index.js';
import { lazy, parse, sizeOf, text } from '../../src/kaitai/parse.js';
import {
  fixture,
  readTruth,
  type TruthTable,
  type TruthTransaction,
  undamagedFixtureNames,
} from '../helpers/fixtures.js';
import { bytesOf, filesOf } from './files.js';

const { EventType } = Event;
const TYPES: Readonly<Record<Exclude<TruthTransaction['kind'], 'structural'>, Event.EventType>> = {
  data: EventType.DATA,
  sql: EventType.SQL,
  truncate: EventType.TRUNCATE,
  matview_data: EventType.MAT_VIEW_DATA,
  matview_state: EventType.MAT_VIEW_INVALIDATE,
  matview_invalidate: EventType.MAT_VIEW_INVALIDATE,
  view_definition: EventType.VIEW_DEFINITION,
};

describe.each(undamagedFixtureNames())('%s', (name) => {
  const files = new Set(filesOf(name));
  const { tables } = readTruth(fixture(name));

  it('has the transactions of the truth in its logs', () => {
    let compared = 0;
    for (const table of tables.filter((each) => files.has(`db/${each.dirName}/txn_seq/_txnlog`))) {
      const records = logOf(name, table, files);
      for (const wanted of table.transactions.filter((each) => each.inSequencer !== false)) {
        const found = records.get(wanted.seqTxn);
        expect(found, `${table.dirName} ${wanted.seqTxn}`).toMatchObject({
          walId: wanted.walId,
          segmentId: wanted.segmentId,
          segmentTxn: wanted.segmentTxn,
          commitTimestampUs: BigInt(wanted.commitTs),
          structureVersion: BigInt(wanted.structureVersion),
        });
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(0);
  });

  it('has the events of the truth in its segments', () => {
    for (const table of tables) {
      const onDisk = table.transactions.filter((each) => each.walId > 0 && each.onDisk !== false);
      for (const wanted of onDisk) {
        const path = `db/${table.dirName}/wal${wanted.walId}/${wanted.segmentId}/_event`;
        if (!files.has(path)) continue;
        const record = parse(Event, bytesOf(name, path)).value.records?.[wanted.segmentTxn];
        const where = `${path} ${wanted.segmentTxn}`;
        if (wanted.kind !== 'structural') expect(record?.type, where).toBe(TYPES[wanted.kind]);
        const body = record?.body;
        if (body instanceof Event.DataBody) expect(Number(body.rowHi - body.rowLo), where).toBe(wanted.rowCount);
        if (body instanceof Event.SqlBody && wanted.sql !== undefined) expect(asInTruth(body), where).toBe(wanted.sql);
      }
    }
  });

  it('has the watermark, the names and the columns of the truth', () => {
    for (const table of tables) {
      const folder = `db/${table.dirName}`;
      if (files.has(`${folder}/_name`) && !table.dropped)
        expect(text(parse(TableName, bytesOf(name, `${folder}/_name`)).value.name)).toBe(table.name);
      if (files.has(`${folder}/_txn`) && table.appliedSeqTxn !== null) {
        const { value } = parse(Txn, bytesOf(name, `${folder}/_txn`));
        const record = lazy(value, value.version % 2n === 0n ? 'recordA' : 'recordB').value;
        expect(Number(record?.seqTxn), folder).toBe(table.appliedSeqTxn);
        expect(Math.abs(record?.lagTxnCount ?? -1), folder).toBe(table.lagTxnCount);
      }
      if (files.has(`${folder}/txn_seq/_meta`) && table.kind === 'table') {
        const { value } = parse(SequencerMeta, bytesOf(name, `${folder}/txn_seq/_meta`));
        const live = value.slots.filter((slot) => !slot.type.isDeleted).map((slot) => text(slot.name));
        expect(live.sort(), folder).toEqual(table.columns.map((column) => column.name).sort());
      }
    }
  });
});

/** A SQL event as the truth has it: variables as the driver's `%s`, their values in a comment behind. */
function asInTruth(body: Event.SqlBody): string {
  const values = body.indexed.map(({ value }) => (isStr16(value) ? `'${text(value)}'` : String(value)));
  const sql = (text(body.sql) ?? '').replace(/\$\d+/g, '%s');
  return values.length === 0 ? sql : `${sql} -- bind (${values.join(', ')})`;
}

function isStr16(value: unknown): value is Str16 {
  return typeof value === 'object' && value !== null && 'lenUnits' in value;
}

/** The records of a table's log by seqTxn. */
function logOf(
  name: string,
  table: TruthTable,
  files: ReadonlySet<string>,
): ReadonlyMap<number, Txnlog.RecordV1 | Txnlog.RecordV2> {
  const folder = `db/${table.dirName}/txn_seq`;
  const log = parse(Txnlog, bytesOf(name, `${folder}/_txnlog`)).value;
  expect(log.format, folder).toBe(table.sequencerFormat - 1);
  if (log.format === 0) {
    const records = (log.recordsV1 ?? []).slice(0, Number(log.maxTxn));
    return new Map(records.map((record, at) => [at + 1, record]));
  }
  const all = new Map<number, Txnlog.RecordV2>();
  for (const path of [...files].filter((each) => each.startsWith(`${folder}/_txn_parts/`))) {
    const bytes = bytesOf(name, path);
    expect(bytes.length, path).toBe(log.numPartTxns * sizeOf(Txnlog.RecordV2));
    const first = Number(path.split('/').at(-1)) * log.numPartTxns + 1;
    parse(TxnlogPart, bytes).value.records.forEach((record, at) => {
      all.set(first + at, record);
    });
  }
  return all;
}
