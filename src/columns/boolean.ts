import { reading, writing } from '../kernels/memory.js';
import { kernels } from '../kernels/module.js';
import { inTiles } from '../kernels/tiles.js';
import type { FixedDecoder } from './fixed.js';
import { rowAt } from './rows.js';
import { isNull, setNull, validityOf } from './validity.js';

/** BOOLEAN: a byte a row, 0 or 1, never NULL. QuestDB writes nothing else, so another byte is damage: `column_entry_invalid`. */
export const decodeBoolean: FixedDecoder = (rows) => {
  const { count, bytes, mask } = rows;
  const bits = new Uint8Array((count + 7) >>> 3);
  let seen = 0;
  inTiles(count, (first, rows) => {
    const to = writing(bits, first >>> 3, (rows + 7) >>> 3);
    seen |= kernels().packBooleans(reading(bytes, first, rows), rows, to);
  });
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
