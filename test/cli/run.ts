/** The command line, run in this process or in one of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { vi } from 'vitest';
import { failureOf } from '../../src/cli/failure.js';
import { createProgram } from '../../src/cli/program.js';
import { builtMain } from './build.js';

export interface Outcome {
  readonly code: number | string | null | undefined;
  readonly out: string;
  readonly err: string;
}

/** What main.ts does, without a process of its own. `env`: variables set meanwhile; `undefined` takes one away. */
export async function walrescue(
  args: readonly string[],
  env: Record<string, string | undefined> = {},
): Promise<Outcome> {
  const texts = { out: '', err: '' };
  const keep =
    (name: 'out' | 'err') =>
    (chunk: string | Uint8Array): boolean => {
      texts[name] += String(chunk);
      return true;
    };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep('err')),
  ];
  const [argv, exitCode] = [process.argv, process.exitCode];
  for (const [name, value] of Object.entries({
    NO_COLOR: undefined,
    FORCE_COLOR: undefined,
    COLUMNS: undefined,
    ...env,
  }))
    vi.stubEnv(name, value);
  process.argv = ['node', 'walrescue', ...args];
  process.exitCode = undefined;
  try {
    await createProgram().parseAsync();
    return { code: process.exitCode, ...texts };
  } catch (error) {
    return { code: failureOf(error), ...texts };
  } finally {
    process.argv = argv;
    process.exitCode = exitCode;
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}

/** Starts the real command line, below a shell command that ends in `exec "$@"` if one is given; `ended` gives its outcome. */
export function start(args: readonly string[], shell = 'exec "$@"'): { child: ChildProcess; ended: Promise<Outcome> } {
  const command = [process.execPath, builtMain(), ...args];
  const child = spawn('sh', ['-c', shell, 'sh', ...command], { stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    texts.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    texts.err += chunk.toString();
  });
  const ended = new Promise<Outcome>((resolve) => {
    child.on('close', (code, signal) => resolve({ code: code ?? signal, ...texts }));
  });
  return { child, ended };
}

/** Runs `action` as a user who owns nothing. */
export async function unprivileged<T>(action: () => Promise<T>): Promise<T> {
  const { geteuid, seteuid } = process;
  if (geteuid?.() !== 0 || seteuid === undefined) return action();
  seteuid(65_534);
  try {
    return await action();
  } finally {
    seteuid(0);
  }
}
