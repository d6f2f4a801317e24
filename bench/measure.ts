/** Running a program as a process of its own and reading what the system says it took. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What one run took. */
export interface Run {
  readonly wallSeconds: number;
  /** User and system. */
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly stdout: string;
}

/** Runs a program to its end under GNU time. Throws unless it ends with one of the exit codes. */
export function measure(program: string, args: readonly string[], exitCodes: readonly number[] = [0]): Run {
  const folder = mkdtempSync(join(tmpdir(), 'walrescue-bench-'));
  const figures = join(folder, 'figures');
  const start = performance.now();
  const timed = ['-q', '-f', '%U %S %M', '-o', figures, program, ...args];
  const { stdout, stderr, status, error } = spawnSync('/usr/bin/time', timed, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const wallSeconds = (performance.now() - start) / 1000;
  if (error !== undefined) throw error;
  if (!exitCodes.includes(status ?? -1))
    throw new Error(`${program} ${args.join(' ')}: exit code ${status}\n${stdout.slice(-2000)}${stderr.slice(-2000)}`);
  const [user = 0, system = 0, kilobytes = 0] = readFileSync(figures, 'utf8').trim().split(' ').map(Number);
  rmSync(folder, { recursive: true });
  return { wallSeconds, cpuSeconds: user + system, peakMegabytes: kilobytes / 1024, stdout };
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
