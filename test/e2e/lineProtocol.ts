/** Rows over InfluxDB's line protocol, as QuestDB takes them by TCP and by HTTP. */
import { connect } from 'node:net';

export interface LineWriter {
  /** Sends lines; over HTTP it returns once they are committed, over TCP once the socket has taken them. */
  send(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** One request a call, committed as one transaction. */
export function lineOverHttp(port: number): LineWriter {
  return {
    send: async (lines) => {
      const body = lines.map((line) => `${line}\n`).join('');
      const response = await fetch(`http://127.0.0.1:${port}/write`, { method: 'POST', body });
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    },
    close: async () => undefined,
  };
}

/** One connection; the server commits as it likes, and all that is left when the connection closes. */
export function lineOverTcp(port: number): Promise<LineWriter> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let failure: Error | undefined;
    const write = (text: string): Promise<void> =>
      new Promise((sent, failed) => {
        if (failure !== undefined) failed(failure);
        else socket.write(text, (error) => (error ? failed(error) : sent()));
      });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.on('error', (error) => {
        failure = error;
      });
      resolve({
        send: (lines) => write(lines.map((line) => `${line}\n`).join('')),
        close: () => new Promise((closed) => socket.end(() => closed())),
      });
    });
  });
}
