/**
 * `node tools/keepCode.cjs FOLDER`: exports an example with the bundled program of a folder and keeps the code that V8 has made
 * of it until then beside it, where src/cli/bundle.ts finds it: that of the first thread, and that of the others.
 */
const { execFileSync } = require('node:child_process');
const { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const threads = require('node:worker_threads');

/** Databases whose tables are exported, and how often each: V8 also keeps which functions were called often. */
const EXAMPLES = [
  { fixture: '01-trades-v1', table: 'trades~6', copies: 200 },
  // It has columns of every type.
  { fixture: '02-all-types-v1', table: 'alltypes~6', copies: 40 },
];
const FIXTURES = join(__dirname, '../test/fixtures');
/** What is said to a thread before it ends, and by it when it has kept its code. */
const CHANNEL = 'walrescue-keep-code';

/** Keeps the code of the thread that calls it. */
function keep(folder) {
  const { loadBundle, codeFile, codeChecksum } = require(join(folder, 'bundle.cjs'));
  const { bundle, script } = loadBundle(folder);
  // V8 takes it under the same flags only, and the program sets its own once it is loaded.
  bundle.engine().resetEngine();
  const code = script.createCachedData();
  const file = codeFile(folder, threads.isMainThread ? 'first' : 'other');
  writeFileSync(file, Buffer.concat([codeChecksum(readFileSync(join(folder, 'program.cjs')), code), code]));
}

/** Makes the threads that are started keep their code before they end. */
function keepInThreads(folder) {
  // A thread without work would only listen to piscina.
  process.env.PISCINA_DISABLE_ATOMICS = '1';
  threads.Worker = class extends threads.Worker {
    constructor(_file, options) {
      super(__filename, { ...options, argv: [folder] });
    }

    async terminate() {
      const channel = new threads.BroadcastChannel(CHANNEL);
      const isKept = new Promise((resolve) => {
        channel.onmessage = resolve;
      });
      channel.postMessage('keep');
      await isKept;
      channel.close();
      return await super.terminate();
    }
  };
}

/** A thread, as piscina starts it. */
function runThread(folder) {
  const channel = new threads.BroadcastChannel(CHANNEL);
  channel.onmessage = () => {
    keep(folder);
    channel.postMessage('kept');
  };
  require(join(folder, 'worker.js'));
}

/** The program, with the arguments that this process has after the folder. */
function runProgram(folder, args) {
  keepInThreads(folder);
  process.argv = [process.execPath, join(folder, 'main.js'), ...args];
  process.stdout.write = () => true;
  process.on('exit', (exitCode) => {
    if (exitCode === 0) keep(folder);
  });
  require(join(folder, 'main.js'));
}

/** Runs the program on many copies of the examples, which two threads share. */
function runExamples(folder) {
  const work = mkdtempSync(join(tmpdir(), 'walrescue-code-'));
  const root = join(work, 'db');
  let id = 1_000;
  for (const { fixture, table, copies } of EXAMPLES) {
    execFileSync('tar', ['-xzf', join(FIXTURES, `${fixture}.tar.gz`), '-C', work, '--strip-components=1']);
    for (let copy = 0; copy < copies; copy++) cpSync(join(root, table), join(root, `t~${id++}`), { recursive: true });
  }
  execFileSync(process.execPath, [
    __filename,
    folder,
    'export',
    root,
    '-o',
    join(work, 'out'),
    '--json',
    '--jobs',
    '2',
  ]);
  rmSync(work, { recursive: true });
}

const [, , folder, ...args] = process.argv;
if (!threads.isMainThread) runThread(folder);
else if (args.length > 0) runProgram(folder, args);
else runExamples(folder);
