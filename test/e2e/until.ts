/** Waiting for what another process does. */

const TIMEOUT_MS = 120_000;
const POLL_MS = 50;

/** Asks every `pollMs` until it holds; throws, with `what` in the message, when it does not in time or `holds` throws. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, pollMs = POLL_MS): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not in ${TIMEOUT_MS} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
