/** A QuestDB server that fills folders with unapplied WAL, and its jar from Maven. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const VERSION = '9.3.4';
const PORT = 9155;
const START_TIMEOUT_MS = 60_000;

/** The path of QuestDB's jar; Maven fetches it the first time. */
export function questdbJar(): string {
  const path = join(homedir(), `.m2/repository/org/questdb/questdb/${VERSION}/questdb-${VERSION}.jar`);
  if (!existsSync(path))
    execFileSync('mvn', ['-q', 'dependency:get', `-Dartifact=org.questdb:questdb:${VERSION}`, '-Dtransitive=false']);
  return path;
}

async function sql(text: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${PORT}/exec?query=${encodeURIComponent(text)}`);
  const answer = (await response.json()) as { error?: string };
  if (answer.error !== undefined) throw new Error(`${answer.error}: ${text.slice(0, 120)}`);
}

/** Runs statements on a server whose root is `root`; `settings` are environment variables (`QDB_CAIRO_…`). */
export async function onServer(
  root: string,
  settings: Readonly<Record<string, string>>,
  statements: Iterable<string>,
): Promise<void> {
  mkdirSync(root, { recursive: true });
  const log = openSync(join(root, 'server.log'), 'w');
  const args = ['-Xmx1500m', '-p', questdbJar(), '-m', 'io.questdb/io.questdb.ServerMain', '-d', root];
  const server = spawn('java', args, {
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      QDB_HTTP_BIND_TO: `127.0.0.1:${PORT}`,
      QDB_HTTP_MIN_ENABLED: 'false',
      QDB_PG_ENABLED: 'false',
      QDB_LINE_TCP_ENABLED: 'false',
      QDB_TELEMETRY_ENABLED: 'false',
      QDB_DEV_MODE_ENABLED: 'true',
      ...settings,
    },
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const deadline = Date.now() + START_TIMEOUT_MS;
    for (;;) {
      const isUp = await sql('select 1').then(
        () => true,
        () => false,
      );
      if (isUp) break;
      if (Date.now() > deadline) throw new Error(`the server did not start; see ${join(root, 'server.log')}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    for (const statement of statements) await sql(statement);
  } finally {
    server.kill();
    await ended;
  }
}
