/** `_event.i`: where the records of `_event` are. */
import { EventIndex } from '../../../generated/EventIndex.js';
import { SEGMENT_FILES } from '../../files.js';
import { parse } from '../../kaitai/parse.js';
import { addProblem, type Env } from '../env.js';
import { problemOf } from '../field.js';
import { lastNonZero, preallocated, withGaps } from '../fill.js';
import { counted } from '../told.js';
import { int64List, type KindFields } from './kind.js';

const ENTRY_BYTES = BigInt64Array.BYTES_PER_ELEMENT;
const TAIL = preallocated(['stale', 'not a whole entry']);

/** `_event.i`. Which entries count is only known with the `_event` beside it. */
export function eventIndexFields(env: Env): KindFields {
  const root = parse(EventIndex, new Uint8Array(0)).value;
  const end = Math.min(env.file.size, env.limitBytes);
  const count = Math.ceil(lastNonZero(env, 0, end) / ENTRY_BYTES);
  const whole = Math.min(count, Math.floor(env.file.size / ENTRY_BYTES));
  const isBeside = env.place.name === SEGMENT_FILES.eventIndex && env.place.where === 'segment';
  const walk = isBeside ? env.facts.segment()?.opened.walk : undefined;
  for (const one of walk?.damage ?? []) {
    const isOwn = one.file.endsWith(SEGMENT_FILES.eventIndex);
    if (isOwn) addProblem(env, problemOf({ ...one, file: env.file.path }, env.file.path));
  }
  const last = walk?.unreadable === false ? (walk.records.at(-1)?.segmentTxn ?? -1) : undefined;
  const describe = (_: bigint, index: number): string | undefined => {
    if (last === undefined || index <= last) return undefined;
    return index === last + 1 ? 'end mark' : 'left by a record that was rolled back';
  };
  const list = int64List(env, root, { name: 'entries', offset: 0, count: whole, one: 'entry' }, describe);
  const fields = whole === 0 ? [] : [{ ...list, meaning: counted(whole, 'entry', 'entries') }];
  return {
    fields: withGaps(env, '', fields, [0, env.file.size], TAIL),
    meaning: counted(whole, 'entry', 'entries'),
    find: { list: 'entries', txn: (txn) => [[txn, txn]] },
  };
}
