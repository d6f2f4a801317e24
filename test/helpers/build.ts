/**
 * The program run as users run it: as a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; no terminal, no colours. */
export function run(program: string, args: readonly string[], options: { readonly cwd?: string } = {}): Run {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: options.cwd ?? PROJECT,
    env: { ...process.env, NO_COLOR: '1' },
    encoding: 'utf8',
  });
  if (error) throw error;
  return { exitCode: status, stdout, stderr };
}

/** Runs `walrescue` from its sources. */
export function walrescue(args: readonly string[], options: { readonly cwd?: string } = {}): Run {
  const main = join(PROJECT, 'src', 'cli', 'main.ts');
  return run(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...args], options);
}

/** Brings dist/ up to date, once before all tests: two files that did so at a time would be in each other's way. */
export function build(): void {
  const { exitCode, stdout, stderr } = run('make', ['build']);
  if (exitCode !== 0) throw new Error(`make build failed:\n${stdout}${stderr}`);
}
