import type { BytesChunk } from '../columnChunk.js';
import { confirmPrefixed, fitPrefixed, locatePrefixed } from './prefixed.js';
import type { PrefixFormat } from './prefixFormat.js';
import { ValueState } from './storedValues.js';
import { reportNotUtf8 } from './text.js';
import { MAX_BYTES_PER_UNIT, type Utf8Sink, writeUtf16 } from './utf16.js';
import { setNull, validityOf } from './validity.js';
import type { VarFormat } from './varSize.js';
import { uint16sOf } from './views.js';

const UNIT_BYTES = 2;

/** As `MemoryA.putStr` writes it: int32 number of UTF-16 code units, -1 for NULL, then the units. */
const PREFIX: PrefixFormat = {
  prefixBytes: 4,
  sizeOf(data, at) {
    const units = data.getInt32(at, true);
    return units >= 0 ? 4 + units * UNIT_BYTES : units === -1 ? 4 : -1;
  },
};

/** STRING: UTF-16 in the file, UTF-8 in the chunk. Lone surrogates are kept as three bytes each: `text_not_utf8`. */
export const STRING_FORMAT: VarFormat = {
  locate: (files, ranges, careful, losses) => locatePrefixed(PREFIX, files, ranges, careful, losses),
  fit: fitPrefixed,
  confirm: (values) => confirmPrefixed(PREFIX, values),
  keepsBytes: false,
  emit({ table, bytes }, mask, losses, data) {
    const { count, states, sizes, positions } = table;
    // Values take an even number of bytes each, so all units are aligned.
    const units = uint16sOf(bytes);
    const sink: Utf8Sink = { bytes: new Uint8Array(units.length * MAX_BYTES_PER_UNIT), at: 0, loneSurrogates: 0 };
    const offsets = new Int32Array(count + 1);
    let notUtf8 = 0;
    for (let row = 0; row < count; row++) {
      if (states[row] === ValueState.STORED) {
        const first = (positions[row]! >>> 1) + 2;
        const end = (positions[row]! + sizes[row]!) >>> 1;
        if (first < end) {
          const before = sink.loneSurrogates;
          writeUtf16(units, first, end, sink);
          if (sink.loneSurrogates > before) notUtf8++;
        } else if (units[first - 1] === 0xffff) {
          setNull(mask, row);
        }
      }
      offsets[row + 1] = sink.at;
    }
    reportNotUtf8(notUtf8, data, losses);
    const text = sink.bytes.subarray(0, sink.at);
    const chunk: BytesChunk = {
      kind: 'bytes',
      length: count,
      offsets,
      data: text,
      utf8: notUtf8 === 0,
      ...validityOf(mask),
    };
    return chunk;
  },
};
