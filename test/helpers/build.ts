/**
 * The program as `make build` left it, for tests that run it as users do.
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

/** The built command's script; throws when it is older than its sources. */
export function builtCli(): string {
  const fresh = spawnSync('make', ['--question', 'dist/.built'], { cwd: PROJECT });
  if (fresh.status !== 0) throw new Error('dist/ is older than its sources: run `make build` first');
  return join(PROJECT, 'dist', 'src', 'cli', 'main.js');
}

/** Runs a program to its end; no terminal, no colours. */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Run {
  const { cwd = PROJECT, env = {} } = options;
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    encoding: 'utf8',
  });
  if (error) throw error;
  return { exitCode: status, stdout, stderr };
}
