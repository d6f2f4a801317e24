/** What a server says of its tables. */
import type { ServerTransaction } from './exported.js';
import type { QuestdbServer } from './server.js';
import { ID, quoteName, TS } from './tableModel.js';
import { until } from './until.js';

/** Ids in a table, in the order of their timestamps. */
export async function idsIn(server: QuestdbServer, table: string): Promise<number[]> {
  const { rows } = await server.sql(`SELECT ${ID.name} FROM ${quoteName(table)} ORDER BY ${TS.name}`);
  return rows.map(([id]) => Number(id));
}

/** `wal_transactions()`, by seqTxn; the function is there from 7.3 on. */
export async function transactionsOf(
  server: QuestdbServer,
  table: string,
): Promise<ReadonlyMap<number, ServerTransaction>> {
  const { rows } = await server.sql(
    `SELECT sequencerTxn, walId, segmentId, segmentTxn, cast(timestamp as long) FROM wal_transactions('${table}')`,
  );
  return new Map(
    rows.map((row): [number, ServerTransaction] => {
      const [seqTxn = 0, walId = 0, segmentId = 0, segmentTxn = 0, commitUs = 0] = row.map(Number);
      return [seqTxn, { seqTxn, walId, segmentId, segmentTxn, commitUs: String(commitUs) }];
    }),
  );
}

export interface WalState {
  readonly suspended: boolean;
  /** Applied and visible. */
  readonly writerTxn: number;
  readonly sequencerTxn: number;
}

/** The table's line of `wal_tables()`. */
export async function walState(server: QuestdbServer, table: string): Promise<WalState> {
  const { rows } = await server.sql(
    `SELECT suspended, writerTxn, sequencerTxn FROM wal_tables() WHERE name = '${table}'`,
  );
  const [suspended, writerTxn, sequencerTxn] = rows[0] ?? [];
  if (rows.length !== 1) throw new Error(`${rows.length} WAL tables named ${table}`);
  return { suspended: suspended === true, writerTxn: Number(writerTxn), sequencerTxn: Number(sequencerTxn) };
}

/** Waits until the table has applied all that its log has. */
export function untilApplied(server: QuestdbServer, table: string): Promise<void> {
  return until(`${table} is applied`, async () => {
    const { suspended, writerTxn, sequencerTxn } = await walState(server, table);
    if (suspended) throw new Error(`${table} is suspended`);
    return writerTxn === sequencerTxn;
  });
}
