/** What a command that failed says, and its exit code. */
import { CommanderError } from 'commander';
import { RequestError } from '../requestError.js';
import { EXIT } from './exitCodes.js';
import { Interrupted } from './interrupt.js';
import { writeErr, writeOut } from './stdio.js';
import { printable } from './text.js';

/** An option's value that can't be: a usage error that is found only when the command runs. */
export class UsageError extends RequestError {}

/** Commander's messages as one line: `unknown option '--x' (Did you mean --y?)`. */
export const usageText = (message: string): string =>
  printable(
    message
      .replace(/^error: /, '')
      .trim()
      .replaceAll('\n', ' '),
  );

/** True when the user asked for JSON: then a failure is a JSON document too. */
const wantsJson = (): boolean => {
  const end = process.argv.indexOf('--');
  return process.argv.slice(2, end === -1 ? undefined : end).includes('--json');
};

/** Node's system errors: what went wrong outside of the program. */
const isSystemError = (error: unknown): error is Error =>
  error instanceof Error && 'syscall' in error && typeof error.syscall === 'string';

function sayAsDocument(error: string, exitCode: number): number {
  if (wantsJson()) writeOut(`${JSON.stringify({ exitCode, error }, undefined, 2)}\n`);
  return exitCode;
}

function say(message: string, exitCode: number): number {
  const line = printable(message);
  writeErr(`walrescue: ${line}\n`);
  return sayAsDocument(line, exitCode);
}

/**
 * Tells the user about an error that ended a command, in one line on stderr, and gives the exit code. A mistake of the
 * program's own is shown with its stack, which is what a report of it needs.
 */
export function failureOf(error: unknown): number {
  if (error instanceof CommanderError) {
    // Commander has said all on the terminal already; help and version that were asked for end with 0.
    return error.exitCode === 0 ? EXIT.whole : sayAsDocument(usageText(error.message), EXIT.usage);
  }
  if (error instanceof Interrupted) return say(error.message, error.exitCode);
  if (error instanceof UsageError) return say(error.message, EXIT.usage);
  if (error instanceof RequestError) return say(error.message, EXIT.failed);
  if (isSystemError(error)) return say(error.message, EXIT.failed);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say(`a mistake in walrescue itself; please report it: ${error instanceof Error ? error.message : String(error)}`, 1);
  writeErr(`${stack}\n`);
  return EXIT.failed;
}
