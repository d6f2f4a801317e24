/** `_txn` and `_cv`: two areas that are written in turn, of which the version says which one counts. */
import { ColumnVersions } from '../../../generated/ColumnVersions.js';
import { Txn } from '../../../generated/Txn.js';
import type { Damage } from '../../damage.js';
import { join, TABLE_FILES } from '../../files.js';
import { parse, sizeOf, span } from '../../kaitai/parse.js';
import { readWatermark } from '../../watermark.js';
import { addFailure, addProblem, type Env } from '../env.js';
import { childPath, type Field, problemOf } from '../field.js';
import { preallocated, withGaps } from '../fill.js';
import { expectedOf, headerFields, nodeField, parseAt } from '../node.js';
import { aliasedSource } from '../sources.js';
import { counted } from '../told.js';
import { inFileOrder, type KindFields, recordList } from './kind.js';

const TAIL = preallocated(['stale', 'of earlier commits: of no meaning now']);
const TABLE = 'table';

const isEven = (version: bigint): boolean => version % 2n === 0n;

/** The fields that do not lie over those before them, in file order. */
function withoutOverlap(fields: readonly Field[]): readonly Field[] {
  let end = 0;
  return inFileOrder(fields).filter((field) => {
    if (field.kind === 'computed') return true;
    if (field.offset < end) return false;
    end = field.offset + field.length;
    return true;
  });
}

/** What the export finds wrong with the watermark: with all that is known of the table, where the file is a table's own. */
function watermarkDamage({ facts, place, file }: Env): readonly Damage[] {
  const { tableDir } = place;
  if (tableDir !== undefined && place.name === TABLE_FILES.txn) {
    const found = facts.plan()?.damage ?? readWatermark(facts.source, tableDir).damage;
    return found.filter((one) => one.file === file.path);
  }
  const path = join(TABLE, TABLE_FILES.txn);
  const damage = readWatermark(aliasedSource(facts.source, path, file.path), TABLE).damage;
  return damage.map((one) => ({ ...one, file: file.path }));
}

/** The record of an area: the current one with all that is wrong with it, the other one only when it is whole. */
function txnRecord(env: Env, area: Txn.Area, name: string, version: bigint, isCurrent: boolean): Field | undefined {
  const { ofsRecord, lenSymbols, lenPartitions } = area;
  if (ofsRecord < sizeOf(Txn) || ofsRecord >= env.file.size) return undefined;
  const parsed = parse(Txn.TxnRecord, env.file.bytes(ofsRecord, env.limitBytes), lenSymbols, lenPartitions);
  const isWhole = parsed.failure === undefined && parsed.value.txn === version;
  if (!isCurrent && !isWhole) return undefined;
  if (parsed.failure !== undefined) addFailure(env, parsed.failure, ofsRecord, expectedOf(parsed.failure));
  const end = parsed.failure === undefined ? parsed.consumed : undefined;
  const piece = { name, path: childPath('', name), start: 0, end };
  const field = nodeField(parsed.value, piece, { env, base: ofsRecord, path: '' });
  const { seqTxn, transientRowCount, fixedRowCount } = parsed.value;
  const rows =
    parsed.failure === undefined ? `, ${counted(transientRowCount + fixedRowCount, 'row')}, seqTxn ${seqTxn}` : '';
  return { ...field, meaning: `${isCurrent ? 'current' : 'the commit before'}${rows}` };
}

/** `_txn`. */
export function txnFields(env: Env): KindFields {
  // A checkpoint's copy has no valid checksum over its lag: the server does not read it as a table's.
  if (!env.place.isCheckpoint) for (const one of watermarkDamage(env)) addProblem(env, problemOf(one, env.file.path));
  const header = parseAt(env, Txn, 0, sizeOf(Txn));
  const own = headerFields(header.value, { env, base: 0, path: '' });
  if (header.failure !== undefined) return { fields: withGaps(env, '', own, [0, env.file.size], TAIL) };
  const { version, areaA, areaB } = header.value;
  const areas = [
    { name: 'record_a', area: areaA, isCurrent: isEven(version) },
    { name: 'record_b', area: areaB, isCurrent: !isEven(version) },
  ];
  // The current one first: where the areas overlap it is the one that stands.
  const records = areas
    .sort((a) => (a.isCurrent ? -1 : 1))
    .flatMap(
      ({ name, area, isCurrent }) => txnRecord(env, area, name, isCurrent ? version : version - 1n, isCurrent) ?? [],
    );
  const current = records.find((record) => record.meaning?.startsWith('current'));
  const others = records.filter(
    (record) =>
      record === current ||
      current === undefined ||
      record.offset + record.length <= current.offset ||
      record.offset >= current.offset + current.length,
  );
  const fields = withGaps(env, '', withoutOverlap([...own, ...others]), [0, env.file.size], TAIL);
  return { fields, meaning: `version ${version}${current?.meaning?.replace('current', '') ?? ''}` };
}

function entryList(
  env: Env,
  name: string,
  area: ColumnVersions.Area,
  isCurrent: boolean,
  place: number,
): Field | undefined {
  if (!area.isInside) {
    if (isCurrent) {
      addProblem(env, {
        severity: 'loss',
        message: 'the entries are not in the file',
        byteOffset: place,
        expected: `entries within ${env.file.size} bytes`,
        actual: `${area.lenEntries} bytes from ${area.ofsEntries} on`,
      });
    }
    return undefined;
  }
  const offset = Number(area.ofsEntries);
  const count = Math.floor(Number(area.lenEntries) / sizeOf(ColumnVersions.Entry));
  if (count === 0) return undefined;
  const list = recordList(env, ColumnVersions.Entry, { name, offset, count, one: 'entry' });
  return { ...list, meaning: `${counted(count, 'entry', 'entries')}, ${isCurrent ? 'current' : 'the version before'}` };
}

/** `_cv`. */
export function columnVersionsFields(env: Env): KindFields {
  // Whole, since `is_inside` asks for the size of the file.
  const { value, failure } = parseAt(env, ColumnVersions, 0, Math.min(env.file.size, env.limitBytes));
  if (failure !== undefined) {
    const own = headerFields(value, { env, base: 0, path: '' });
    return { fields: withGaps(env, '', own, [0, env.file.size], TAIL) };
  }
  const even = isEven(value.version);
  const startOf = (area: 'areaA' | 'areaB'): number => span(value, area)?.start ?? 0;
  const lists = [
    entryList(env, 'entries_a', value.areaA, even, startOf('areaA')),
    entryList(env, 'entries_b', value.areaB, !even, startOf('areaB')),
  ].filter((field) => field !== undefined);
  const own = headerFields(value, { env, base: 0, path: '' });
  const fields = withGaps(env, '', withoutOverlap([...own, ...lists]), [0, env.file.size], TAIL);
  return { fields, meaning: `version ${value.version}` };
}
