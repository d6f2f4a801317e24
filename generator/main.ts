/**
 * `npx tsx generator/main.ts` writes `generated/` anew; with `--check` it changes nothing and exits 1 when `generated/` is not
 * what a fresh build makes. `--formats DIR` and `--generated DIR` choose other folders.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.js';
import { buildKernels } from './kernels.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    formats: { type: 'string', default: join(root, 'formats') },
    generated: { type: 'string', default: join(root, 'generated') },
  },
});

const fresh = new Map(await build(values.formats)).set('kernels.ts', await buildKernels(join(root, 'kernels')));
const stale = differences(values.generated, fresh);
if (values.check) {
  for (const name of stale)
    console.error(`generated/${name} is not what formats/ and kernels/ make: run npx tsx generator/main.ts`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const name of stale) {
    const path = join(values.generated, name);
    const text = fresh.get(name);
    mkdirSync(dirname(path), { recursive: true });
    if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
  }
  console.log(`generated/: ${fresh.size} files, ${stale.length} changed`);
}

/** Names of the files below `folder` that differ from `wanted`, are missing or should not be there. */
function differences(folder: string, wanted: ReadonlyMap<string, string>): readonly string[] {
  const present = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(folder.length + 1)
            .replaceAll('\\', '/'),
        )
    : [];
  const changed = [...wanted].filter(
    ([name, text]) => !present.includes(name) || readFileSync(join(folder, name), 'utf8') !== text,
  );
  return [...changed.map(([name]) => name), ...present.filter((name) => !wanted.has(name))].sort();
}
