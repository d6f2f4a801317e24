/** Views of memory as numbers; the bytes that fill no whole number at the end are left out. */

type Bytes = Uint8Array<ArrayBuffer>;

export const int8sOf = (bytes: Bytes): Int8Array<ArrayBuffer> =>
  new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const int16sOf = (bytes: Bytes): Int16Array<ArrayBuffer> =>
  new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 1);

export const uint16sOf = (bytes: Bytes): Uint16Array<ArrayBuffer> =>
  new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 1);

export const int32sOf = (bytes: Bytes): Int32Array<ArrayBuffer> =>
  new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2);

export const float64sOf = (bytes: Bytes): Float64Array<ArrayBuffer> =>
  new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 3);

/** The bytes of numbers. */
export const bytesOf = (numbers: Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>): Bytes =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
