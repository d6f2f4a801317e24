/** Long output: to a pager on a terminal, else to stdout as fast as its reader takes it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Where a command's output goes. */
export interface Output {
  /** False once nobody reads any more: then there is no need to make more. */
  write(text: string): Promise<boolean>;
  /** Waits until all is read. */
  end(): Promise<void>;
}

/** What `less` does when nobody says otherwise: leave when it fits the screen, show colours, leave the text on the screen. */
const LESS = 'FRX';
/** The output is UTF-8, also where the locale says nothing of it. */
const LESSCHARSET = 'utf-8';

/** Waits until a stream that is full has room again, or is gone. */
async function drained(stream: Writable): Promise<void> {
  const gone = new AbortController();
  const events = ['drain', 'close', 'error'].map((name) => once(stream, name, { signal: gone.signal }));
  await Promise.race(events).catch(() => undefined);
  gone.abort();
  await Promise.allSettled(events);
}

function outputTo(stream: Writable, end: () => Promise<void>): Output {
  const isOpen = (): boolean => stream.writable && !stream.destroyed;
  return {
    async write(text) {
      if (isOpen() && !stream.write(text)) await drained(stream);
      return isOpen();
    },
    end,
  };
}

/** The pager that the user wants: PAGER, `less` where it is not set. `undefined` for none. */
function pagerCommand(): readonly string[] | undefined {
  const words = (process.env.PAGER ?? 'less')
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.length === 0 || words[0] === 'cat' ? undefined : words;
}

async function startPager([command = '', ...args]: readonly string[]): Promise<ChildProcess | undefined> {
  const env = { LESS, LESSCHARSET, ...process.env };
  const child = spawn(command, args, { stdio: ['pipe', 'inherit', 'inherit'], env });
  try {
    await once(child, 'spawn');
    return child;
  } catch {
    return undefined;
  }
}

/** Opens the output. While a pager runs, Ctrl-C is the pager's. */
export async function openOutput(wantsPager: boolean): Promise<Output> {
  const words = wantsPager && process.stdout.isTTY === true ? pagerCommand() : undefined;
  const child = words === undefined ? undefined : await startPager(words);
  if (child?.stdin == null) return outputTo(process.stdout, () => Promise.resolve());
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  const closed = once(child, 'close');
  const { stdin } = child;
  // A pager that is left ends the output, and nothing else.
  stdin.on('error', () => undefined);
  return outputTo(stdin, async () => {
    stdin.end();
    await closed;
    process.off('SIGINT', ignore);
  });
}
