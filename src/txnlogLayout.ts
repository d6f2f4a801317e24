/** Where the records of a sequencer's log lie: in `_txnlog` itself (V1), or in part files beside it (V2). */
import { Txnlog } from '../generated/Txnlog.js';
import { cause, type Damage, damage } from './damage.js';
import { attempt, isMissing, join, TABLE_FILES, withFile } from './files.js';
import { parse, sizeOf, span } from './kaitai/parse.js';
import type { Source } from './source/source.js';

/** A run of records that lie one after the other in one file. */
export interface Stretch {
  readonly path: string;
  readonly type: typeof Txnlog.RecordV1 | typeof Txnlog.RecordV2;
  readonly firstTxn: bigint;
  readonly byteOffset: number;
  /** Records that are in their place. */
  readonly count: number;
  /** Records that the file has in all: more than its place takes where a copy has pushed the others on. */
  readonly recordsInFile: number;
}

export interface LogLayout {
  readonly formatVersion: 0 | 1;
  readonly storedMaxTxn: bigint | undefined;
  /** Where the header has it. */
  readonly maxTxnOffset: { readonly byteOffset?: number };
  /** All fields of the header are zero: no release from 7.3.10 on leaves it so, since it has the table's creation time. */
  readonly isBlank: boolean;
  readonly stretches: readonly Stretch[];
  readonly damage: readonly Damage[];
  readonly error: string | null;
}

export type AnyRecord = Txnlog.RecordV1 | Txnlog.RecordV2;

const PART_NAME = /^\d{1,15}$/;

/** Where a field of the header is, for damage. */
const at = (header: Txnlog, field: 'format' | 'maxTxn' | 'numPartTxns'): { byteOffset?: number } => {
  const place = span(header, field);
  return place === undefined ? {} : { byteOffset: place.start };
};

/** What the header says, or why it can't be read. */
function readHeader(source: Source, path: string): { value?: Txnlog; size: number; damage?: Damage } {
  const read = withFile(source, path, (file) => ({
    size: file.size,
    parsed: parse(Txnlog, file.read(0, sizeOf(Txnlog))),
  }));
  if (read.damage?.code === 'file_missing' && isMissing(source, path))
    return { size: 0, damage: damage('txnlog_missing', path) };
  if (read.damage !== undefined) return { size: 0, damage: damage('txnlog_unreadable', path, cause(read.damage)) };
  const { size, parsed } = read.value;
  if (parsed.failure === undefined) return { value: parsed.value, size };
  const { byteOffset, message } = parsed.failure;
  return { size, damage: damage('txnlog_unreadable', path, { byteOffset, actual: message }) };
}

const isBlankHeader = ({ format, maxTxn, createTimestampUs, numPartTxns }: Txnlog): boolean =>
  format === 0 && maxTxn === 0n && createTimestampUs === 0n && numPartTxns === 0;

/** The count of transactions as the header has it now; `undefined` when it can't be read. */
export const readStoredMaxTxn = (source: Source, tableDir: string): bigint | undefined =>
  readHeader(source, join(tableDir, TABLE_FILES.txnlog)).value?.maxTxn;

/** The part files of a V2 log by number; the sizes that can't be had are 0. */
function listParts(source: Source, tableDir: string): { number: number; path: string; size: number }[] {
  const folder = join(tableDir, TABLE_FILES.txnlogParts);
  if (isMissing(source, folder)) return [];
  const listing = attempt(folder, () => source.list(folder)).value ?? [];
  return listing
    .filter((entry) => PART_NAME.test(entry.name))
    .map((entry) => {
      const path = join(folder, entry.name);
      return { number: Number(entry.name), path, size: attempt(path, () => source.stat(path)).value?.size ?? 0 };
    })
    .sort((a, b) => a.number - b.number);
}

/** How many transactions a V2 part holds: the header's word if a part's size bears it out, else the commonest size's. */
function partTxnCount(header: Txnlog | undefined, parts: readonly { size: number }[]): number {
  const bySize = new Map<number, number>();
  for (const part of parts) bySize.set(part.size, (bySize.get(part.size) ?? 0) + 1);
  const stored = header?.numPartTxns ?? 0;
  if (stored > 0 && (parts.length === 0 || bySize.has(stored * sizeOf(Txnlog.RecordV2)))) return stored;
  const commonest = [...bySize].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
  return Math.floor(commonest / sizeOf(Txnlog.RecordV2)) || Math.max(stored, 0);
}

/** Where the records lie. The format is the one that the files bear out, whatever the header's format field says. */
export function logLayout(source: Source, tableDir: string): LogLayout {
  const path = join(tableDir, TABLE_FILES.txnlog);
  const header = readHeader(source, path);
  const found: Damage[] = header.damage === undefined ? [] : [header.damage];
  const parts = listParts(source, tableDir);
  const isV2 = parts.length > 0 || (header.value?.format === 1 && header.size <= sizeOf(Txnlog));
  const formatVersion = isV2 ? 1 : 0;
  if (header.value !== undefined && header.value.format !== formatVersion) {
    const severity = parts.length > 0 || header.size > sizeOf(Txnlog) ? 'repaired' : 'loss';
    const detail = {
      ...at(header.value, 'format'),
      expected: String(formatVersion),
      actual: String(header.value.format),
      severity,
    } as const;
    found.push(damage('txnlog_format_unknown', path, detail));
  }
  const error = header.damage === undefined ? null : `${header.damage.code}: ${header.damage.actual ?? 'no such file'}`;
  const storedMaxTxn = header.value?.maxTxn;
  const isBlank = header.value !== undefined && isBlankHeader(header.value);
  const maxTxnOffset = header.value === undefined ? {} : at(header.value, 'maxTxn');
  if (!isV2) {
    const count = Math.max(0, Math.floor((header.size - sizeOf(Txnlog)) / sizeOf(Txnlog.RecordV1)));
    return {
      formatVersion,
      storedMaxTxn,
      maxTxnOffset,
      isBlank,
      stretches: [
        { path, type: Txnlog.RecordV1, firstTxn: 1n, byteOffset: sizeOf(Txnlog), count, recordsInFile: count },
      ],
      damage: found,
      error,
    };
  }
  const perPart = partTxnCount(header.value, parts);
  if (header.value !== undefined && header.value.numPartTxns !== perPart) {
    const detail = {
      ...at(header.value, 'numPartTxns'),
      expected: String(perPart),
      actual: String(header.value.numPartTxns),
      severity: 'repaired',
    } as const;
    found.push(damage('txnlog_unreadable', path, detail));
  }
  const stretches = parts.map((part) => {
    const recordsInFile = Math.floor(part.size / sizeOf(Txnlog.RecordV2));
    return {
      path: part.path,
      type: Txnlog.RecordV2,
      firstTxn: BigInt(part.number) * BigInt(perPart) + 1n,
      byteOffset: 0,
      count: Math.min(perPart, recordsInFile),
      recordsInFile,
    };
  });
  return { formatVersion, storedMaxTxn, maxTxnOffset, isBlank, stretches, damage: found, error };
}
