/** SIGINT and SIGTERM: stop soon, leave no unfinished file. */
import { EXIT } from './exitCodes.js';

const SIGNALS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;
type SignalName = keyof typeof SIGNALS;

/** Thrown when the user or the system told the process to stop. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(signal: SignalName) {
    super(`stopped by ${signal}; files that are whole stay, nothing half-written is left`);
    this.exitCode = SIGNALS[signal];
  }

  readonly exitCode: number;
}

/**
 * Runs `work` with a signal that SIGINT and SIGTERM abort; `cleanUp` then removes what is unfinished. The second signal ends
 * the process at once. Throws `Interrupted` when it was stopped.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>, cleanUp: () => void): Promise<T> {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals): void => {
    const reason = new Interrupted(name === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
    if (controller.signal.aborted) {
      cleanUp();
      process.exit(reason.exitCode);
    }
    controller.abort(reason);
  };
  const names = Object.keys(SIGNALS) as SignalName[];
  for (const name of names) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of names) process.off(name, stop);
    if (controller.signal.aborted) cleanUp();
  }
}
