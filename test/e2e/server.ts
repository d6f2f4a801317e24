/**
 * A real QuestDB server for the end-to-end suite: its jar from Maven, a root folder of its own, free ports.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { until } from './until.js';

/** The release that everything is checked against unless a test names another. */
export const QUESTDB_VERSION = '9.3.4';

const MEMORY = '-Xmx1500m';

/** An answer of `/exec`; numbers beyond 2^53 are inexact: cast them to varchar in the query. */
export interface SqlAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/** On 127.0.0.1. */
export interface ServerPorts {
  /** SQL, and the line protocol where the release has it over HTTP (7.4 on). */
  readonly http: number;
  readonly pg: number;
  /** The line protocol over TCP. */
  readonly line: number;
}

export interface QuestdbServer {
  /** Holds `db/` and `import/`. */
  readonly root: string;
  readonly ports: ServerPorts;
  /** Where `read_parquet()` looks for files. */
  readonly importDir: string;
  /** Throws with the server's own words when it refuses the statement. */
  sql(text: string): Promise<SqlAnswer>;
  /** `SIGSTOP`, `SIGCONT`. */
  signal(signal: NodeJS.Signals): void;
  /** Ends the server (`SIGKILL`: as a crash would) and, unless it was given, removes its root. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface ServerOptions {
  readonly version?: string;
  /** A root folder that is to be kept; it may hold a database. */
  readonly root?: string;
  /** Settings as environment variables: `QDB_CAIRO_…`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The path of a release's jar; Maven fetches it the first time. */
function jar(version: string): string {
  const path = join(homedir(), `.m2/repository/org/questdb/questdb/${version}/questdb-${version}.jar`);
  if (!existsSync(path)) {
    execFileSync('mvn', ['-q', 'dependency:get', `-Dartifact=org.questdb:questdb:${version}`, '-Dtransitive=false']);
  }
  return path;
}

/** Ports that nobody listens on. */
async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    probes.map(
      (probe) =>
        new Promise<number>((resolve, reject) => {
          probe.once('error', reject);
          probe.listen(0, '127.0.0.1', () => {
            const address = probe.address();
            resolve(typeof address === 'object' && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
}

/** The server sends control characters inside of texts as they are. */
const escapeControls = (json: string): string =>
  json.replaceAll(/\p{Cc}/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

async function query(port: number, text: string): Promise<SqlAnswer> {
  const response = await fetch(`http://127.0.0.1:${port}/exec?query=${encodeURIComponent(text)}`);
  const answer = JSON.parse(escapeControls(await response.text())) as {
    error?: string;
    columns?: SqlAnswer['columns'];
    dataset?: unknown[][];
  };
  if (answer.error !== undefined) throw new Error(`${answer.error}: ${text.slice(0, 200)}`);
  return { columns: answer.columns ?? [], rows: answer.dataset ?? [] };
}

async function untilReady(port: number, child: ChildProcess, logFile: string): Promise<void> {
  try {
    await until('the server answers', async () => {
      if (child.exitCode !== null) throw new Error(`exit code ${child.exitCode}`);
      return query(port, 'select 1').then(
        () => true,
        () => false,
      );
    });
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`the server did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`, { cause: error });
  }
}

const running = new Set<ChildProcess>();
const endAll = (): void => {
  for (const child of running) child.kill('SIGKILL');
};
// No server outlives the tests of a file, however they end.
afterAll(endAll);
process.once('exit', endAll);

/** Starts a server and waits until it answers. */
export async function startQuestdb(options: ServerOptions = {}): Promise<QuestdbServer> {
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'walrescue-questdb-'));
  const importDir = join(root, 'import');
  mkdirSync(importDir, { recursive: true });
  const [http = 0, pg = 0, line = 0] = await freePorts(3);
  const logFile = join(root, 'server.log');
  const log = openSync(logFile, 'w');
  const path = jar(options.version ?? QUESTDB_VERSION);
  const child = spawn('java', [MEMORY, '-p', path, '-m', 'io.questdb/io.questdb.ServerMain', '-d', root], {
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      QDB_HTTP_BIND_TO: `127.0.0.1:${http}`,
      QDB_HTTP_MIN_ENABLED: 'false',
      QDB_PG_NET_BIND_TO: `127.0.0.1:${pg}`,
      QDB_LINE_TCP_NET_BIND_TO: `127.0.0.1:${line}`,
      QDB_LINE_UDP_ENABLED: 'false',
      QDB_TELEMETRY_ENABLED: 'false',
      QDB_DEV_MODE_ENABLED: 'true',
      ...options.settings,
    },
  });
  closeSync(log);
  running.add(child);
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      running.delete(child);
      resolve();
    }),
  );
  await untilReady(http, child, logFile);
  return {
    root,
    importDir,
    ports: { http, pg, line },
    sql: (text) => query(http, text),
    signal: (signal) => void child.kill(signal),
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await ended;
      if (options.root === undefined) rmSync(root, { recursive: true, force: true });
    },
  };
}
