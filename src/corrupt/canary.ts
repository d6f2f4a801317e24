/**
 * The tool broken on purpose, in one way at a time: a harness that does not notice is worth nothing. Each way breaks it only
 * on damaged input, so that the truth is still the truth.
 */
import { damage } from '../damage.js';
import type { LedgerEntry } from '../ledger.js';
import type { RandomAccess, Source } from '../source/source.js';
import type { Invariant } from './finding.js';
import type { ExportRun, System, TableRun } from './system.js';

interface Canary {
  /** The invariant that it breaks, among others perhaps. */
  readonly breaks: Invariant;
  readonly what: string;
  readonly system: (system: System) => System;
}

/** A system that sees other bytes or answers than there are. */
const seeing =
  (look: (source: Source) => Source) =>
  (system: System): System =>
  (source, choice) =>
    system(look(source), choice);

/** A system that says or writes something else than it should. `again` counts the runs. */
const saying =
  (change: (run: ExportRun, again: number) => ExportRun) =>
  (system: System): System => {
    let again = 0;
    return async (source, choice) => change(await system(source, choice), again++);
  };

/** Other access to the files that `isMeant`. */
const withAccess = (
  source: Source,
  isMeant: (path: string) => boolean,
  change: (access: RandomAccess) => RandomAccess,
): Source => ({
  ...source,
  open: (path) => (isMeant(path) ? change(source.open(path)) : source.open(path)),
});

const isColumn = (path: string): boolean => /\/wal\d+\/\d+\/[^/]+\.d$/.test(path);

/** What is read is the same but for the last bit of its first byte. */
const flipped = (access: RandomAccess): RandomAccess => ({
  ...access,
  read(offset, length) {
    const bytes = access.read(offset, length).slice();
    if (bytes[0] !== undefined) bytes[0] ^= 1;
    return bytes;
  },
  readInto(target, offset) {
    const count = access.readInto(target, offset);
    if (count > 0) target[0] = (target[0] ?? 0) ^ 1;
    return count;
  },
});

const eachTable =
  (change: (table: TableRun) => TableRun) =>
  (run: ExportRun): ExportRun => ({
    ...run,
    tables: run.tables.map(change),
  });

/** Without the last segment that has rows, and without a word of it. */
const withoutSegment = eachTable((table) => {
  const dropped = table.result.segments.findLast(({ outputFile }) => outputFile !== null);
  const segments = table.result.segments.filter((segment) => segment !== dropped);
  const files = new Map([...table.files].filter(([name]) => name !== dropped?.outputFile));
  return { ...table, files, result: { ...table.result, segments } };
});

/** As if nothing were lost: no damage, every state a good one, exit code 0. */
const silenced = (run: ExportRun): ExportRun => ({
  ...eachTable((table) => ({
    ...table,
    result: {
      ...table.result,
      damage: [],
      hasLosses: false,
      segments: table.result.segments.map((segment) => ({ ...segment, damage: [] })),
      ledger: table.result.ledger.map((entry): LedgerEntry => ({ ...entry, state: 'recovered' })),
    },
  }))(run),
  damage: [],
  exitCode: 0,
});

const miscounted = eachTable((table) => ({
  ...table,
  result: {
    ...table.result,
    ledger: table.result.ledger.map((entry, i) =>
      i === 0 ? { ...entry, rowsWritten: entry.rowsWritten + 1n } : entry,
    ),
  },
}));

/** Every Parquet file with its bytes changed. */
const withParquet = (change: (bytes: Uint8Array) => Uint8Array) =>
  eachTable((table) => ({
    ...table,
    files: new Map([...table.files].map(([name, bytes]) => [name, name.endsWith('.parquet') ? change(bytes) : bytes])),
  }));

/** Every sidecar with a line more at its end. */
const padded = eachTable((table) => ({
  ...table,
  files: new Map(
    [...table.files].map(([name, bytes]) => [name, name.endsWith('.json') ? Uint8Array.of(...bytes, 0x0a) : bytes]),
  ),
}));

/** The canaries by name. */
export const CANARIES = {
  throws: {
    breaks: 'ends',
    what: 'throws at the first file it opens',
    system: seeing((source) => ({
      ...source,
      open: () => {
        throw new TypeError('canary');
      },
    })),
  },
  goes_on: {
    breaks: 'ends',
    what: 'looks at the root again and again',
    system: seeing((source) => ({
      ...source,
      list: (folder) => {
        for (;;) source.stat(folder);
      },
    })),
  },
  writes_source: {
    breaks: 'source_unchanged',
    what: 'changes a byte of what it reads from',
    system: seeing((source) =>
      withAccess(source, isColumn, (access) => ({
        ...access,
        readInto: (target, offset) => {
          const bytes = access.read(offset, 1);
          if (bytes[0] !== undefined) bytes[0] ^= 1;
          return access.readInto(target, offset);
        },
      })),
    ),
  },
  wrong_cell: {
    breaks: 'no_wrong_data',
    what: 'takes a bit of a column for its opposite',
    system: seeing((source) => withAccess(source, isColumn, flipped)),
  },
  drops_segment: {
    breaks: 'nothing_silent',
    what: 'leaves a segment out without a word',
    system: saying(withoutSegment),
  },
  silent: { breaks: 'nothing_silent', what: 'calls everything recovered', system: saying(silenced) },
  miscounts: { breaks: 'conservation', what: 'counts a row too many', system: saying(miscounted) },
  careless: {
    breaks: 'locality',
    what: 'takes all columns but the first for unreadable',
    system: seeing((source) => ({
      ...source,
      stat: (path) => (isColumn(path) && !path.endsWith('/ts.d') ? undefined : source.stat(path)),
      open: (path) => source.open(isColumn(path) && !path.endsWith('/ts.d') ? `${path} canary` : path),
    })),
  },
  changing: {
    breaks: 'determinism',
    what: 'writes other bytes every other time',
    system: saying((run, again) => (again % 2 === 0 ? run : padded(run))),
  },
  broken_parquet: {
    breaks: 'parquet_opens',
    what: 'forgets the last byte of its files',
    system: saying(withParquet((bytes) => bytes.subarray(0, -1))),
  },
  wrong_exit: {
    breaks: 'exit_code',
    what: 'turns its exit code round',
    system: saying((run) => ({ ...run, exitCode: run.exitCode === 0 ? 3 : 0 })),
  },
  false_alarm: {
    breaks: 'undamaged_clean',
    what: 'cries wolf',
    system: saying((run) => ({ ...run, damage: [...run.damage, damage('name_unreadable', '')] })),
  },
} as const satisfies Record<string, Canary>;

export type CanaryName = keyof typeof CANARIES;

/** The system with one thing broken; the first run, which makes the truth, is left alone but for a false alarm. */
export function withCanary(name: CanaryName, system: System): System {
  const broken = CANARIES[name].system(system);
  let runs = 0;
  return (source, choice) => (runs++ === 0 && name !== 'false_alarm' ? system : broken)(source, choice);
}
