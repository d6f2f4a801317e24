/**
 * Which bytes are refused at which field, and which are kept though nobody knows what they mean.
 */
import { describe, expect, it } from 'vitest';
import * as formats from '../../generated/index.js';
import { parse } from '../../src/kaitai/parse.js';
import type { GeneratedType, KaitaiNode } from '../../src/kaitai/types.js';

const { Event, BindValue, VarcharAux } = formats;

/** Little-endian values one after the other: `i4:-1 i8:7 u1:3 zero:32 utf16:AB`. */
function written(text: string): Uint8Array {
  const bytes = text.split(' ').flatMap((item): number[] => {
    const [kind = '', value = ''] = item.split(':');
    if (kind === 'zero') return Array.from({ length: Number(value) }, () => 0);
    if (kind === 'utf16') return [...value].flatMap((unit) => [unit.charCodeAt(0), 0]);
    const size = Number(kind.slice(1));
    return Array.from({ length: size }, (_, at) => Number((BigInt(value) >> BigInt(8 * at)) & 0xffn));
  });
  return Uint8Array.from(bytes);
}

const DATA_FIELDS = 'zero:33';
/** A DATA record with the given bytes from its symbol diffs on. */
function dataRecord(rest: string): Uint8Array {
  const body = written(`${DATA_FIELDS} ${rest}`);
  return Uint8Array.from([...written(`i4:${body.length + 13} i8:5 u1:0`), ...body]);
}

const HUGE = 2 ** 31 - 1;

describe('refused', () => {
  const cases: readonly (readonly [field: string, type: GeneratedType<KaitaiNode>, bytes: Uint8Array])[] = [
    ['lenRecord', Event.Record, written('i4:12 zero:40')],
    ['lenRecord', Event.Record, written('i4:0 zero:40')],
    ['lenRecord', Event.Record, written('i4:-2 zero:40')],
    ['lenRecord', Event.Record, written('i4:45 zero:40')],
    ['body.symbolDiffs[0].columnIndex', Event.Record, dataRecord('i4:-2 i4:-1')],
    ['body.symbolDiffs[0].cleanCount', Event.Record, dataRecord('i4:1 u1:0 i4:-1 i4:0 i4:-1 i4:-1')],
    ['body.symbolDiffs[0].numEntries', Event.Record, dataRecord('i4:1 u1:0 i4:0 i4:-1 i4:-1 i4:-1')],
    ['body.symbolDiffs[0].numEntries', Event.Record, dataRecord('i4:1 u1:0 i4:0 i4:2 i4:0 i4:0 i4:-1 i4:-1')],
    [
      'body.symbolDiffs[0].entries[0].symbol.lenUnits',
      Event.Record,
      dataRecord('i4:1 u1:0 i4:0 i4:1 i4:0 i4:5 i4:-1 i4:-1'),
    ],
    ['body.symbolDiffs[0].terminator', Event.Record, dataRecord('i4:1 u1:0 i4:0 i4:0 i4:-3 i4:-1')],
    ['body.symbolDiffs[1].columnIndex', Event.Record, dataRecord('i4:1 u1:0 i4:0 i4:0 i4:-1')],
    ['body.numIndexed', Event.Record, written(`i4:45 i8:0 u1:1 i4:3 i4:-1 zero:16 i4:${HUGE} i4:0`)],
    ['body.numNamed', Event.Record, written(`i4:45 i8:0 u1:1 i4:3 i4:-1 zero:16 i4:0 i4:1`)],
    ['body.refreshIntervals.numIntervals', Event.Record, written(`i4:54 i8:0 u1:4 zero:17 i4:-1 i8:0 i8:0 i4:1`)],
    ['body.numTables', Event.Record, written(`i4:21 i8:0 u1:5 i4:-1 i4:1`)],
    ['type', BindValue, written('i4:12 zero:40')],
    ['type', BindValue, written('i4:13 zero:40')],
    ['type', BindValue, written('i4:24 zero:40')],
    ['type', BindValue, written('i4:0 zero:40')],
    ['type', BindValue, written('i4:34 zero:40')],
    ['value.header', BindValue, written('i4:26 i4:41 zero:40')],
    ['value.lenValue', BindValue, written('i4:27 i8:41 zero:40')],
    ['value.lenValue', BindValue, written('i4:18 i8:41 zero:40')],
    ['value.lenValue', BindValue, written(`i4:18 i8:${2n ** 62n} zero:40`)],
    ['lenUnits', formats.Str16, written('i4:-2 zero:40')],
    ['lenUnits', formats.Str16, written(`i4:${HUGE} zero:40`)],
    ['lenUnits', formats.Str16, written(`i4:21 zero:40`)],
    ['lenChange', formats.TxnlogMeta.Change, written('i4:41 zero:40')],
    ['lenChange', formats.TxnlogMeta.Change, written('i4:-1 zero:40')],
    ['body.numLongs', formats.TxnlogMeta.Change, written('i4:18 i2:1 i4:0 i4:2 i4:0 i4:0')],
    ['body.numStrings', formats.TxnlogMeta.Change, written('i4:18 i2:1 i4:0 i4:0 i4:2 i4:-1')],
    ['numSlots', formats.SequencerMeta, written('i4:40 i4:0 i8:0 i4:2 zero:9 zero:15')],
    ['numSlots', formats.SegmentMeta, written('i4:40 i4:0 i8:0 i4:-1 zero:9 zero:15')],
    ['readOrder.numEntries', formats.SequencerMeta, written('i4:41 i4:0 i8:0 i4:0 zero:9 i8:0 i4:1')],
    ['numSlots', formats.TableMeta, written('i4:2 zero:124 zero:71')],
    ['signature', formats.SymbolIndexKeys, written('u1:1 zero:63')],
    ['numBlockValues', formats.SymbolIndexKeys, written('u1:250 zero:63')],
  ];

  it.each(cases)('%s', (field, type, bytes) => {
    expect(parse(type, bytes).failure?.fieldPath).toBe(field);
  });

  it.each([
    [16, 0, 'numSymbols'],
    [8, 32, 'lenPartitionSection'],
  ] as const)(
    'a _txn record whose sections are not as long as its header says (%d, %d)',
    (lenSymbols, lenPartitions, field) => {
      const record = written('zero:128 i4:1 i8:0 i4:0');
      expect(parse(formats.Txn.TxnRecord, record, 8, 0).failure).toBeUndefined();
      expect(parse(formats.Txn.TxnRecord, record, lenSymbols, lenPartitions).failure?.fieldPath).toBe(field);
    },
  );
});

describe('kept as raw bytes', () => {
  it.each([0, 1, 24, 26, 41, 60])('%d bytes behind the symbol diffs of a DATA record', (length) => {
    const parsed = parse(Event.Record, dataRecord(`i4:-1 zero:${length}`));
    expect(parsed.failure).toBeUndefined();
    expect(parsed.value.body).toMatchObject({ surplus: new Uint8Array(length) });
    expect((parsed.value.body as formats.Event.DataBody).footer).toBeUndefined();
  });

  it('exactly 25 bytes are the footer', () => {
    const { value } = parse(Event.Record, dataRecord('i4:-1 i8:-9223372036854775808 i8:10 i8:20 i1:3'));
    expect(value.body).toMatchObject({
      footer: {
        extra: -(2n ** 63n),
        replaceRangeLo: 10n,
        replaceRangeHi: 20n,
        dedupMode: Event.DedupMode.REPLACE_RANGE,
      },
      surplus: new Uint8Array(0),
    });
  });

  it('text that looks like the end of the diffs and a footer is text', () => {
    const diff = written(`i4:1 u1:0 i4:0 i4:1 i4:0 i4:16 i4:-1 zero:24 i1:3 zero:3 i4:-1 i4:-1`);
    const record = Uint8Array.from([...written(`i4:${13 + 33 + diff.length} i8:5 u1:0 ${DATA_FIELDS}`), ...diff]);
    const { value, failure } = parse(Event.Record, record);
    expect(failure).toBeUndefined();
    const body = value.body as formats.Event.DataBody;
    expect(body.symbolDiffs).toHaveLength(2);
    expect(body.footer).toBeUndefined();
  });

  it('the body of a record of a type that nobody knows yet', () => {
    const parsed = parse(Event.Record, written('i4:16 i8:9 u1:77 u1:1 u1:2 u1:3'));
    expect(parsed.failure).toBeUndefined();
    expect(parsed.value).toMatchObject({ type: 77, txn: 9n, body: Uint8Array.of(1, 2, 3) });
  });

  it('what follows a TRUNCATE', () => {
    expect(parse(Event.Record, written('i4:15 i8:9 u1:2 u1:1 u1:2')).value.body).toMatchObject({
      surplus: Uint8Array.of(1, 2),
    });
  });
});

describe('computed', () => {
  it('length and offset of a VARCHAR entry', () => {
    // 28 bits of length, 48 bits of offset: (0xabcdef1 << 4) | ascii, then 6 bytes of text.
    const long = parse(VarcharAux.Entry, written(`u4:${0xabcdef12} zero:6 u2:${0x2211} u4:${0xf0554433}`)).value;
    expect(long).toMatchObject({ isInlined: false, isNull: false, isAscii: true });
    expect([long.lenValue, long.ofsValue]).toEqual([0xabcdef1, 0xf05544332211]);
    const short = parse(VarcharAux.Entry, written(`u1:${(9 << 4) | 1} zero:9 u2:1 u4:0`)).value;
    expect(short).toMatchObject({ isInlined: true, isNull: false, isAscii: false, lenValue: 9, ofsValue: 1 });
    expect(parse(VarcharAux.Entry, written('u4:4 zero:6 u2:7 u4:1')).value).toMatchObject({
      isNull: true,
      lenValue: 0,
      ofsValue: 65543,
    });
  });

  it.each([
    [-26, true, 26],
    [26, false, 26],
    [66830, false, 14],
    [-262152, true, 8],
    [-(2 ** 31), true, 0],
  ])('tag of the column type %d', (code, isDeleted, tag) => {
    expect(parse(formats.ColumnType, written(`i4:${code}`)).value).toMatchObject({ isDeleted, tag });
  });

  it('halves of the format of an event file', () => {
    const { value } = parse(Event, written(`i4:0 i4:${-65535}`));
    expect([value.formatLow, value.formatHigh]).toEqual([1, 0xffff]);
  });
});
