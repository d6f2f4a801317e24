/** The NULL patterns of QuestDB's fixed-size types (`Numbers`, `Long128`, `Long256Impl`), as little-endian 32-bit words. */

const MIN_WORD = -0x80000000;
const MIN_LONG = [0, MIN_WORD];

/** INT. */
export const NULL_INT_WORD = MIN_WORD;
/** LONG, DATE, TIMESTAMP. */
export const NULL_LONG_WORDS: readonly number[] = MIN_LONG;
/** UUID and LONG128: both halves are LONG's NULL. */
export const NULL_UUID_WORDS: readonly number[] = [...MIN_LONG, ...MIN_LONG];
/** LONG256. */
export const NULL_LONG256_WORDS: readonly number[] = [...MIN_LONG, ...MIN_LONG, ...MIN_LONG, ...MIN_LONG];
/** 0.0.0.0 */
export const NULL_IPV4_WORD = 0;
/** SYMBOL; not -1, which is what a table's reader uses. */
export const NULL_SYMBOL_KEY = MIN_WORD;

/** A DECIMAL of `words` words, most significant limb first: the lowest number there is. */
export function nullDecimalWords(words: number): readonly number[] {
  return [...MIN_LONG, ...Array<number>(words - 2).fill(0)];
}

/**
 * As `nullDecimalWords`, as release 9.2.0 wrote it for columns that an INSERT left out: all lower limbs are -1. The number
 * exceeds every precision, so it can't be a value.
 */
export function oddNullDecimalWords(words: number): readonly number[] {
  return [...MIN_LONG, ...Array<number>(words - 2).fill(-1)];
}
