/** What is loaded before a command is known: `--help` has to be quick. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** What a module imports when it is loaded; types are gone by then. */
const IMPORT = /^(?:import|export) (?!type )(?:[^;'"]*? from )?'([^']+)';/gm;

/** All modules that are loaded with `file`, packages by their name. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    if (name.startsWith('.')) loadedWith(join(dirname(file), name.replace(/\.js$/, '.ts')), seen);
    else seen.add(name);
  }
  return seen;
}

it('the program is declared without its work', () => {
  const loaded = [...loadedWith(MAIN)];
  const packages = loaded.filter((name) => !name.startsWith('/') && !name.startsWith('node:'));
  expect(packages).toEqual(['commander']);
  expect(loaded.some((name) => name.endsWith('/cli/export.ts'))).toBe(true);
  expect(loaded.filter((name) => name.includes('/generated/') || name.endsWith('exportDatabase.ts'))).toEqual([]);
});

it('and the walk sees what would be heavy', () => {
  const loaded = loadedWith(join(dirname(MAIN), 'runExport.ts'));
  expect([...loaded].some((name) => name.endsWith('/src/exportDatabase.ts'))).toBe(true);
  expect([...loaded].some((name) => name.includes('/generated/'))).toBe(true);
});
