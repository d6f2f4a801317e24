/**
 * The layouts of the sequencer's files and the registry, written down a second time from the layout document (sections in comments), for the round trips.
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
  field,
  framed,
  optional,
  s2,
  s4,
  s8,
  steps,
  str16,
  struct,
  u1,
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

const columnSlot = struct(field('type', columnType), field('name', str16));
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
