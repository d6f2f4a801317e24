/** Writers over the line protocol, all at one table at a time, whose rows follow from their ids. */
import { type LineWriter, lineOverHttp, lineOverTcp } from './lineProtocol.js';
import type { QuestdbServer } from './server.js';
import { ID, type ModelColumn, type ModelRow, newTable, type TableModel, TS, timestampUs } from './tableModel.js';

const SYMBOLS = 7;
export const ROWS_PER_BATCH = 20;
const PACE_MS = 4;
/** From this row of a writer on there is one column more, which the server adds by itself. */
const FIRST_EXTRA_ROW = 60;
const ROWS_PER_WRITER = 1_000_000;

const SOURCE: ModelColumn = { name: 'source', type: 'SYMBOL' };
const EXTRA_TYPE = 'LONG';
/** Columns that no writer fills. */
const UNFILLED = /^unfilled/;

/** The table that `startLoad` writes to. */
export function loadTable(name: string): TableModel {
  return newTable(name, [SOURCE, { name: 'value', type: 'DOUBLE' }, { name: 'text', type: 'STRING' }]);
}

/** A row of the load, by its id; `undefined` when no writer ever makes one of that id. */
export function loadRow(id: number): ModelRow | undefined {
  const [writer, n] = [Math.floor(id / ROWS_PER_WRITER), id % ROWS_PER_WRITER];
  if (writer < 1 || n < 1) return undefined;
  const texts = new Map<string, string | null>([
    [ID.name, String(id)],
    [TS.name, String(timestampUs(n) + writer)],
    [SOURCE.name, n % 11 === 0 ? null : `w${writer} é ${n % SYMBOLS}`],
    ['value', n % 5 === 0 ? null : String(n / 4)],
    ['text', n % 4 === 0 ? null : `text "${n}"`],
  ]);
  if (n >= FIRST_EXTRA_ROW && n % 3 === 0) texts.set(`extra${writer}`, String(-n));
  return { id, columns: [], texts, seqTxn: undefined };
}

/** The columns of a file of the load, which has more of them the later it is. */
export function loadColumns(names: readonly string[]): ModelColumn[] {
  const known = new Map(loadTable('').columns.map(({ name, type }) => [name, type]));
  return names.map((name) => ({
    name,
    type: known.get(name) ?? (UNFILLED.test(name) ? SOURCE.type : EXTRA_TYPE),
  }));
}

/** A row as a line. */
function lineOf(table: string, { texts }: ModelRow): string {
  const source = texts.get(SOURCE.name);
  const tag = source == null ? '' : `,${SOURCE.name}=${source.replaceAll(' ', '\\ ')}`;
  const fields = [...texts].flatMap(([name, text]) => {
    if (text === null || name === SOURCE.name || name === TS.name) return [];
    if (name === 'value') return [`${name}=${text}`];
    return [name === 'text' ? `${name}="${text.replaceAll('"', '\\"')}"` : `${name}=${text}i`];
  });
  return `${table}${tag} ${fields.join(',')} ${texts.get(TS.name)}000`;
}

export interface Writer {
  readonly protocol: 'http' | 'tcp';
  /** Ids that were handed to the server. */
  readonly sent: readonly number[];
  /** Over HTTP: ids that the server has acknowledged; a batch is one transaction. */
  readonly acknowledged: readonly number[];
}

export interface Load {
  readonly writers: readonly Writer[];
  /** Ends the writers; returns when all have sent what they had begun. */
  stop(): Promise<void>;
}

/** Starts writers, which send until they are stopped or the server is gone. */
export async function startLoad(
  server: QuestdbServer,
  table: string,
  protocols: readonly Writer['protocol'][],
): Promise<Load> {
  let stopped = false;
  const run = async (lines: LineWriter, writer: number, state: { sent: number[]; acknowledged: number[] }) => {
    try {
      for (let n = 1; !stopped; n += ROWS_PER_BATCH) {
        const ids = Array.from({ length: ROWS_PER_BATCH }, (_, i) => writer * ROWS_PER_WRITER + n + i);
        state.sent.push(...ids);
        await lines.send(ids.flatMap((id) => lineOf(table, loadRow(id) as ModelRow)));
        state.acknowledged.push(...ids);
        await new Promise((resolve) => setTimeout(resolve, PACE_MS));
      }
      await lines.close();
    } catch (error) {
      // The server was killed: what a writer was about to send is in `sent` but not acknowledged.
      if (!stopped) throw error;
    }
  };
  const states = protocols.map((protocol) => ({ protocol, sent: [] as number[], acknowledged: [] as number[] }));
  const connected = await Promise.all(
    protocols.map((protocol) =>
      protocol === 'http' ? lineOverHttp(server.ports.http) : lineOverTcp(server.ports.line),
    ),
  );
  const running = connected.map((lines, i) => {
    const state = states[i];
    if (state === undefined) throw new Error('no state');
    return run(lines, i + 1, state);
  });
  const all = Promise.all(running);
  all.catch(() => undefined);
  return {
    writers: states,
    stop: async () => {
      stopped = true;
      await all;
    },
  };
}
