/** The little of the PostgreSQL wire protocol that transactions over several statements need: simple queries. */
import { connect } from 'node:net';

export interface PgClient {
  /** Runs one statement; throws with the server's own words when it is refused. */
  run(sql: string): Promise<void>;
  close(): Promise<void>;
}

const PROTOCOL_3 = 196_608;

function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + length.length);
  return Buffer.concat([Buffer.from(type, 'latin1'), length, body]);
}

const texts = (...parts: string[]): Buffer => Buffer.from(parts.map((part) => `${part}\0`).join(''), 'utf8');

/** The text of an error: field `M` of an `ErrorResponse`. */
function errorText(body: Buffer): string {
  const fields = body.toString('utf8').split('\0');
  return fields.find((field) => field.startsWith('M'))?.slice(1) ?? fields.join(' ');
}

/** Connects as the server's own default user. */
export async function connectPg(port: number): Promise<PgClient> {
  const socket = connect(port, '127.0.0.1');
  let received = Buffer.alloc(0);
  let waiting: { resolve: () => void; reject: (error: Error) => void } | undefined;
  let failure: string | undefined;
  const settle = (error?: Error): void => {
    const { resolve, reject } = waiting ?? {};
    waiting = undefined;
    if (error === undefined) resolve?.();
    else reject?.(error);
  };
  const onMessage = (type: string, body: Buffer): void => {
    if (type === 'R' && body.readInt32BE(0) !== 0) socket.write(message('p', texts('quest')));
    if (type === 'E') failure = errorText(body);
    if (type === 'Z') settle(failure === undefined ? undefined : new Error(failure));
  };
  socket.on('data', (data) => {
    received = Buffer.concat([received, data]);
    for (;;) {
      const length = received.length < 5 ? Number.POSITIVE_INFINITY : 1 + received.readInt32BE(1);
      if (received.length < length) return;
      onMessage(received.toString('latin1', 0, 1), received.subarray(5, length));
      received = received.subarray(length);
    }
  });
  socket.on('error', settle);
  socket.on('close', () => settle(new Error(failure ?? 'the connection was closed')));
  const ready = (bytes: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      failure = undefined;
      waiting = { resolve, reject };
      socket.write(bytes);
    });
  const version = Buffer.alloc(4);
  version.writeInt32BE(PROTOCOL_3);
  const startup = Buffer.concat([version, texts('user', 'admin', 'database', 'qdb', '')]);
  await ready(message('', startup));
  return {
    run: (sql) => ready(message('Q', texts(sql))),
    close: () =>
      new Promise((resolve) => {
        socket.once('close', () => resolve());
        socket.end(message('X', Buffer.alloc(0)));
      }),
  };
}
