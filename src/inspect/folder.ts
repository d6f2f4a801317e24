/** Folders as trees: every file in one line that says what it is, each with its own tree below. */

import type { Damage } from '../damage.js';
import { attempt, join, SEGMENT_FILES, segmentFolder, walIds } from '../files.js';
import type { OpenedSegment } from '../openSegment.js';
import type { Entry, Source } from '../source/source.js';
import type { TablePlan } from '../tablePlan.js';
import { nameText } from './escape.js';
import type { SegmentFacts, Surroundings } from './facts.js';
import { type Field, type FileBytes, isBad, lazyChildren, type Problem, problemOf } from './field.js';
import { aroundFiles, type InspectOptions, inspectFile } from './inspectFile.js';
import { type FolderKind, folderKind, placeOf } from './place.js';
import { columnDamage } from './rowReader.js';
import { counted, systemText, unreadableText } from './told.js';

export interface FolderOptions extends InspectOptions {
  /** Also what is in files and in folders that one line stands for, as far down as the view goes. */
  readonly deep?: boolean;
}

type OpenOptions = FolderOptions & { readonly around: Surroundings };

const NO_BYTES = new Uint8Array(0);

/** What stands for the bytes of a folder. */
export const noBytes = (path: string): FileBytes => ({ path, size: 0, bytes: () => NO_BYTES });

/** Several problems as the first of the worst of them, with the number of the others. */
function worstProblem(problems: readonly Problem[]): Problem | undefined {
  const bad = problems.filter(isBad);
  const worst = bad.find(({ severity }) => severity === 'loss') ?? bad[0];
  if (worst === undefined) return undefined;
  const { byteOffset: _, byteLength: __, ...rest } = worst;
  return bad.length === 1
    ? rest
    : { ...rest, message: `${worst.message} (and ${counted(bad.length - 1, 'more problem')})` };
}

/** The worst damage of a folder; its files are named from that folder on. */
const problemFrom = (damage: readonly Damage[], folder: string): Problem | undefined =>
  worstProblem(
    damage.map((one) => {
      const file = one.file.startsWith(`${folder}/`) ? one.file.slice(folder.length + 1) : one.file;
      const column = one.column === undefined ? '' : ` (column ${one.column})`;
      const place = one.byteOffset === undefined ? file : `${file} at byte ${one.byteOffset}`;
      const problem = problemOf(one, folder);
      return { ...problem, message: `${problem.message}${column}: ${place}` };
    }),
  );

/** A file in the listing of a folder: opened for its line, and again when it is looked into. */
function fileField(source: Source, path: string, name: string, options: OpenOptions): Field {
  const size = attempt(path, () => source.stat(path)).value?.size ?? 0;
  const base = { name, path: '', kind: 'file', role: 'structure', offset: 0 } as const;
  const opened = attempt(path, () => inspectFile(source, path, options));
  if (opened.damage !== undefined) {
    const problem: Problem = { severity: 'loss', message: unreadableText(opened.damage) };
    return { ...base, file: noBytes(path), length: size, problem };
  }
  const tree = opened.value;
  const problem = worstProblem(tree.problems);
  tree.close();
  return {
    ...base,
    file: noBytes(path),
    length: size,
    meaning: tree.root.meaning ?? '',
    ...(problem === undefined ? {} : { problem }),
    ...(options.deep === true ? {} : { collapsed: true as const }),
    children: lazyChildren(() => {
      const { children } = inspectFile(source, path, options).root;
      return Array.from({ length: children?.count ?? 0 }, (_, position) => children!.at(position));
    }),
  };
}

/** Segments of a table that are opened to tell whether they are sound; a survey looks at all. */
const MAX_SEGMENTS_OPENED = 64;

/** How a table stands, from its plan. */
function tableText({ log, watermark, context, dropped }: TablePlan, tableName: string | undefined): string {
  // A table keeps its folder when it is renamed.
  const isRenamed = tableName !== undefined && tableName !== context.dirName.replace(/~\d+$/, '');
  const isThere = log.formatVersion !== undefined && log.status === 'ok';
  const last = log.maxTxn === 0n ? 'no transactions' : `seqTxn 1 to ${log.maxTxn}`;
  const format = isThere ? `V${log.formatVersion + 1} log, ${last}` : 'no readable log';
  const applied = watermark === undefined ? 'applied up to nobody knows where' : `applied up to ${watermark.seqTxn}`;
  const lag = watermark === undefined || watermark.lagTxnCount === 0 ? '' : ` and ${watermark.lagTxnCount} in the lag`;
  const count = context.segments.length;
  const segments = `${counted(count, 'segment')}${count > MAX_SEGMENTS_OPENED ? `, the first ${MAX_SEGMENTS_OPENED} looked into` : ''}`;
  return `WAL table${isRenamed ? ` ${nameText(tableName)}` : ''}${dropped ? ', dropped' : ''}: ${format}, ${applied}${lag}, ${segments}`;
}

/** What is wrong with a segment as far as its metadata and the last row of each column tell. */
const segmentDamage = (segment: SegmentFacts): readonly Damage[] => [
  ...segment.opened.damage,
  ...columnDamage(segment),
];

const segmentsDamage = (source: Source, around: Surroundings, { context }: TablePlan): readonly Damage[] =>
  context.segments.slice(0, MAX_SEGMENTS_OPENED).flatMap(({ walId, segmentId }) => {
    const event = join(segmentFolder(context.dirName, walId, segmentId), SEGMENT_FILES.event);
    const segment = around.segment(placeOf(source, event));
    return segment === undefined ? [] : segmentDamage(segment);
  });

function segmentText(opened: OpenedSegment): string {
  const { walk, schema, transactions } = opened;
  const rows = transactions.rows.reduce((most, { hi }) => Math.max(most, hi), 0);
  const seqTxns = transactions.all.flatMap(({ log }) => (log === undefined ? [] : [log.seqTxn]));
  const [first, last] = [seqTxns[0], seqTxns.at(-1)];
  const range = first === undefined ? '' : first === last ? `, seqTxn ${first}` : `, seqTxn ${first} to ${last}`;
  const columns =
    schema === undefined ? '' : `, ${counted(schema.slots.filter((slot) => slot.type > 0).length, 'column')}`;
  return `segment: ${counted(walk.records.length, 'record')}, ${counted(rows, 'row')}${columns}${range}`;
}

interface Told {
  readonly meaning: string;
  readonly problem?: Problem | undefined;
  /** Its entries are shown only when it is asked for itself. */
  readonly closed?: boolean;
}

function tell(source: Source, around: Surroundings, path: string, kind: FolderKind, entries: readonly Entry[]): Told {
  switch (kind) {
    case 'root': {
      // Tables that are nowhere but in the registry, and names that do not read. Paths are those of the source's own root.
      const problem = path === '' ? problemFrom(around.tables().damage, path) : undefined;
      return { meaning: 'database root', problem };
    }
    case 'sequencer':
      return { meaning: 'sequencer of the table' };
    case 'wal':
      return { meaning: `WAL: ${counted(entries.filter((entry) => /^\d+$/.test(entry.name)).length, 'segment')}` };
    case 'segment': {
      const segment = around.segment(placeOf(source, join(path, SEGMENT_FILES.event)));
      if (segment === undefined) return { meaning: 'segment' };
      const problem = problemFrom(segmentDamage(segment), segment.folder);
      return { meaning: segmentText(segment.opened), problem, closed: true };
    }
    case 'table': {
      const isWal = walIds(entries).length > 0 || entries.some((entry) => entry.name === 'txn_seq');
      const plan = isWal ? around.plan(path) : undefined;
      if (plan === undefined) return { meaning: 'table without WAL', closed: true };
      const damage = [...plan.damage, ...segmentsDamage(source, around, plan)];
      const tableName = around.tables().value.find(({ dirName }) => dirName === path)?.tableName;
      return { meaning: tableText(plan, tableName), problem: problemFrom(damage, path), closed: true };
    }
    case 'partition':
      return { meaning: 'partition of the table', closed: true };
    case 'other':
      return { meaning: 'folder', closed: true };
  }
}

/** The tree of a folder: its entries, and theirs. Nothing is opened before it is looked at. */
export function inspectFolder(source: Source, path: string, options: FolderOptions = {}): Field {
  const around = options.around ?? aroundFiles(source, options.all);
  return folderField(source, path, shownFolder(source, path), { ...options, around }, true);
}

/** A folder's name; those within a table with the table's. */
function shownFolder(source: Source, path: string): string {
  if (path === '') return source.label.split('/').at(-1) ?? '';
  const parts = path.split('/');
  const table = parts.findLastIndex((part, index) => index > 0 && /^(?:wal\d+|txn_seq)$/.test(part)) - 1;
  return table < 0 ? (parts.at(-1) ?? '') : parts.slice(table).join('/');
}

function folderField(source: Source, path: string, name: string, options: OpenOptions, isStart: boolean): Field {
  const listing = attempt(path, () => source.list(path));
  const kind = folderKind(source, path);
  const { meaning, problem, closed } = tell(source, options.around, path, kind, listing.value ?? []);
  const unreadable: Problem | undefined =
    listing.damage === undefined
      ? undefined
      : { severity: 'loss', message: `can't be listed: ${systemText(listing.damage.actual ?? '')}` };
  const shown = unreadable ?? problem;
  return {
    name: `${name}/`,
    path: '',
    kind: 'folder',
    role: 'structure',
    file: noBytes(path),
    offset: 0,
    length: 0,
    meaning,
    ...(shown === undefined ? {} : { problem: shown }),
    ...(closed === true && !isStart && options.deep !== true ? { collapsed: true as const } : {}),
    children: lazyEntries(listing.value ?? [], (entry) =>
      entry.kind === 'folder'
        ? folderField(source, join(path, entry.name), entry.name, options, false)
        : fileField(source, join(path, entry.name), entry.name, options),
    ),
  };
}

/** One child for each entry, each made when it is asked for and kept. */
function lazyEntries(entries: readonly Entry[], make: (entry: Entry) => Field) {
  const made = new Map<number, Field>();
  return {
    count: entries.length,
    at(position: number): Field {
      const known = made.get(position) ?? make(entries[position]!);
      made.set(position, known);
      return known;
    },
    covering: () => undefined,
  };
}

/** The file or folder that the first part of a query names, below `path`: `wal1/0/_event:records[3]`. */
export function splitFolderQuery(query: string): { readonly below: string; readonly rest: string | undefined } {
  const cut = query.indexOf(':');
  return cut < 0 ? { below: query, rest: undefined } : { below: query.slice(0, cut), rest: query.slice(cut + 1) };
}
