/** Files that are whole but not of this moment: an older state of themselves, or text that nobody should trust. */
import { Txn } from '../../generated/Txn.js';
import { parse, span } from '../kaitai/parse.js';
import type { KaitaiNode } from '../kaitai/types.js';
import { littleEndian, typeOfTarget } from './fields.js';
import { bytesOf, contentWound, type DamageKind, hasBytes, type Victim, type Wound, writeWound } from './kind.js';
import { pick } from './random.js';
import { maxTxnSpan, recordSpans } from './recordSpans.js';
import type { Role } from './targets.js';

/** Files that only grow: an older state is a beginning of them. */
const GROWING: readonly Role[] = [
  'event',
  'event_index',
  'txnlog',
  'txnlog_part',
  'structure_log',
  'structure_log_index',
  'symbol_offsets',
  'column_data',
  'column_aux',
];

/** The end mark of `_event`: where the next record's length will be. */
const END_MARK = littleEndian(-1n, 4);

/** The file as it was when it had fewer records: the count in its header too, zeros where the later ones are now. */
function olderState(victim: Victim): Wound | undefined {
  const { source, target, random } = victim;
  const spans = recordSpans(source, target);
  const kept = random.below(spans.length);
  const first = spans[kept];
  if (first === undefined) return undefined;
  const content = bytesOf(victim).slice();
  content.fill(0, first.start);
  const count = maxTxnSpan(source, target);
  if (target.role === 'event') content.set(END_MARK, first.start);
  if (count !== undefined) {
    const value = target.role === 'event' ? Math.max(kept - 1, 0) : kept;
    content.set(littleEndian(BigInt(value), count.end - count.start), count.start);
  }
  return contentWound(
    victim,
    content,
    count?.start ?? first.start,
    `as it was with ${kept} of ${spans.length} records`,
  );
}

/** `_txn` as it was one commit earlier: the version that makes the other area current. */
function olderTxn(victim: Victim): Wound | undefined {
  const { version } = parse(Txn, bytesOf(victim)).value;
  const place = span(parse(Txn, bytesOf(victim)).value, 'version');
  if (place === undefined || version < 1n) return undefined;
  return writeWound(victim, place.start, littleEndian(version - 1n, place.end - place.start), 'one commit older');
}

/** The content of another file of the same role: an earlier one put back, or one from another table. */
function anothers(victim: Victim): Wound | undefined {
  const { source, target, targets, random } = victim;
  const alike = targets.filter((other) => other.role === target.role && other.path !== target.path && other.size > 0);
  const near = alike.filter((other) => other.tableDir === target.tableDir);
  const from = pick(random, near.length > 0 && random.below(4) > 0 ? near : alike);
  if (from === undefined) return undefined;
  const content = bytesOf({ ...victim, source, target: from });
  return contentWound(victim, content.slice(), 0, `holds what ${from.path} holds`);
}

/** Text as a hostile file has it: out of the folder, into the terminal, the page or the statement. */
const HOSTILE_TEXTS = [
  '../../../../x',
  '/etc/passwd',
  '\u001b[2J',
  '<b>&"\'',
  "';--",
  '\0\0\0\0',
  '\ud800\ud800',
  '',
  '__proto__',
];

/** A string of a file's specification with other text of the same length; a shorter text is repeated. */
function hostileText(victim: Victim): Wound | undefined {
  const type = typeOfTarget(victim.source, victim.target);
  if (type === undefined) return undefined;
  const places = textPlaces(parse(type, bytesOf(victim)).value);
  const place = pick(victim.random, places);
  const text = pick(victim.random, HOSTILE_TEXTS) ?? '';
  if (place === undefined) return undefined;
  const units = (place.end - place.start) / 2;
  const bytes = new Uint8Array(units * 2);
  for (let i = 0; i < units; i++)
    bytes.set(littleEndian(BigInt(text === '' ? 0x20 : text.charCodeAt(i % text.length)), 2), i * 2);
  return writeWound(victim, place.start, bytes, `text at ${place.start} now ${JSON.stringify(text)}, repeated`);
}

const isNode = (value: unknown): value is KaitaiNode => typeof value === 'object' && value !== null && '_io' in value;

/** Where the strings below a node are that it holds in sequence or in lists. */
function textPlaces(node: KaitaiNode): { start: number; end: number }[] {
  const { fields } = node.constructor as unknown as { fields: readonly string[] };
  return fields.flatMap((name) => {
    const held: unknown = (node as unknown as Record<string, unknown>)[name];
    const children = (Array.isArray(held) ? held : [held]).filter(isNode).flatMap(textPlaces);
    const own = typeof held === 'string' ? span(node, name as keyof KaitaiNode & string) : undefined;
    return own === undefined || own.end - own.start < 2 ? children : [...children, own];
  });
}

export const STALE_KINDS: readonly DamageKind[] = [
  { name: 'stale', applies: (target) => hasBytes(target) && GROWING.includes(target.role), wound: olderState },
  { name: 'stale_txn', applies: (target) => hasBytes(target) && target.role === 'txn', wound: olderTxn },
  { name: 'anothers_content', applies: hasBytes, wound: anothers },
  {
    name: 'hostile_text',
    applies: ({ role, size }) =>
      size > 0 && ['event', 'segment_meta', 'sequencer_meta', 'structure_log', 'table_name', 'registry'].includes(role),
    wound: hostileText,
  },
];
