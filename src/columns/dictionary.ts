import type { DictionaryChunk } from '../columnChunk.js';
import { MAX_BYTES_PER_UNIT, type Utf8Sink, unitsOf, writeUtf16 } from './utf16.js';

/** Texts as a dictionary of a chunk, in the order given. */
export function dictionaryOf(texts: readonly string[]): { values: DictionaryChunk['dictionary']; notUtf8: number } {
  const units = texts.reduce((sum, text) => sum + text.length, 0);
  const sink: Utf8Sink = { bytes: new Uint8Array(units * MAX_BYTES_PER_UNIT), at: 0, loneSurrogates: 0 };
  const offsets = new Int32Array(texts.length + 1);
  let notUtf8 = 0;
  for (const [index, text] of texts.entries()) {
    const before = sink.loneSurrogates;
    writeUtf16(unitsOf(text), 0, text.length, sink);
    if (sink.loneSurrogates > before) notUtf8++;
    offsets[index + 1] = sink.at;
  }
  const data = sink.bytes.subarray(0, sink.at);
  return { values: { length: texts.length, offsets, data, utf8: notUtf8 === 0 }, notUtf8 };
}
