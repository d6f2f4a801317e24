import type { FixedDecoder } from './fixed.js';
import { rowAt } from './rows.js';
import { isNull, setNull, validityOf } from './validity.js';

/** BOOLEAN: a byte a row, 0 or 1, never NULL. QuestDB writes nothing else, so another byte is damage: `column_entry_invalid`. */
export const decodeBoolean: FixedDecoder = (rows) => {
  const { count, bytes, mask } = rows;
  const bits = new Uint8Array((count + 7) >>> 3);
  let seen = 0;
  for (let row = 0; row < count; row++) {
    const value = bytes[row]!;
    seen |= value;
    bits[row >>> 3]! |= (value & 1) << (row & 7);
  }
  if (seen > 1) {
    for (let row = 0; row < count; row++) {
      if (bytes[row]! <= 1 || isNull(mask, row)) continue;
      setNull(mask, row);
      rows.losses.add('column_entry_invalid', rows.file.path, 1, () => ({
        byteOffset: rowAt(rows.ranges, row),
        expected: '0 or 1',
        actual: `${bytes[row]}`,
      }));
    }
  }
  return { kind: 'boolean', length: count, bits, ...validityOf(mask) };
};
