/**
 * The layouts of QuestDB's metadata files, written down a second time from the layout document (sections in comments), for the
 * round trips.
 */
import fc from 'fast-check';
import {
  apart,
  bytes,
  type Codec,
  constant,
  counted,
  either,
  f4,
  f8,
  field,
  integer,
  type Out,
  optional,
  type Step,
  s1,
  s2,
  s4,
  s8,
  steps,
  str16,
  struct,
  times,
  u1,
  u2,
  u8,
  where,
} from './writer.js';

/** 2.1 */
export const txnlogHeader = struct(
  field('format', s4),
  field('maxTxn', s8),
  field('createTimestampUs', s8),
  field('numPartTxns', s4),
  field('reserved', bytes(52)),
);

const logRecord = steps(
  field('structureVersion', s8),
  field('walId', s4),
  field('segmentId', s4),
  field('segmentTxn', s4),
  field('commitTimestampUs', s8),
);

/** 2.2 */
export const recordV1 = struct(logRecord);
export const recordV2 = struct(
  logRecord,
  field('minTimestamp', s8),
  field('maxTimestamp', s8),
  field('rowCount', s8),
  field('reserved', s8),
);

/** A structure behind its length in 4 bytes, which counts the bytes of `own` too. */
function framed<H, T>(
  head: Step<H>,
  body: Codec<T>,
  names: { length: string; body: string },
  own: number,
): Codec<readonly [H, T]> {
  return {
    any: fc.tuple(head.any, body.any),
    write: (out, [headValue, value]) => {
      const [content, shown] = apart((inner) => body.write(inner, value));
      out.int(BigInt(content.length + own), 4);
      const headShown = head.write(out, headValue);
      out.raw(content);
      return { [names.length]: content.length + own, ...headShown, [names.body]: shown };
    },
  };
}

/** 3 */
export const change = framed(
  steps(),
  struct(
    field('command', s2),
    field('tableNamePosition', s4),
    counted('numLongs', 'longs', s8, 12),
    counted('numStrings', 'strings', str16),
    field('surplus', bytes()),
  ),
  { length: 'lenChange', body: 'body' },
  0,
);

const type: Codec<number> = {
  any: s4.any,
  write: (out, code) => {
    out.int(BigInt(code), 4);
    return { code };
  },
};
const columnSlot = struct(field('type', type), field('name', str16));
const readOrder = struct(field('checksum', s8), counted('numEntries', 'entries', s4));

/** 4 and 5; the read order only in the sequencer's. */
function metadata(withReadOrder: boolean): Codec<readonly unknown[]> {
  const order = optional(field('readOrder', readOrder));
  const any = fc.tuple(
    s4.any,
    s8.any,
    fc.array(columnSlot.any, { maxLength: 6 }),
    s4.any,
    s4.any,
    u1.any,
    withReadOrder ? order.any : fc.constant(null),
  );
  return {
    any,
    write: (out, values) => {
      const [version, structureVersion, slots, timestampIndex, tableId, suspended, orderValue] = values as Parameters<
        Parameters<typeof any.map>[0]
      >[0];
      const [content, shown] = apart((inner) => {
        const fields = {
          version: s4.write(inner, version),
          structureVersion: s8.write(inner, structureVersion),
          numSlots: s4.write(inner, slots.length),
          timestampIndex: s4.write(inner, timestampIndex),
          tableId: s4.write(inner, tableId),
          suspended: u1.write(inner, suspended),
          slots: slots.map((slot) => columnSlot.write(inner, slot)),
        };
        return { ...fields, ...order.write(inner, orderValue) };
      });
      const lenValid = s4.write(out, content.length + 4);
      out.raw(content);
      return { lenValid, ...shown };
    },
  };
}
export const sequencerMeta = metadata(true);
export const segmentMeta = metadata(false);

/** 6.1 */
export const eventHeader = struct(field('maxTxn', s4), field('format', s4));

/** 6.4 */
const symbolEntry = struct(field('key', s4), field('symbol', str16));
const natural = where(s4, (value) => value >= 0);
const symbolDiff = struct(
  field('columnIndex', natural),
  field('nullFlag', u1),
  field('cleanCount', natural),
  counted('numEntries', 'entries', symbolEntry),
  field('terminator', constant(s4, -1)),
);
const symbolDiffs: Step<readonly unknown[]> = {
  any: fc.array(symbolDiff.any, { maxLength: 4 }),
  write: (out, diffs) => {
    const shown = diffs.map((diff) => symbolDiff.write(out, diff as readonly unknown[]));
    out.int(-1n, 4);
    return { symbolDiffs: [...shown, { columnIndex: -1 }] };
  },
};
const FOOTER_BYTES = 25;
const footer = struct(
  field('extra', s8),
  field('replaceRangeLo', s8),
  field('replaceRangeHi', s8),
  field('dedupMode', s1),
);
const notAFooter = where(bytes(), (value) => value.length !== FOOTER_BYTES);
function dataBody(matView: Step<unknown>): Codec<readonly unknown[]> {
  const common = [
    field('rowLo', s8),
    field('rowHi', s8),
    field('minTimestamp', s8),
    field('maxTimestamp', s8),
    field('outOfOrder', u1),
    matView,
    symbolDiffs,
  ];
  const withFooter = struct(...common, field('footer', footer), field('surplus', bytes(0)));
  return either(withFooter, struct(...common, field('surplus', notAFooter))) as Codec<readonly unknown[]>;
}

/** 6.6 */
const varcharPlain: Codec<string | null> = {
  any: fc.option(fc.string({ unit: 'grapheme', maxLength: 8 })),
  write: (out, value) => {
    if (value === null) return { header: s4.write(out, -1) };
    const text = new TextEncoder().encode(value);
    const header = text.length === value.length ? text.length - 2 ** 31 : text.length;
    out.int(BigInt(header), 4);
    out.raw(text);
    return { header, value };
  },
};
const binary: Codec<Uint8Array | null> = {
  any: fc.option(fc.uint8Array({ maxLength: 20 })),
  write: (out, value) => {
    out.int(BigInt(value?.length ?? -1), 8);
    out.raw(value ?? []);
    if (value === null || value.length === 0) return { lenValue: value === null ? -1 : 0 };
    return { lenValue: value.length, value: Buffer.from(value).toString('hex') };
  },
};

export { binary as binaryValue, varcharPlain };

const DOUBLE = 10;
const array: Codec<readonly [shape: readonly number[], values: readonly number[]] | null> = {
  any: fc.option(
    fc.tuple(
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }),
      fc.array(f8.any, { maxLength: 6 }),
    ),
  ),
  write: (out, value) => {
    if (value === null) {
      out.int(-1n, 8);
      return { lenValue: -1 };
    }
    const [shape, values] = value;
    const code = 27 | (DOUBLE << 8) | ((shape.length - 1) << 14);
    const [content, shown] = apart((inner) => ({
      type: type.write(inner, code),
      shape: shape.map((each) => s4.write(inner, each)),
      values: values.map((each) => f8.write(inner, each)),
    }));
    out.int(BigInt(content.length), 8);
    out.raw(content);
    const { values: shownValues, ...rest } = shown;
    return {
      lenValue: content.length,
      value: { ...rest, ...(values.length === 0 ? {} : { values: shownValues }), surplus: '' },
    };
  },
};

const BIND_CODECS: Readonly<Record<number, Codec<unknown>>> = {
  1: u1,
  2: s1,
  14: s1,
  28: s1,
  3: s2,
  15: s2,
  29: s2,
  4: u2,
  5: s4,
  25: s4,
  16: s4,
  30: s4,
  6: s8,
  7: s8,
  8: s8,
  17: s8,
  31: s8,
  9: f4,
  10: f8,
  11: str16,
  26: varcharPlain,
  18: binary,
  19: struct(field('lo', s8), field('hi', s8)),
  27: array,
  32: struct(field('high', s8), field('low', u8)),
  33: struct(field('hh', s8), field('hl', u8), field('lh', u8), field('ll', u8)),
};
export const bindValue = either(
  ...Object.entries(BIND_CODECS).map(([tag, codec]) =>
    struct(field('type', constant(type, Number(tag))), field('value', codec)),
  ),
);

/** 6.5 */
const sqlBody = struct(
  field('commandType', s4),
  field('sql', str16),
  field('seed0', s8),
  field('seed1', s8),
  counted('numIndexed', 'indexed', bindValue),
  counted('numNamed', 'named', struct(field('name', str16), field('value', bindValue)), 3),
  field('surplus', bytes()),
);

/** 6.7 */
const intervals: Step<readonly bigint[] | null> = {
  any: fc.option(fc.array(s8.any, { maxLength: 4 })),
  write: (out, values) => {
    out.int(BigInt(values?.length ?? -1), 4);
    if (values === null || values.length === 0) return { numIntervals: values === null ? -1 : 0 };
    return { numIntervals: values.length, intervals: values.map((value) => s8.write(out, value)) };
  },
};
const invalidation = [
  field('lastRefreshBaseTxn', s8),
  field('lastRefreshTimestampUs', s8),
  field('invalid', u1),
  field('reason', str16),
];
const matViewInvalidateBody = either(
  struct(
    ...invalidation,
    field(
      'surplus',
      where(bytes(), (value) => value.length < 8),
    ),
  ),
  struct(
    ...invalidation,
    field('lastPeriodHi', s8),
    field(
      'surplus',
      where(bytes(), (value) => value.length < 12),
    ),
  ),
  struct(
    ...invalidation,
    field('lastPeriodHi', s8),
    field('refreshIntervals', struct(field('baseTxn', s8), intervals)),
    field('surplus', bytes()),
  ),
);
const viewDefinitionBody = struct(
  field('sql', str16),
  counted('numTables', 'tables', struct(field('name', str16), counted('numColumns', 'columns', str16)), 3),
  field('surplus', bytes()),
);

/** 6.2 and 6.3; type 200 stands for all that no release writes. */
const BODIES: readonly (readonly [type: number, body: Codec<unknown>])[] = [
  [0, dataBody(steps()) as Codec<unknown>],
  [1, sqlBody as Codec<unknown>],
  [2, struct(field('surplus', bytes())) as Codec<unknown>],
  [
    3,
    dataBody(
      steps(field('lastRefreshBaseTxn', s8), field('lastRefreshTimestampUs', s8)) as Step<unknown>,
    ) as Codec<unknown>,
  ],
  [4, matViewInvalidateBody as Codec<unknown>],
  [5, viewDefinitionBody as Codec<unknown>],
  [200, bytes() as Codec<unknown>],
];
const RECORD_HEAD_BYTES = 13;
export const eventRecord = either(
  ...BODIES.map(([tag, body]) =>
    framed(
      steps(field('txn', s8), field('type', constant(integer(1, false), tag))),
      body,
      { length: 'lenRecord', body: 'body' },
      RECORD_HEAD_BYTES,
    ),
  ),
);

/** 1.4 */
export const registryEntry = either(
  ...[0, -1].map((operation) =>
    struct(
      field('operation', constant(s4, operation)),
      field('tableName', str16),
      field('dirName', str16),
      field('tableId', s4),
      field('tableType', s4),
      ...(operation === 0 ? [field('reserved', bytes(64))] : []),
    ),
  ),
);
export const tableName = struct(field('name', str16), field('zero', u1));

/** 7 */
const area = struct(field('ofsRecord', s4), field('lenSymbols', s4), field('lenPartitions', s4));
export const txnHeader = struct(
  field('version', s8),
  field('areaA', area),
  field('paddingA', bytes(12)),
  field('areaB', area),
  field('paddingB', bytes(20)),
);
const PARTITION_BYTES = 32;
/** The record of a table with `symbols` symbol columns and `partitions` partitions. */
export function txnRecord(symbols: number, partitions: number): Codec<readonly unknown[]> {
  const names = [
    'txn',
    'transientRowCount',
    'fixedRowCount',
    'minTimestamp',
    'maxTimestamp',
    'structureVersion',
    'dataVersion',
    'partitionTableVersion',
    'columnVersion',
    'truncateVersion',
    'seqTxn',
  ];
  return struct(
    ...names.map((name) => field(name, s8)),
    field('lagChecksum', s4),
    field('lagTxnCount', s4),
    field('lagRowCount', s4),
    field('lagMinTimestamp', s8),
    field('lagMaxTimestamp', s8),
    field('reserved', bytes(12)),
    field('numSymbols', constant(s4, symbols)),
    field('symbols', times(struct(field('count', s4), field('transientCount', s4)), symbols)),
    field('lenPartitionSection', constant(s4, partitions * PARTITION_BYTES)),
    field(
      'partitions',
      times(
        struct(field('timestamp', s8), field('maskedSize', s8), field('nameTxn', s8), field('parquetFileSize', s8)),
        partitions,
      ),
    ),
  );
}

/** 8 */
const tableSlot = struct(
  field('type', type),
  field('flags', s8),
  field('indexBlockCapacity', s4),
  field('symbolCapacity', s4),
  field('parquetEncoding', s4),
  field('replacedSlotPlusOne', s4),
  field('reserved', s4),
);
const slotsAndNames: readonly Codec<readonly unknown[]>[] = [0, 1, 4].map((count) =>
  struct(
    field('numSlots', constant(s4, count)),
    field('partitionBy', s4),
    field('timestampIndex', s4),
    field('version', s4),
    field('tableId', s4),
    field('maxUncommittedRows', s4),
    field('o3MaxLagUs', s8),
    field('metadataVersion', s8),
    field('isWal', u1),
    field('minorChecksum', u2),
    field('minorVersion', u2),
    field('ttlHoursOrMonths', s4),
    field('reserved', bytes(79)),
    field('slots', times(tableSlot, count)),
    field('names', times(str16, count)),
  ),
);
export const tableMeta = either(...slotsAndNames);

/** Columns document, 1.5, 1.6 and 3.2 */
export const varcharEntry = struct(
  field('head', u1),
  field('inlined', bytes(9)),
  field('ofsLow', u2),
  field('ofsHigh', integer(4, false)),
);
export const arrayEntry = struct(
  field('ofsLow', integer(4, false)),
  field('ofsHigh', u2),
  field('reserved1', u2),
  field('lenValue', s4),
  field('reserved2', s4),
);
export const symbolOffsetsHeader = struct(
  field('symbolCapacity', s4),
  field('cached', u1),
  field('reserved1', bytes(3)),
  field('nullFlag', u1),
  field('reserved2', bytes(55)),
);
export const columnVersion = struct(
  field('partitionTimestamp', s8),
  field('columnIndex', s8),
  field('columnNameTxn', s8),
  field('columnTop', s8),
);
export const timestampEntry = struct(field('timestamp', s8), field('rowId', s8));

/** `codec` written by itself: its bytes and what a parser has to show. */
export function written<T>(
  codec: Codec<T>,
  value: T,
): readonly [bytes: Uint8Array, shown: ReturnType<Codec<T>['write']>] {
  return apart((out: Out) => codec.write(out, value));
}
