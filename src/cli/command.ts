/** What each command's file exports. */
import type { Command } from 'commander';

/**
 * Adds one command to the program. A command's file declares its options and imports its work only in the action, by
 * `await import()`, so that `--help` loads nothing else; the work never imports the command's file, not even types. The
 * action sets `process.exitCode` (`EXIT`) and prints through `stdio.ts`; what it throws becomes one line on stderr and an
 * exit code (`failure.ts`).
 */
export type Register = (program: Command) => void;
