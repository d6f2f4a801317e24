/**
 * Puts the program and all that it needs into few files, dist/cli: Node takes longer to find a hundred modules than a small
 * export takes. Libraries get the modules themselves, dist/src.
 */
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';

const OUT = 'dist/cli';

/** What is started by name: the program and the threads. */
const ENTRIES = {
  main: 'dist/src/cli/main.js',
  segmentWorker: 'dist/src/segmentWorker.js',
  fuzzWorker: 'dist/src/cli/fuzzWorker.js',
};

/** piscina starts threads from files of its own; iconv-lite is asked for by kaitai-struct where there is no TextDecoder. */
const EXTERNAL = ['piscina', 'iconv-lite'];

/** CommonJS packages inside of the bundle ask for Node's modules by `require`. */
const BANNER =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/** The packages that the bundle has code of. */
function bundledPackages({ outputs }: Metafile): string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const names = inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** A package's licence, as its own files have it. */
function licenceOf(name: string): string {
  const folder = join('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  const texts = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|notice)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version}: ${license}`, ...texts].join('\n\n');
}

rmSync(OUT, { recursive: true, force: true });
for (const entry of Object.values(ENTRIES)) if (!existsSync(entry)) throw new Error(`${entry} is not built`);
const { metafile } = await build({
  entryPoints: ENTRIES,
  outdir: OUT,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: EXTERNAL,
  banner: { js: BANNER },
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
});
const licences = bundledPackages(metafile).map(licenceOf);
writeFileSync(join(OUT, 'LICENSES.txt'), `${licences.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
chmodSync(join(OUT, 'main.js'), 0o755);
