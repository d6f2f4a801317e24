/** Bytes where kernels work on them in place, and where they do not, with noise on either side that has to stay. */
import { float64sOf, int32sOf } from '../../src/columns/views.js';
import { giveRegionBack, takeRegion } from '../../src/kernels/memory.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** It is no BOOLEAN and not ASCII, and a word of it is NaN: what is read too far shows. */
export const NOISE = 0xff;
/** A multiple of every alignment, and more than a kernel reads past the end. */
const GUARD_BYTES = 96;

/** Puts bytes and numbers somewhere. */
export interface Put {
  bytes(content: ArrayLike<number>): Bytes;
  ints(content: ArrayLike<number>): Int32Array<ArrayBuffer>;
  doubles(content: ArrayLike<number>): Float64Array<ArrayBuffer>;
}

/** Somewhere to put bytes. */
export interface Place {
  readonly name: string;
  /** What is put stands there until `use` returns. Throws when anything beside it was changed. */
  hold<T>(use: (put: Put) => T): T;
}

function regionOf(length: number): Bytes {
  const region = takeRegion(length);
  if (region === undefined) throw new Error(`no region of ${length} bytes`);
  return region;
}

/** The place in memory that `take` gives, `shift` bytes behind an address that suits every type. */
function placeIn(name: string, take: (length: number) => Bytes, giveBack: (whole: Bytes) => void, shift = 0): Place {
  return {
    name,
    hold(use) {
      const held: { readonly whole: Bytes; readonly from: number; readonly to: number }[] = [];
      const put = (length: number): Bytes => {
        const from = GUARD_BYTES + shift;
        const to = from + length;
        const whole = take(to + GUARD_BYTES).fill(NOISE);
        held.push({ whole, from, to });
        return whole.subarray(from, to);
      };
      const bytes = (content: ArrayLike<number>): Bytes => {
        const target = put(content.length);
        target.set(content);
        return target;
      };
      const ints = (content: ArrayLike<number>): Int32Array<ArrayBuffer> => {
        const target = int32sOf(put(4 * content.length));
        target.set(content);
        return target;
      };
      const doubles = (content: ArrayLike<number>): Float64Array<ArrayBuffer> => {
        const target = float64sOf(put(8 * content.length));
        target.set(content);
        return target;
      };
      try {
        const result = use({ bytes, ints, doubles });
        for (const { whole, from, to } of held) {
          const beside = [whole.subarray(0, from), whole.subarray(to)];
          if (beside.some((bytes) => bytes.some((byte) => byte !== NOISE)))
            throw new Error(`something beside [0, ${to - from}) was changed`);
        }
        return result;
      } finally {
        for (const { whole } of held) giveBack(whole);
      }
    },
  };
}

const fresh = (length: number): Bytes => new Uint8Array(length);
const forget = (): void => undefined;

export const IN_MEMORY = placeIn('in kernel memory', regionOf, giveRegionBack);
export const ELSEWHERE = placeIn('elsewhere', fresh, forget);

/** Where numbers can be. */
export const PLACES: readonly Place[] = [IN_MEMORY, ELSEWHERE];

/** Where bytes can be. */
export const BYTE_PLACES: readonly Place[] = [
  ...PLACES,
  placeIn('in kernel memory, at an odd address', regionOf, giveRegionBack, 3),
  placeIn('elsewhere, at an odd address', fresh, forget, 5),
];
