/** Files that no specification describes, by intention or because nobody knows them: what is known of them in words. */
import type { Env } from '../env.js';
import type { Field } from '../field.js';
import { type FillWords, withGaps } from '../fill.js';
import { counted } from '../told.js';
import type { KindFields } from './kind.js';

/** Why a file is shown as bytes. */
export const RAW_KINDS = {
  lock: 'of the server; its content has no meaning',
  todo: "the server's list of things to finish on a table after a crash",
  scoreboard: 'which versions of the table readers used while the server ran (up to 8.2)',
  mat_view: 'definition of a materialised view, in the format of block files',
  mat_view_state: 'state of a materialised view, in the format of block files',
  view: 'definition of a view, in the format of block files',
  data_id: 'random id of the database',
  checkpoint_meta: 'data of a checkpoint',
  convert: 'request to convert the table at the next start: 0 to non-WAL, 1 to WAL',
  partition: 'a column of a partition: applied data of the table, not of its WAL',
  parquet: 'a partition in Parquet format: applied data of the table',
  column: 'a column file that the metadata of its segment does not name',
  unknown: 'not a file that walrescue knows',
} as const;
export type RawKind = keyof typeof RAW_KINDS;

/** A file as one stretch of bytes, the zeros at its end apart. */
export function rawFields(env: Env, kind: RawKind, meaning: string = RAW_KINDS[kind]): KindFields {
  const words: FillWords = {
    zeros: ['zeros', ''],
    other: [kind === 'unknown' ? 'gap' : 'unread', kind === 'unknown' ? meaning : 'not looked into'],
  };
  const fields = withGaps(env, '', [], [0, env.file.size], words).map((field): Field => {
    if (kind === 'unknown' || field.kind === 'zeros') return field;
    return {
      ...field,
      name: 'bytes',
      path: 'bytes',
      kind: 'bytes',
      role: 'raw',
      meaning: counted(field.length, 'byte'),
    };
  });
  return { fields, meaning };
}
