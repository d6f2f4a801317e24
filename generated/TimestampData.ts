// Made by generator/main.ts from formats/timestamp_data.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { TimestampData as code } from './code/TimestampData.js';

/** The designated timestamp of each row of a WAL segment with the number of the row. */
export interface TimestampData extends KaitaiNode {
  readonly entries: readonly TimestampData.Entry[];
}
export declare namespace TimestampData {
  /** One row. */
  export interface Entry extends KaitaiNode {
    /** In the unit of the column's type, µs or ns. */
    readonly timestamp: bigint;
    /** Number of the row in the segment, from 0. */
    readonly rowId: bigint;
  }
}

export const TimestampData = code as unknown as GeneratedType<TimestampData> & {
  readonly Entry: GeneratedType<TimestampData.Entry>;
};
