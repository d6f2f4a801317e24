import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface CruiseResult {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

/** A made-up project, in which each file breaks the rule named beside it, or none; a cycle is told once. */
const FILES: Readonly<Record<string, readonly [code: string, breaks: readonly string[]]>> = {
  'src/cli/main.ts': ["import { readFileSync } from 'node:fs'; import '../export.js'; readFileSync('x');", []],
  'src/export.ts': ["import './parquet/encode.js'; import './source/source.js'; import 'kaitai-struct';", []],
  'src/source/source.ts': ['export const limit = 1;', []],
  'src/source/nodeSource.ts': ["import { openSync } from 'node:fs'; import './source.js'; openSync('x', 'r');", []],
  'src/exportWorker.ts': ["import { parentPort } from 'node:worker_threads'; parentPort?.close();", []],
  'src/parquet/encode.ts': ["import '../columns/fixed.js';", ['parquet-and-columns-apart']],
  'src/columns/fixed.ts': ["import { Buffer } from 'node:buffer'; Buffer.alloc(1);", ['node-only-at-the-edge']],
  'src/columns/varchar.ts': ["import '../parquet/encode.js';", ['columns-and-parquet-apart']],
  'src/survey.ts': ["import './cli/main.js';", ['nothing-imports-cli']],
  'src/plan.ts': ["import './inspect/tree.js';", ['library-below-inspect-and-corrupt']],
  'src/inspect/tree.ts': ["import '../export.js';", []],
  'src/kaitai/stream.ts': ["import '../export.js';", ['kaitai-below-library']],
  'src/source/overlay.ts': ["import '../export.js';", ['source-at-the-bottom']],
  'src/output.ts': ['export const whole = true;', []],
  'src/source/nodeOutput.ts': [
    "import { fsyncSync } from 'node:fs'; import '../output.js'; import '../export.js'; fsyncSync(0);",
    ['node-output-knows-its-contract-only'],
  ],
  'src/dev.ts': ["import 'js-yaml';", ['runtime-needs-dependencies-only']],
  'src/tool.ts': ["import '../test/helper.js';", ['runtime-apart-from-tools']],
  'src/gone.ts': ["import './nowhere.js';", ['resolvable']],
  'src/chicken.ts': ["import type { Egg } from './egg.js'; export type Chicken = Egg;", ['no-cycles']],
  'src/egg.ts': ["import type { Chicken } from './chicken.js'; export type Egg = Chicken;", []],
  'test/helper.ts': ["import '../src/cli/main.js';", []],
};

it('the import rules find each kind of violation and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'walrescue-imports-'));
  try {
    for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
      cpSync(join(ROOT, name), join(folder, name));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const [name, [code]] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), `${code}\nexport {};\n`);
    }
    const found = cruise(folder);
    const expected = Object.entries(FILES).flatMap(([name, [, rules]]) => rules.map((rule) => `${name}: ${rule}`));
    expect(found.sort()).toEqual(expected.sort());
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The violations in a folder, as `file: rule`. */
function cruise(folder: string): string[] {
  const depcruise = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const args = [depcruise, 'src', 'test', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  let output: string;
  try {
    output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  return (JSON.parse(output) as CruiseResult).summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`);
}
