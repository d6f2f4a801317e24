/** What a change in the files of a table as a whole touches: its log and its watermark. */
import { Txn } from '../../generated/Txn.js';
import { Txnlog } from '../../generated/Txnlog.js';
import { TxnlogPart } from '../../generated/TxnlogPart.js';
import { ColumnTag } from '../columnType.js';
import { lazy, parse, span } from '../kaitai/parse.js';
import type { KaitaiNode } from '../kaitai/types.js';
import { type Bytes, overlaps } from './changes.js';
import { readBytes } from './targets.js';
import { LOST, mark, OTHER, type SegmentTouch, type TouchedFile } from './touchMap.js';
import type { SegmentTruth } from './truth.js';

/** Kinds of damage that leave a file whole, of another moment or another table: nothing in it tells. */
const CONSISTENT_KINDS = ['stale', 'stale_txn', 'anothers_content', 'page_misdirected', 'renamed'];

/** Kinds that move all records behind a place: the last one is then past the header's count, like one that was never counted. */
const SHIFTING_KINDS = ['record_duplicated', 'shifted'];

const isConsistent = ({ kinds }: TouchedFile): boolean => CONSISTENT_KINDS.some((kind) => kinds.has(kind));

function eachSegment(file: TouchedFile, visit: (segment: SegmentTruth, touch: SegmentTouch) => void): void {
  for (const [folder, segment] of file.table.segments) {
    const touch = file.touch.segments.get(folder);
    if (touch !== undefined) visit(segment, touch);
  }
}

/** The transactions of which log bytes are others or gone, `first` being that of the first record. */
function touchedTxns(node: KaitaiNode, field: string, first: bigint, any: readonly Bytes[]): Set<bigint> {
  const name = field as keyof KaitaiNode & string;
  const records: unknown = lazy(node, name).value;
  const found = new Set<bigint>();
  if (!Array.isArray(records)) return found;
  for (let i = 0; i < records.length; i++) {
    const place = span(node, name, i);
    if (place !== undefined && overlaps(any, place.start, place.end)) found.add(first + BigInt(i));
  }
  return found;
}

/** The structureVersion that the log, as it now is, gives to a segment's first record that it names. */
function versionNow({ change }: TouchedFile, { walId, segmentId }: SegmentTruth): bigint | undefined {
  if (change.after === undefined) return undefined;
  const isPart = /\/_txn_parts\/\d+$/.test(change.path);
  const records = isPart
    ? lazy(parse(TxnlogPart, change.after).value, 'records').value
    : lazy(parse(Txnlog, change.after).value, 'recordsV1').value;
  return records?.find((one) => one.walId === walId && one.segmentId === segmentId)?.structureVersion;
}

/**
 * Where a log that is whole says that other columns were in force than the segment's whole `_meta` has, nothing tells which of
 * the two is another's. Names may have been exchanged between columns, so that the table's symbol files fit either.
 */
function touchSymbolColumns(file: TouchedFile, segment: SegmentTruth, touch: SegmentTouch): void {
  const version = versionNow(file, segment);
  if (version === undefined || version === segment.opened.schema?.structureVersion) return;
  for (const { name, column } of segment.columns.values())
    if (column.type?.tag === ColumnTag.SYMBOL) mark(touch.cells.get(name), LOST | OTHER);
}

/** Marks the origin of rows of the given transactions; the rows themselves are elsewhere. */
function touchTxns(file: TouchedFile, txns: ReadonlySet<bigint>): void {
  for (const seqTxn of txns) file.touch.txns.add(seqTxn);
  const isShifted = SHIFTING_KINDS.some((kind) => file.kinds.has(kind));
  if (isConsistent(file)) {
    file.touch.logReplaced = true;
    eachSegment(file, (segment, touch) => {
      mark(touch.rows, LOST);
      mark(touch.provenance, LOST | OTHER);
      mark(touch.status, LOST | OTHER);
      touchSymbolColumns(file, segment, touch);
    });
    return;
  }
  eachSegment(file, (segment, touch) => {
    segment.seqTxn.forEach((seqTxn, row) => {
      if (seqTxn === null || !txns.has(seqTxn)) return;
      mark(touch.provenance, LOST | OTHER, row, 1);
      mark(touch.status, LOST, row, 1);
      if (isShifted) mark(touch.rows, LOST, row, 1);
    });
  });
}

/**
 * An event that a record has come to name too: a V1 log has nothing that would tell which of the two records has it. Of those that
 * come to name none, `touchTxns` has marked the rows.
 */
function touchClaimed({ change, touch, table }: TouchedFile, txns: ReadonlySet<bigint>): void {
  if (change.after === undefined) return;
  const now = lazy(parse(Txnlog, change.after).value, 'recordsV1').value ?? [];
  for (const seqTxn of txns) {
    const record = now[Number(seqTxn) - 1];
    if (record === undefined) continue;
    for (const [folder, segment] of table.segments) {
      const rows = segment.transactions.get(record.segmentTxn);
      const marks = touch.segments.get(folder);
      if (rows === undefined || segment.walId !== record.walId || segment.segmentId !== record.segmentId) continue;
      for (const flags of [marks?.provenance, marks?.status]) mark(flags, LOST, rows.first, rows.count);
    }
  }
}

/**
 * A smaller count in the header. One record past it is what a crash leaves: nobody can tell that it was committed. Several tell
 * that the count is damaged; and of the last of them nobody can tell.
 */
function touchCount(file: TouchedFile, header: Txnlog): void {
  const { maxTxn } = file.table.plan.log;
  const place = span(header, 'maxTxn');
  if (place === undefined || !overlaps(file.any, place.start, place.end)) return;
  const stored = storedCount(file);
  eachSegment(file, (segment, touch) => {
    mark(touch.provenance, LOST);
    mark(touch.status, LOST);
    segment.seqTxn.forEach((seqTxn, row) => {
      const isOneBeyond = stored !== undefined && maxTxn - stored === 1n;
      if (seqTxn === maxTxn && isOneBeyond) mark(touch.rows, LOST, row, 1);
    });
  });
}

/** The count that the damaged header now has. */
const storedCount = ({ change }: TouchedFile): bigint | undefined =>
  change.after === undefined ? undefined : parse(Txnlog, change.after).value.maxTxn;

function touchTxnlog(file: TouchedFile): void {
  const header = parse(Txnlog, readBytes(file.truth.source, file.change.path)).value;
  const txns = touchedTxns(header, 'recordsV1', 1n, file.any);
  touchTxns(file, txns);
  touchClaimed(file, txns);
  touchCount(file, header);
  if (!overlaps(file.any, 0, Txnlog.byteSize ?? 0)) return;
  eachSegment(file, (_, touch) => {
    mark(touch.provenance, LOST);
    mark(touch.status, LOST);
  });
}

/** The first transaction of a part: its number times the transactions of a part. */
function touchPart(file: TouchedFile, part: number): void {
  const path = file.change.path.replace(/_txn_parts\/\d+$/, '_txnlog');
  const { numPartTxns } = parse(Txnlog, readBytes(file.truth.source, path)).value;
  const records = parse(TxnlogPart, readBytes(file.truth.source, file.change.path)).value;
  touchTxns(file, touchedTxns(records, 'records', BigInt(part * numPartTxns + 1), file.any));
}

/** A `_txn` of which nothing but the version is other stands for the commit before. */
function touchTxn(file: TouchedFile): void {
  const place = span(parse(Txn, readBytes(file.truth.source, file.change.path)).value, 'version');
  const { changed, gone } = file.change;
  const isVersionOnly = place !== undefined && gone.length === 0 && changed.every((each) => each.to <= place.end);
  eachSegment(file, (_, touch) => mark(touch.status, isVersionOnly || isConsistent(file) ? LOST | OTHER : LOST));
}

/** Marks what a change in a file of the table's own, or of its sequencer, touches. */
export function touchLog(file: TouchedFile): void {
  const below = file.change.path.slice(file.change.path.indexOf('/') + 1);
  const part = /^txn_seq\/_txn_parts\/(\d+)$/.exec(below)?.[1];
  if (below === 'txn_seq/_txnlog') touchTxnlog(file);
  else if (part !== undefined) touchPart(file, Number(part));
  else if (below === '_txn') touchTxn(file);
}
