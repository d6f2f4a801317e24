/**
 * `node tools/keepCode.cjs FOLDER`: exports an example with the bundled program of a folder and keeps the code that V8 has made
 * of it until then beside it, where src/cli/bundle.ts finds it.
 */
const { execFileSync } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** It has columns of every type. */
const EXAMPLE = join(__dirname, '../test/fixtures/02-all-types-v1.tar.gz');

const folder = process.argv[2];
const { loadBundle, codeFile, codeChecksum } = require(join(folder, 'bundle.cjs'));
const work = mkdtempSync(join(tmpdir(), 'walrescue-code-'));
execFileSync('tar', ['-xzf', EXAMPLE, '-C', work, '--strip-components=1']);

const { bundle, script } = loadBundle(folder);
process.argv = [
  process.execPath,
  join(folder, 'main.js'),
  'export',
  join(work, 'db'),
  '-o',
  join(work, 'out'),
  '--json',
];
process.stdout.write = () => true;
process.on('exit', (exitCode) => {
  rmSync(work, { recursive: true });
  if (exitCode !== 0) return;
  // V8 takes it under the same flags only, and the program sets its own when it is loaded.
  bundle.engine().resetEngine();
  const code = script.createCachedData();
  writeFileSync(codeFile(folder), Buffer.concat([codeChecksum(readFileSync(join(folder, 'program.cjs')), code), code]));
});
bundle.main();
