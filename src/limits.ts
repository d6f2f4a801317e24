/** Every bound on what is read from a database or kept in memory, with its reason. */

/** Largest file that is read whole (`_meta`, `_name`, registry, structure log); real ones are a few MiB at most. */
export const MAX_WHOLE_FILE_BYTES = 64 * 1024 * 1024;
/** Largest segment number that QuestDB uses (`SEG_MAX_ID`). */
export const MAX_SEGMENT_ID = 536_870_910;
/** Column slots of a table; QuestDB has no limit of its own, wide tables have a few thousand. */
export const MAX_COLUMN_SLOTS = 65_536;
/** Bytes of one `_event` record; real ones grow with the new symbols of one transaction. */
export const MAX_EVENT_RECORD_BYTES = 256 * 1024 * 1024;
/** Work spent on finding records again after damage in `_event`, as a multiple of the file's size. */
export const MAX_RESYNC_WORK_FACTOR = 64;
/** Rows of a row group unless the user says otherwise; 65k to 262k measure equal. */
export const DEFAULT_ROW_GROUP_ROWS = 131_072;
export const MIN_ROW_GROUP_ROWS = 1_024;
export const MAX_ROW_GROUP_ROWS = 1_048_576;
/** Rows of one segment; past it `skipped_row_count_overflow`. A segment's files could not hold more. */
export const MAX_SEGMENT_ROWS = Number.MAX_SAFE_INTEGER;
/** UTF-8 bytes of a table's part of an output file name; a file name may have 255, and suffixes take up to 80. */
export const MAX_OUTPUT_NAME_BYTES = 160;
/** Damage entries kept one by one for one segment; what is past them is counted by kind. */
export const MAX_DAMAGE_PER_SEGMENT = 1_000;
