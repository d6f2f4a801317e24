/**
 * What an independent writer puts down per the layout document is what the parsers read, whatever follows it; what is cut off
 * is a failure, with everything before the cut intact.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as formats from '../../generated/index.js';
import { type Parsed, parse, parseLean } from '../../src/kaitai/parse.js';
import type { GeneratedType, KaitaiNode } from '../../src/kaitai/types.js';
import * as events from './eventLayouts.js';
import * as sequencer from './sequencerLayouts.js';
import * as tables from './tableLayouts.js';
import { type Plain, plain } from './tree.js';
import { type Codec, str16, written } from './writer.js';

type Read = (bytes: Uint8Array) => readonly Parsed<KaitaiNode>[];

/** Both ways to parse a `type`. */
function both<A extends readonly unknown[]>(type: GeneratedType<KaitaiNode, A>, ...args: A): Read {
  return (bytes) => [parse(type, bytes, ...args), parseLean(type, bytes, ...args)];
}

const LAYOUTS: readonly (readonly [name: string, codec: Codec<unknown>, read: Read])[] = [
  ['txnlog', sequencer.txnlogHeader, both(formats.Txnlog)],
  ['txnlog::record_v1', sequencer.recordV1, both(formats.Txnlog.RecordV1)],
  ['txnlog::record_v2', sequencer.recordV2, both(formats.Txnlog.RecordV2)],
  ['txnlog_meta::change', sequencer.change, both(formats.TxnlogMeta.Change)],
  ['sequencer_meta', sequencer.sequencerMeta, both(formats.SequencerMeta)],
  ['segment_meta', sequencer.segmentMeta, both(formats.SegmentMeta)],
  ['event', events.eventHeader, both(formats.Event)],
  ['event::record', events.eventRecord, both(formats.Event.Record)],
  ['bind_value', events.bindValue, both(formats.BindValue)],
  ['bind_value::varchar_plain', events.varcharPlain, both(formats.BindValue.VarcharPlain)],
  ['binary_value', events.binaryValue, both(formats.BinaryValue)],
  ['str16', str16, both(formats.Str16)],
  ['table_registry::entry', sequencer.registryEntry, both(formats.TableRegistry.Entry)],
  ['table_name', sequencer.tableName, both(formats.TableName)],
  ['txn', tables.txnHeader, both(formats.Txn)],
  ['txn::txn_record, empty', tables.txnRecord(0, 0), both(formats.Txn.TxnRecord, 0, 0)],
  ['txn::txn_record', tables.txnRecord(3, 2), both(formats.Txn.TxnRecord, 24, 64)],
  ['table_meta', tables.tableMeta, both(formats.TableMeta)],
  ['varchar_aux::entry', tables.varcharEntry, both(formats.VarcharAux.Entry)],
  ['array_aux::entry', tables.arrayEntry, both(formats.ArrayAux.Entry)],
  ['symbol_offsets', tables.symbolOffsetsHeader, both(formats.SymbolOffsets)],
  ['column_versions::entry', tables.columnVersion, both(formats.ColumnVersions.Entry)],
  ['timestamp_data::entry', tables.timestampEntry, both(formats.TimestampData.Entry)],
];

describe.each(LAYOUTS)('%s', (_, codec, read) => {
  it('reads what was written, to the byte, whatever follows', () => {
    fc.assert(
      fc.property(codec.any, fc.uint8Array({ maxLength: 60 }), (value, following) => {
        const [bytes, shown] = written(codec, value);
        for (const parsed of read(joined(bytes, following))) {
          expect(parsed.failure).toBeUndefined();
          expect(plain(parsed.value)).toEqual(shown);
          expect(parsed.consumed).toBe(bytes.length);
        }
      }),
    );
  });

  it('fails on every shorter input, keeping what comes before the cut', () => {
    fc.assert(
      fc.property(codec.any, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (value, part) => {
        const [bytes, shown] = written(codec, value);
        const cut = bytes.subarray(0, Math.floor(part * bytes.length));
        for (const parsed of read(cut)) {
          expect(parsed.failure?.byteOffset).toBeLessThanOrEqual(cut.length);
          expect(parsed.failure?.specPath).toMatch(/^\w+(?:\/types\/\w+)*\/seq\/\d+$/);
          expectPrefix(plain(parsed.value), shown);
        }
      }),
    );
  });
});

/** `a`, then `b`, in a buffer of their own that starts somewhere. */
function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const shift = 3;
  const whole = new Uint8Array(shift + a.length + b.length);
  whole.set(a, shift);
  whole.set(b, shift + a.length);
  return whole.subarray(shift);
}

/** Everything in `part` is in `whole` at the same place. */
function expectPrefix(part: Plain, whole: Plain | undefined): void {
  if (Array.isArray(part)) {
    expect(part.length).toBeLessThanOrEqual((whole as readonly Plain[]).length);
    part.forEach((each, at) => {
      expectPrefix(each, (whole as readonly Plain[])[at]);
    });
  } else if (typeof part === 'object' && part !== null) {
    for (const [field, each] of Object.entries(part))
      expectPrefix(each, (whole as { readonly [field: string]: Plain })[field]);
  } else {
    expect(part).toEqual(whole);
  }
}
