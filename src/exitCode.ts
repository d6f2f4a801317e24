/** What a run's exit code says. */
import type { TableResult } from './collect.js';
import type { Damage } from './damage.js';

/** 0: everything recovered; 3: recovered with losses, all named; 1: some output could not be written. */
export type ExitCode = 0 | 1 | 3;

/** True for output that could not be written. */
export const isOutputFailure = (d: Damage): boolean => d.code === 'output_failed';

/** The exit code that follows from the results of the tables and the damage of the root. */
export function exitCodeOf(tables: readonly TableResult[], found: readonly Damage[]): ExitCode {
  if (tables.some((table) => table.damage.some(isOutputFailure))) return 1;
  return tables.some((table) => table.hasLosses) || found.some((d) => d.severity === 'loss') ? 3 : 0;
}
