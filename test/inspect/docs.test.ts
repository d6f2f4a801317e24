/**
 * docs/formats.md: its lines for the Web IDE and its JavaScript do what they say.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import compiler from 'kaitai-struct-compiler';
import { afterAll, expect, it } from 'vitest';
import * as formats from '../../src/formats.js';
import { fixture } from '../helpers/fixtures.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DOCUMENT = readFileSync(join(ROOT, 'docs', 'formats.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'walrescue-formats-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The code block that begins with a line. */
function block(language: string, first: string): string {
  const found = [...DOCUMENT.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, code = '']) => code,
  );
  const code = found.find((each) => each.startsWith(first));
  if (code === undefined) throw new Error(`no block ${first}`);
  return code;
}

it('the flat copy for the Web IDE compiles as the Web IDE compiles it', async () => {
  cpSync(join(ROOT, 'formats'), join(folder, 'formats'), { recursive: true });
  execFileSync('sh', ['-ec', block('sh', 'mkdir flat')], { cwd: folder });
  const read = (name: string): object => load(readFileSync(join(folder, 'flat', name), 'utf8')) as object;
  // The Web IDE looks for an import beside the specification that is opened.
  const importer = { importYaml: (name: string) => Promise.resolve(read(`${name}.ksy`)) };
  const names = readdirSync(join(folder, 'flat'));
  expect(names.length).toBe(
    readdirSync(join(ROOT, 'formats'), { recursive: true }).filter((name) => String(name).endsWith('.ksy')).length,
  );
  for (const name of names) {
    const code = await compiler.compile('javascript', read(name) as never, importer as never, true);
    expect(Object.keys(code).length, name).toBeGreaterThan(0);
  }
});

it('names every specification', () => {
  const specs = readdirSync(join(ROOT, 'formats')).filter((name) => name.endsWith('.ksy'));
  const isTold = (id: string): boolean => DOCUMENT.includes(`\`${id}\``);
  expect(specs.map((name) => name.replace('.ksy', '')).filter((id) => !isTold(id) && id !== 'checkpoint_txn')).toEqual(
    [],
  );
});

it('the JavaScript reads an event file', () => {
  const modules = join(folder, 'node_modules');
  const main = join(folder, 'example.mts');
  const entry = JSON.stringify(join(ROOT, 'src', 'formats.ts'));
  writeFileSync(main, block('js', 'import { readFileSync }').replace("'walrescue/formats'", entry));
  symlinkSync(join(ROOT, 'node_modules'), modules);
  const event = join(fixture('07-symbol-reuse'), 'db', 'symreuse~6', 'wal1', '0', '_event');
  const out = execFileSync(process.execPath, ['--import', 'tsx', main, event], { cwd: folder, encoding: 'utf8' });
  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toBe('0 { start: 8, end: 125 } 117 0n');
  expect(lines.length).toBe(6);
  expect(lines.at(-1)).toContain('-1 undefined');
});

it('what it imports is there', () => {
  expect(Object.keys(formats)).toEqual(expect.arrayContaining(['Event', 'Txnlog', 'parse', 'lazy', 'span', 'text']));
});
