/**
 * Real database folders with truth (test/fixtures/README.md), unpacked once per machine.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ARCHIVES = fileURLToPath(new URL('../fixtures', import.meta.url));
const SUFFIX = '.tar.gz';
/** The only case that is damaged; all others must come out whole. */
const DAMAGED = '16-damaged';

export type TruthKind =
  | 'data'
  | 'structural'
  | 'sql'
  | 'truncate'
  | 'matview_data'
  | 'matview_state'
  | 'matview_invalidate'
  | 'view_definition';

export interface TruthTransaction {
  readonly seqTxn: number;
  readonly kind: TruthKind;
  /** -1: a structural change. */
  readonly walId: number;
  readonly segmentId: number;
  readonly segmentTxn: number;
  /** `null`: not a transaction of rows. */
  readonly rowCount: number | null;
  /** µs since the epoch; below 2^53. */
  readonly commitTs: number;
  readonly structureVersion: number;
  readonly sql?: string;
  /** False: the sequencer no longer has the record (a purged or lost part). */
  readonly inSequencer?: boolean;
  readonly onDisk?: boolean;
}

export interface TruthColumn {
  readonly name: string;
  /** As QuestDB's SQL writes it. */
  readonly type: string;
}

export interface TruthRow {
  readonly seqTxn: number;
  /** From 0, in its transaction. */
  readonly row: number;
  readonly values: Readonly<Record<string, string | null>>;
}

export interface TruthTable {
  readonly name: string;
  readonly dirName: string;
  readonly kind: string;
  readonly dropped: boolean;
  readonly truthFile: string;
  /** seqTxn of `_txn`, without the lag; `null`: there is no `_txn`. */
  readonly appliedSeqTxn: number | null;
  readonly lagTxnCount: number;
  /** 1 or 2. */
  readonly sequencerFormat: number;
  readonly designatedTimestamp: string;
  readonly columns: readonly TruthColumn[];
  /** By structureVersion. */
  readonly schemas: Readonly<Record<string, readonly TruthColumn[]>>;
  readonly rowsOnDisk: number;
  readonly transactions: readonly TruthTransaction[];
  /** Case 16 only: what was done to the table, and what may be missing because of it. */
  readonly damage?: string | null;
  readonly mayBeLost?: readonly number[];
  readonly lostColumns?: readonly string[];
  readonly sequencerLost?: boolean;
  readonly watermarkLost?: boolean;
  /** Every row ever committed and still on disk, in the order of the file. */
  readonly rows: readonly TruthRow[];
}

export interface Truth {
  readonly case: string;
  readonly questdb_version: string;
  readonly killed: boolean;
  readonly tables: readonly TruthTable[];
}

/** The cases there are, sorted. */
export function fixtureNames(): string[] {
  return readdirSync(ARCHIVES)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .sort();
}

/** The cases that nothing was done to: an export of them must lose nothing. */
export function undamagedFixtureNames(): string[] {
  return fixtureNames().filter((name) => name !== DAMAGED);
}

/**
 * The folder of a case, with `db/`, `truth.json` and `truth/` in it. It is shared by all tests of the machine: read only.
 * Unpacked under a name that its archive's hash is part of, and renamed into place, so that any number of processes may ask.
 */
export function fixture(name: string): string {
  const archive = archiveOf(name);
  const hash = createHash('sha256').update(readFileSync(archive)).digest('hex').slice(0, 16);
  const cache = join(tmpdir(), `walrescue-fixtures-${userInfo().uid}`);
  const home = join(cache, `${name}-${hash}`);
  if (!existsSync(home)) {
    mkdirSync(cache, { recursive: true });
    const fresh = mkdtempSync(join(cache, `.${name}-`));
    unpack(archive, fresh);
    try {
      renameSync(fresh, home);
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      if (!existsSync(home)) throw error;
    }
  }
  return join(home, name);
}

/** A copy of a case's folder below `parent`, hard links kept, for a test to change. */
export function freshFixture(name: string, parent: string): string {
  const folder = mkdtempSync(join(parent, `${name}-`));
  unpack(archiveOf(name), folder);
  return join(folder, name);
}

/** What a case's folder must come out as. */
export function truth(name: string): Truth {
  return readTruth(fixture(name));
}

/** `truth` of an unpacked case. */
export function readTruth(caseDir: string): Truth {
  const document = JSON.parse(readFileSync(join(caseDir, 'truth.json'), 'utf8')) as Truth;
  return {
    ...document,
    tables: document.tables.map((table) => ({ ...table, rows: readRows(join(caseDir, table.truthFile)) })),
  };
}

function readRows(file: string): TruthRow[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TruthRow);
}

function archiveOf(name: string): string {
  const archive = join(ARCHIVES, name + SUFFIX);
  if (!existsSync(archive)) throw new Error(`no fixture ${name} in ${ARCHIVES}`);
  return archive;
}

function unpack(archive: string, folder: string): void {
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
}
