/**
 * The schema of a segment whose own `_meta` is damaged or contradicted: from a segment beside it, from the sequencer, or from
 * the structural changes, whichever the column files bear out.
 */
import { type Damage, damage } from './damage.js';
import { attempt, join, SEGMENT_FILES, segmentFolder, TABLE_FILES } from './files.js';
import { misfitsOf } from './rowEvidence.js';
import { type ColumnSlot, liveColumns, readSegmentSchema, type Schema } from './schema.js';
import type { SegmentId } from './segmentTask.js';
import type { Source } from './source/source.js';

/** Where a segment's schema comes from. */
export type SchemaSource = 'own' | 'peer' | 'sequencer' | 'replay' | 'none';

export interface SchemaChoice {
  readonly schema: Schema | undefined;
  readonly from: SchemaSource;
  readonly damage: readonly Damage[];
}

/** What the table knows of its schemas beside the segment itself. */
export interface SchemaEvidence {
  /** By structureVersion, from `_meta.0` and the structural changes; empty when they can't be had. */
  readonly replayed: readonly Schema[];
  readonly sequencer: Schema | undefined;
  /** Other segments, nearest first; asked for only when they are needed. */
  readonly peers: () => readonly SegmentId[];
}

/** Peers that are asked for their schema before the search is given up. */
const MAX_PEERS = 32;

const DATA_FILE = /\.d$/;

const sameSlots = (a: readonly ColumnSlot[], b: readonly ColumnSlot[]): boolean =>
  a.length === b.length && a.every((slot, i) => slot.type === b[i]?.type && slot.name === b[i]?.name);

/** Same slots, same designated timestamp: only the version may differ. */
export const sameSchema = (a: Schema, b: Schema): boolean =>
  a.timestampIndex === b.timestampIndex && sameSlots(a.slots, b.slots);

/** Column files that a schema has no column for, and columns without a file. */
interface Agreement {
  readonly unclaimed: number;
  readonly missing: number;
}

const disagrees = ({ unclaimed, missing }: Agreement): boolean => unclaimed + missing > 0;

/** How a schema and the files of a segment's folder agree. */
function agreementOf(schema: Schema, files: ReadonlySet<string>): Agreement {
  const columns = liveColumns(schema);
  const claimed = new Set(columns.map((column) => `${column.name}.d`));
  const unclaimed = [...files].filter((file) => DATA_FILE.test(file) && !claimed.has(file)).length;
  const missing = columns.filter((column) => !files.has(`${column.name}.d`)).length;
  const wrongAux = columns.filter(
    (column) => column.type !== undefined && !column.type.hasAux && files.has(`${column.name}.i`),
  ).length;
  return { unclaimed: unclaimed + wrongAux, missing };
}

interface Candidate {
  readonly schema: Schema;
  readonly from: SchemaSource;
}

/** Segments beside that are asked when a schema is contested. */
const MAX_VOTERS = 3;

/**
 * How far the structural changes up to `version` can be believed: the sequencer and other segments that have, at their own
 * versions, the columns that the changes lead to there, less those that do not. One before `version` that has them knows
 * nothing of the changes after it.
 */
function confidenceInReplay(source: Source, tableDir: string, evidence: SchemaEvidence, version: bigint): number {
  const peers = evidence.peers().slice(0, MAX_VOTERS);
  const schemas = [
    evidence.sequencer,
    ...peers.map(({ walId, segmentId }) => readSegmentSchema(source, segmentFolder(tableDir, walId, segmentId)).value),
  ];
  return schemas.reduce((sum, schema) => {
    const replayed = schema && evidence.replayed[Number(schema.structureVersion)];
    if (schema === undefined || replayed === undefined) return sum;
    if (!sameSchema(schema, replayed)) return sum - 1;
    return schema.structureVersion < version ? sum : sum + 1;
  }, 0);
}

/**
 * The schemas that may stand in, best first. `version` is what the log says was in force; a peer's may be older where the
 * changes between made no column file. The structural changes are left out where other segments speak against them.
 */
function* candidates(
  source: Source,
  tableDir: string,
  evidence: SchemaEvidence,
  version: bigint | undefined,
): Generator<Candidate> {
  const told = version === undefined ? undefined : evidence.replayed[Number(version)];
  const isDoubtful =
    version !== undefined && told !== undefined && confidenceInReplay(source, tableDir, evidence, version) < 0;
  const replayed = isDoubtful ? undefined : told;
  for (const peer of evidence.peers().slice(0, MAX_PEERS)) {
    const schema = readSegmentSchema(source, segmentFolder(tableDir, peer.walId, peer.segmentId)).value;
    if (schema === undefined) continue;
    const fitsLog =
      replayed === undefined
        ? version === undefined || schema.structureVersion <= version
        : sameSchema(schema, replayed);
    if (fitsLog) yield { schema, from: 'peer' };
  }
  const { sequencer } = evidence;
  const isCurrent = sequencer !== undefined && (version === undefined || sequencer.structureVersion === version);
  // Of two that differ one is damaged: columns in a wrong order would get each other's symbols.
  if (isCurrent && told !== undefined && !sameSchema(sequencer, told)) return;
  if (isCurrent) yield { schema: sequencer, from: 'sequencer' };
  if (replayed !== undefined) yield { schema: replayed, from: 'replay' };
  if (version === undefined) for (const schema of [...evidence.replayed].reverse()) yield { schema, from: 'replay' };
}

function standIn(
  source: Source,
  tableDir: string,
  files: ReadonlySet<string>,
  evidence: SchemaEvidence,
  version: bigint | undefined,
): Candidate | undefined {
  let best: Candidate | undefined;
  let bestMissing = Number.POSITIVE_INFINITY;
  for (const candidate of candidates(source, tableDir, evidence, version)) {
    const { unclaimed, missing } = agreementOf(candidate.schema, files);
    if (unclaimed > 0 || missing >= bestMissing) continue;
    if (missing === 0) return candidate;
    best = candidate;
    bestMissing = missing;
  }
  return best;
}

/** What speaks against a segment's own schema that reads: `outvoted` by the others, or only `contested`. */
type Verdict = 'sound' | 'outvoted' | 'contested';

/**
 * Holds a segment's own schema against the one that the structural changes lead to at the version that the log says was in
 * force; where the two differ, the column files, then other sources and then the files' sizes decide.
 */
function judge(
  source: Source,
  tableDir: string,
  own: Schema,
  files: () => ReadonlySet<string>,
  misfits: (schema: Schema) => number,
  evidence: SchemaEvidence,
  version: bigint | undefined,
): Verdict {
  const inForce = version ?? own.structureVersion;
  const reference = evidence.replayed[Number(inForce)];
  const isReference = reference !== undefined && sameSchema(own, reference);
  if (isReference && version !== undefined) return 'sound';
  const there = files();
  const agreement = agreementOf(own, there);
  const isContradicted = agreement.unclaimed > 0 && agreement.missing > 0;
  if (isContradicted) return 'outvoted';
  if (reference === undefined) return 'sound';
  const others = isReference ? evidence.replayed : [reference];
  if (disagrees(agreement) && others.some((other) => !disagrees(agreementOf(other, there)))) return 'outvoted';
  if (isReference) return 'sound';
  const confidence = confidenceInReplay(source, tableDir, evidence, inForce) || misfits(own) - misfits(reference);
  return confidence > 0 ? 'outvoted' : confidence < 0 ? 'sound' : 'contested';
}

/** True when the structural changes lead to the same columns at the schema's own version. */
function sameAsReplayed(schema: Schema, { replayed }: SchemaEvidence): boolean {
  const reference = replayed[Number(schema.structureVersion)];
  return reference !== undefined && sameSchema(schema, reference);
}

/**
 * A segment's own schema under the version that it can have: one that the structural changes lead to the same columns at, and
 * no later than the log says; a damaged version is replaced by the log's. Of the log's own version, it is the changes that are
 * damaged.
 */
function versioned(
  own: Schema,
  tableDir: string,
  path: string,
  evidence: SchemaEvidence,
  version: bigint | undefined,
): { schema: Schema; damage: readonly Damage[] } {
  const isKnown = evidence.replayed.length === 0 || sameAsReplayed(own, evidence);
  if (version === undefined || (own.structureVersion <= version && isKnown)) return { schema: own, damage: [] };
  if (own.structureVersion === version) {
    // Changes that end before it are reported already.
    const isContradicted = evidence.replayed[Number(version)] !== undefined;
    const detail = { expected: `at structureVersion ${version} the columns of ${path}`, actual: 'others' };
    const one = damage('structure_log_unreadable', join(tableDir, TABLE_FILES.structureLog), detail);
    return { schema: own, damage: isContradicted ? [one] : [] };
  }
  const detail = {
    expected: `structureVersion ${version}`,
    actual: String(own.structureVersion),
    severity: 'repaired',
  } as const;
  return { schema: { ...own, structureVersion: version }, damage: [damage('segment_meta_invalid', path, detail)] };
}

/**
 * The schema of a segment: its own unless that is damaged or outvoted. Damage: what ails its own `_meta`, then
 * `schema_substituted` with the source, or `schema_unknown` when nothing fits the column files.
 */
export function chooseSchema(
  source: Source,
  place: SegmentId & { readonly tableDir: string },
  evidence: SchemaEvidence,
  version: bigint | undefined,
): SchemaChoice {
  const segmentDir = segmentFolder(place.tableDir, place.walId, place.segmentId);
  const own = readSegmentSchema(source, segmentDir);
  const path = join(segmentDir, SEGMENT_FILES.meta);
  const found: Damage[] = [...own.damage];
  // Listed only where the schema is in doubt: most segments need no look at their folder.
  const files = (): ReadonlySet<string> =>
    new Set((attempt(segmentDir, () => source.list(segmentDir)).value ?? []).map((entry) => entry.name));
  const misfits = (schema: Schema): number => misfitsOf(source, segmentDir, schema);
  if (own.value !== undefined) {
    const verdict = judge(source, place.tableDir, own.value, files, misfits, evidence, version);
    if (verdict === 'sound') {
      const settled = versioned(own.value, place.tableDir, path, evidence, version);
      return { schema: settled.schema, from: 'own', damage: [...found, ...settled.damage] };
    }
    // Where the changes lead to just these columns at its own version, that is another's as well.
    const isWholly = sameAsReplayed(own.value, evidence);
    const ownVersion = isWholly ? undefined : own.value.structureVersion;
    const other =
      verdict === 'outvoted' ? standIn(source, place.tableDir, files(), evidence, version ?? ownVersion) : undefined;
    const severity = other === undefined ? 'loss' : 'repaired';
    found.push(
      damage('segment_meta_invalid', path, { actual: 'columns that the rest of the table does not have', severity }),
    );
    return other === undefined ? { schema: own.value, from: 'own', damage: found } : substituted(other, path, found);
  }
  const other = standIn(source, place.tableDir, files(), evidence, version);
  if (other === undefined)
    return { schema: undefined, from: 'none', damage: [...found, damage('schema_unknown', path)] };
  return substituted(other, path, found);
}

function substituted({ schema, from }: Candidate, path: string, found: readonly Damage[]): SchemaChoice {
  const one = damage('schema_substituted', path, { actual: `columns from ${SCHEMA_SOURCE_TEXT[from]}` });
  return { schema, from, damage: [...found, one] };
}

/** Schema sources in words. */
export const SCHEMA_SOURCE_TEXT: Readonly<Record<SchemaSource, string>> = {
  own: 'the segment itself',
  peer: 'a segment beside it',
  sequencer: "the sequencer's _meta",
  replay: 'the structural changes',
  none: 'nowhere',
};
