import type { BytesChunk } from '../columnChunk.js';
import { confirmPrefixed, fitPrefixed, locatePrefixed } from './prefixed.js';
import type { PrefixFormat } from './prefixFormat.js';
import { ValueState } from './storedValues.js';
import { setNull, validityOf } from './validity.js';
import type { VarFormat } from './varSize.js';

const PREFIX_BYTES = 8;

/** As `MemoryA.putBin` writes it: int64 number of bytes, -1 for NULL, then the bytes. */
const PREFIX: PrefixFormat = {
  prefixBytes: PREFIX_BYTES,
  sizeOf(data, at) {
    const low = data.getUint32(at, true);
    const high = data.getInt32(at + 4, true);
    if (high === -1 && low === 0xffffffff) return PREFIX_BYTES;
    return high < 0 ? -1 : PREFIX_BYTES + low + high * 0x100000000;
  },
};

/** BINARY. */
export const BINARY_FORMAT: VarFormat = {
  locate: (files, ranges, careful, losses) => locatePrefixed(PREFIX, files, ranges, careful, losses),
  fit: fitPrefixed,
  confirm: (values) => confirmPrefixed(PREFIX, values),
  keepsBytes: true,
  emit({ table, bytes }, mask) {
    const { count, states, sizes, positions } = table;
    const offsets = new Int32Array(count + 1);
    let at = 0;
    for (let row = 0; row < count; row++) {
      if (states[row] === ValueState.STORED) {
        const first = positions[row]! + PREFIX_BYTES;
        const end = positions[row]! + sizes[row]!;
        // An empty value's length is 0, that of NULL all ones.
        if (first === end && bytes[first - 1] !== 0) setNull(mask, row);
        bytes.copyWithin(at, first, end);
        at += end - first;
      }
      offsets[row + 1] = at;
    }
    const data = bytes.subarray(0, at);
    const chunk: BytesChunk = { kind: 'bytes', length: count, offsets, data, utf8: false, ...validityOf(mask) };
    return chunk;
  },
};
