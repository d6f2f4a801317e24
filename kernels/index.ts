/**
 * The loops over all rows of a large segment, in AssemblyScript: `generator/kernels.ts` compiles them into `generated/kernels.ts`.
 * Each works on addresses of the linear memory, on `count` rows, and keeps nothing. `src/kernels/` calls them.
 */
export { packBits, packBooleans } from './bits';
export { nullDoubles, nullFloats, nullInts, nullLongs } from './nulls';
export { mapKeys } from './symbol';
export { isAscii, valueLengths } from './text';
export { gatherTimestamps, isRising } from './timestamp';
export { confirmVarchar, decodeVarchar, packVarchar, tallyValues } from './varchar';
