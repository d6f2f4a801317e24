/** Where the records of a file lie, found through its specification. */
import { Event } from '../../generated/Event.js';
import { Txnlog } from '../../generated/Txnlog.js';
import { lazy, parse, type Span, span } from '../kaitai/parse.js';
import type { KaitaiNode } from '../kaitai/types.js';
import type { Source } from '../source/source.js';
import { columnOfFile, entryBytes } from './columnSpec.js';
import { typeOfTarget } from './fields.js';
import { usedLength } from './kind.js';
import { readBytes, type Target } from './targets.js';

/** The repeated field of a file's specification that its records are, the first that it has. */
const RECORD_FIELDS = ['records', 'recordsV1', 'entries', 'changes', 'slots', 'symbols'] as const;

/** The spans of one repeated field. */
function spansOf(node: KaitaiNode, name: string): Span[] {
  const field = name as keyof KaitaiNode & string;
  const value: unknown = lazy(node, field).value;
  if (!Array.isArray(value)) return [];
  return value.flatMap((_, i) => span(node, field, i) ?? []);
}

/** Stretches of `width` bytes each. */
const rows = (width: number, length: number): Span[] =>
  width === 0
    ? []
    : Array.from({ length: Math.floor(length / width) }, (_, i) => ({ start: i * width, end: (i + 1) * width }));

/** The records of a target's file that are in use, in the order of the file: none of the room behind them, no end mark. */
export function recordSpans(source: Source, target: Target): readonly Span[] {
  const bytes = readBytes(source, target.path);
  const used = usedLength(bytes);
  if (target.role === 'column_data') {
    const column = columnOfFile(source, target.path);
    return column === undefined
      ? []
      : rows(entryBytes(column, 'data'), bytes.length).filter(({ start }) => start < used);
  }
  const type = typeOfTarget(source, target);
  if (type === undefined) return [];
  const node = parse(type, bytes).value;
  const field = RECORD_FIELDS.find((name) => type.fields.includes(name));
  const spans = field === undefined ? [] : spansOf(node, field);
  return spans.filter(({ start, end }) => start < used && !isEndMark(target, end - start));
}

/** An end mark of `_event` is shorter than any record. */
const isEndMark = (target: Target, length: number): boolean =>
  target.role === 'event' && length < (Event.RecordHead.byteSize ?? 0);

/** Where the count of transactions of a log's or an event file's header is. */
export function maxTxnSpan(source: Source, target: Target): Span | undefined {
  const bytes = readBytes(source, target.path);
  if (target.role === 'event') return span(parse(Event, bytes).value, 'maxTxn');
  return target.role === 'txnlog' ? span(parse(Txnlog, bytes).value, 'maxTxn') : undefined;
}
