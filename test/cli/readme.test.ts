/** README.md says what is so. `UPDATE_GOLDENS=1` puts the output of its first command in anew: look at it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exitCodes.js';
import { createProgram } from '../../src/cli/program.js';
import { fixture, truth } from '../helpers/fixtures.js';
import { walrescue } from './run.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PATH = join(ROOT, 'README.md');
const README = readFileSync(PATH, 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'walrescue-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The first cell of each row of the table below a heading, without its marks. */
function firstCells(heading: string, header: string): string[] {
  const section = README.slice(README.indexOf(`\n## ${heading}\n`));
  const table = section.slice(section.indexOf(`| ${header} `)).split('\n\n')[0] ?? '';
  return table
    .split('\n')
    .slice(2)
    .map((row) => row.split('|')[1]?.replaceAll('`', '').trim() ?? '');
}

/** A better encoding makes no other text. */
const withoutSizes = (text: string): string => text.replace(/\d+(?:\.\d)? (?:bytes|kB)/g, 'N kB');

it('the output of its first command is real', async () => {
  const command = /^ {4}node dist\/cli\/main\.js (.*)$/m.exec(README)?.[1] ?? '';
  const [root, out] = ['/tmp/damaged/16-damaged/db', '/tmp/rescued'];
  const real = [fixture('16-damaged'), join(folder, 'rescued')] as const;
  const args = command.split(' ').map((arg) => {
    if (arg === root) return join(real[0], 'db');
    return arg === out ? real[1] : arg.replaceAll("'", '');
  });
  const outcome = await walrescue(args);
  const output = outcome.out.replaceAll(join(real[0], 'db'), root).replaceAll(real[1], out);
  const shown = /(?<=^```\n)[^`]*(?=^```$)/m;
  if (process.env.UPDATE_GOLDENS === '1')
    writeFileSync(
      PATH,
      README.replace(shown, () => output),
    );
  else expect(withoutSizes(shown.exec(README)?.[0] ?? '')).toBe(withoutSizes(output));
  expect(outcome.code).toBe(3);
});

it('what its inspector shows is real', async () => {
  const [, columns = '', path = '', query = ''] =
    /^ {4}COLUMNS=(\d+) node dist\/cli\/main\.js inspect \/tmp\/damaged\/16-damaged\/(\S+) '(.*)'$/m.exec(README) ?? [];
  const { out, code } = await walrescue(['inspect', join(fixture('16-damaged'), path), query], { COLUMNS: columns });
  expect(code).toBe(3);
  expect(README).toContain(`\n\`\`\`\n${out}\`\`\`\n`);
});

describe('its tables', () => {
  const program = createProgram();

  it('have every command and no other', () => {
    const commands = program.commands.map((command) => `walrescue ${command.name()}`);
    expect(firstCells('Commands', 'command').sort()).toEqual(commands.sort());
  });

  it('have every option of export and survey, and which of them takes it', () => {
    const section = README.slice(README.indexOf('| option '), README.indexOf('On a terminal a progress bar'));
    const listed = section
      .split('\n')
      .filter((row) => row.startsWith('| `--'))
      .map((row) => row.split('|').map((cell) => cell.replaceAll('`', '').trim()))
      .map(([, option = '', of = '']) => `${option}: ${of}`);
    const users = new Map<string, string[]>();
    const flagsOf = (command: Command): string[] => command.options.map(({ flags }) => flags.replace(/^-\w, /, ''));
    for (const command of program.commands.filter((each) => ['export', 'survey'].includes(each.name())))
      for (const flags of flagsOf(command)) users.set(flags, [...(users.get(flags) ?? []), command.name()]);
    expect(listed.sort()).toEqual([...users].map(([flags, names]) => `${flags}: ${names.join(', ')}`).sort());
  });

  it('have every exit code', () => {
    const codes = firstCells('Exit codes', 'code').flatMap((cell) => cell.split(', ').map(Number));
    expect(codes.sort()).toEqual([...new Set(Object.values(EXIT))].sort());
  });
});

it('its library example runs, and gives every row', () => {
  const example = README.split('```ts\n')[1]?.split('```')[0] ?? '';
  const database = join(fixture('05-multi-segment'), 'db');
  const code = example
    .replace("'walrescue'", JSON.stringify(join(ROOT, 'src', 'index.ts')))
    .replaceAll("'/var/lib/questdb/db'", JSON.stringify(database))
    .replace("'/mnt/rescue'", JSON.stringify(join(folder, 'library')));
  const script = join(folder, 'example.mts');
  writeFileSync(script, code);
  const lines = execFileSync(process.execPath, ['--import', 'tsx', script], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).split('\n');
  const { tables } = truth('05-multi-segment');
  const end = lines.indexOf('exit code 0');
  expect(lines.slice(0, end).sort()).toEqual(tables.map((table) => `${table.name} ${table.rowsOnDisk} 0`).sort());
  for (const { name, rowsOnDisk } of tables) {
    const batches = lines.slice(end + 1).filter((line) => line.startsWith(`${name} `));
    expect(batches.reduce((sum, line) => sum + Number(line.split(' ')[1]), 0)).toBe(rowsOnDisk);
  }
});
