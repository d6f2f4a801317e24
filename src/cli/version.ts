import { CREATED_BY } from '../parquet/version.js';

/** `x.y.z` of this walrescue. */
export const VERSION = CREATED_BY.slice(CREATED_BY.lastIndexOf(' ') + 1);
