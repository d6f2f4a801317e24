/**
 * Puts the program and all that it needs into one file, dist/cli/program.cjs: Node takes longer to find a hundred modules than a
 * small export takes. Beside it, a file for each thing that is started by name, and V8's code of the program. Libraries get
 * the modules themselves, dist/src.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

const OUT = 'dist/cli';

/** What is started by name: the program and the threads. piscina's own part of a thread has to be called `worker.js`. */
const ENTRIES = {
  main: 'dist/src/cli/main.js',
  segmentWorker: 'dist/src/segmentWorker.js',
  fuzzWorker: 'dist/src/cli/fuzzWorker.js',
  worker: 'node_modules/piscina/dist/worker.js',
};

/** Asked for by piscina where threads are to yield, and by kaitai-struct where there is no TextDecoder. */
const EXTERNAL = ['@napi-rs/nice', 'iconv-lite'];

/** commander loads `node:child_process`, which takes 4 ms, for commands that are programs of their own: there are none. */
const WITHOUT_PROGRAMS: Plugin = {
  name: 'without-programs',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('/commander/') ? { path: 'none', namespace: 'none' } : undefined,
    );
    onLoad({ filter: /^none$/, namespace: 'none' }, () => ({ contents: '' }));
  },
};

/** For Node as CommonJS, whose code V8 can keep. */
const OPTIONS = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  external: EXTERNAL,
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  plugins: [WITHOUT_PROGRAMS],
  logLevel: 'warning',
  metafile: true,
} satisfies BuildOptions;

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
// keepCode.cjs needs the engine too.
const loaders = Object.entries({ ...ENTRIES, engine: 'dist/src/source/nodeEngine.js' }).map(
  ([name, file]) => `exports.${name} = () => require('./${file}');`,
);
const { metafile } = await build({
  ...OPTIONS,
  stdin: { contents: loaders.join('\n'), resolveDir: '.' },
  outfile: join(OUT, 'program.cjs'),
});
await build({ ...OPTIONS, entryPoints: ['dist/src/cli/bundle.js'], outfile: join(OUT, 'bundle.cjs') });

// The package's own modules are no CommonJS; these are.
writeFileSync(join(OUT, 'package.json'), '{ "type": "commonjs" }\n');
for (const name of Object.keys(ENTRIES)) {
  const head = name === 'main' ? '#!/usr/bin/env node\n' : '';
  const load = `module.exports = require('./bundle.cjs').loadBundle(__dirname).bundle.${name}();\n`;
  writeFileSync(join(OUT, `${name}.js`), `${head}${load}`);
}
chmodSync(join(OUT, 'main.js'), 0o755);

const licences = bundledPackages(metafile).map(licenceOf);
writeFileSync(join(OUT, 'LICENSES.txt'), `${licences.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);

// In a process of its own, with the flags that users have: none.
execFileSync(process.execPath, ['tools/keepCode.cjs', resolve(OUT)]);
