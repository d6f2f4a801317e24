/** Damage to records and fields, found through the specifications. */
import {
  fieldName,
  type IntegerField,
  integerFields,
  isLengthOrCount,
  isVersionOrType,
  littleEndian,
} from './fields.js';
import {
  bytesOf,
  contentWound,
  type DamageKind,
  hasBytes,
  usedLength,
  type Victim,
  type Wound,
  writeWound,
} from './kind.js';
import { oneIn, pick } from './random.js';
import { recordSpans } from './recordSpans.js';
import { type Role, specOf, type Target } from './targets.js';

const COLUMN_ROLES: readonly Role[] = ['column_data', 'column_aux'];
const hasRecords = (target: Target): boolean =>
  hasBytes(target) && (specOf(target.role) !== undefined || COLUMN_ROLES.includes(target.role));

/** A record written twice: over the one behind it, or so that all behind it moves. */
function duplicated(victim: Victim): Wound | undefined {
  const { source, target, random } = victim;
  const spans = recordSpans(source, target);
  const i = random.below(spans.length);
  const span = spans[i];
  if (span === undefined) return undefined;
  const bytes = bytesOf(victim);
  const record = bytes.slice(span.start, span.end);
  const next = spans[i + 1];
  if (next !== undefined && next.end - next.start === record.length && oneIn(random, 2))
    return writeWound(victim, next.start, record, `record ${i} also in place of record ${i + 1}`);
  const content = new Uint8Array(bytes.length + record.length);
  content.set(bytes.subarray(0, span.end));
  content.set(record, span.end);
  content.set(bytes.subarray(span.end), span.end + record.length);
  return contentWound(victim, content, span.end, `record ${i} twice`);
}

/** Two records in each other's place, whatever their lengths. */
function exchanged(victim: Victim): Wound | undefined {
  const { source, target, random } = victim;
  const spans = recordSpans(source, target);
  const i = random.below(spans.length - 1);
  const j = i + 1 + random.below(Math.min(4, spans.length - i - 1));
  const [a, b] = [spans[i], spans[j]];
  if (a === undefined || b === undefined) return undefined;
  const bytes = bytesOf(victim);
  const parts = [bytes.subarray(b.start, b.end), bytes.subarray(a.end, b.start), bytes.subarray(a.start, a.end)];
  const turned = new Uint8Array(b.end - a.start);
  let at = 0;
  for (const part of parts) {
    turned.set(part, at);
    at += part.length;
  }
  return writeWound(victim, a.start, turned, `records ${i} and ${j} exchanged`);
}

/** What a field is set to: the edges of its range and of its own value. */
function valuesFor(field: IntegerField): bigint[] {
  const max = (1n << BigInt(field.size * 8 - 1)) - 1n;
  return [-1n, 0n, 1n, max, -max - 1n, field.value + 1n, field.value - 1n, field.value * 2n];
}

const fieldDamage =
  (wanted: (field: IntegerField) => boolean) =>
  (victim: Victim): Wound | undefined => {
    const { source, target, random } = victim;
    // Fields of the room behind what is in use are touched now and then only: nothing reads them.
    const used = oneIn(random, 8) ? target.size : usedLength(bytesOf(victim));
    const fields = integerFields(source, target).filter((field) => field.offset < used && wanted(field));
    const names = [...new Set(fields.map(fieldName))];
    const name = pick(random, names);
    const field = pick(
      random,
      fields.filter((each) => fieldName(each) === name),
    );
    if (field === undefined) return undefined;
    const value = pick(random, valuesFor(field)) ?? 0n;
    const did = `${field.path} set from ${field.value} to ${BigInt.asIntN(field.size * 8, value)}`;
    return writeWound(victim, field.offset, littleEndian(value, field.size), did);
  };

export const RECORD_KINDS: readonly DamageKind[] = [
  { name: 'record_duplicated', applies: hasRecords, wound: duplicated },
  { name: 'records_exchanged', applies: hasRecords, wound: exchanged },
  { name: 'length_field', applies: hasRecords, wound: fieldDamage(isLengthOrCount) },
  { name: 'version_field', applies: hasRecords, wound: fieldDamage(isVersionOrType) },
  { name: 'any_field', applies: hasRecords, wound: fieldDamage(() => true) },
];
