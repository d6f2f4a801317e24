/**
 * The layouts of `_event`, written down a second time from the layout document (sections in comments), for the round trips.
 */
import fc from 'fast-check';
import {
  apart,
  bytes,
  type Codec,
  columnType,
  constant,
  counted,
  either,
  f4,
  f8,
  field,
  framed,
  integer,
  type Step,
  s1,
  s2,
  s4,
  s8,
  steps,
  str16,
  struct,
  u1,
  u2,
  u8,
  where,
} from './writer.js';

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
      type: columnType.write(inner, code),
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
    struct(field('type', constant(columnType, Number(tag))), field('value', codec)),
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
