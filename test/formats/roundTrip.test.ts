/**
 * What an independent writer puts down per the layout document is what the parsers read, whatever follows it; what is cut off
 * is a failure, with everything before the cut intact.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as formats from '../../generated/index.js';
import { type Parsed, parse, parseLean } from '../../src/kaitai/parse.js';
import type { GeneratedType, KaitaiNode } from '../../src/kaitai/types.js';
import * as layouts from './layouts.js';
import { type Plain, plain } from './tree.js';
import { type Codec, str16 } from './writer.js';

type Read = (bytes: Uint8Array) => readonly Parsed<KaitaiNode>[];

/** Both ways to parse a `type`. */
function both<A extends readonly unknown[]>(type: GeneratedType<KaitaiNode, A>, ...args: A): Read {
  return (bytes) => [parse(type, bytes, ...args), parseLean(type, bytes, ...args)];
}

const LAYOUTS: readonly (readonly [name: string, codec: Codec<unknown>, read: Read])[] = [
  ['txnlog', layouts.txnlogHeader, both(formats.Txnlog)],
  ['txnlog::record_v1', layouts.recordV1, both(formats.Txnlog.RecordV1)],
  ['txnlog::record_v2', layouts.recordV2, both(formats.Txnlog.RecordV2)],
  ['txnlog_meta::change', layouts.change, both(formats.TxnlogMeta.Change)],
  ['sequencer_meta', layouts.sequencerMeta, both(formats.SequencerMeta)],
  ['segment_meta', layouts.segmentMeta, both(formats.SegmentMeta)],
  ['event', layouts.eventHeader, both(formats.Event)],
  ['event::record', layouts.eventRecord, both(formats.Event.Record)],
  ['bind_value', layouts.bindValue, both(formats.BindValue)],
  ['bind_value::varchar_plain', layouts.varcharPlain, both(formats.BindValue.VarcharPlain)],
  ['binary_value', layouts.binaryValue, both(formats.BinaryValue)],
  ['str16', str16, both(formats.Str16)],
  ['table_registry::entry', layouts.registryEntry, both(formats.TableRegistry.Entry)],
  ['table_name', layouts.tableName, both(formats.TableName)],
  ['txn', layouts.txnHeader, both(formats.Txn)],
  ['txn::txn_record, empty', layouts.txnRecord(0, 0), both(formats.Txn.TxnRecord, 0, 0)],
  ['txn::txn_record', layouts.txnRecord(3, 2), both(formats.Txn.TxnRecord, 24, 64)],
  ['table_meta', layouts.tableMeta, both(formats.TableMeta)],
  ['varchar_aux::entry', layouts.varcharEntry, both(formats.VarcharAux.Entry)],
  ['array_aux::entry', layouts.arrayEntry, both(formats.ArrayAux.Entry)],
  ['symbol_offsets', layouts.symbolOffsetsHeader, both(formats.SymbolOffsets)],
  ['column_versions::entry', layouts.columnVersion, both(formats.ColumnVersions.Entry)],
  ['timestamp_data::entry', layouts.timestampEntry, both(formats.TimestampData.Entry)],
];

describe.each(LAYOUTS)('%s', (_, codec, read) => {
  it('reads what was written, to the byte, whatever follows', () => {
    fc.assert(
      fc.property(codec.any, fc.uint8Array({ maxLength: 60 }), (value, following) => {
        const [bytes, shown] = layouts.written(codec, value);
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
        const [bytes, shown] = layouts.written(codec, value);
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
