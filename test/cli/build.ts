/** The program as it is installed, for tests that need a process: threads can't be loaded from TypeScript. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUILDS = join(ROOT, '.build', 'cli');

/** Paths below the project of all that the program is made of. */
function sources(): string[] {
  return ['src', 'generated']
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .sort();
}

const OPTIONS = {
  compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
};

/** Another run of the tests may be using what is not old. */
const KEPT_MS = 3_600_000;

function removeOldBuilds(): void {
  for (const path of readdirSync(BUILDS).map((name) => join(BUILDS, name)))
    if (Date.now() - statSync(path).mtimeMs > KEPT_MS) rmSync(path, { recursive: true, force: true });
}

/** The built `main.js` of the sources as they are when it is first asked for; types are not checked. */
export function builtMain(): string {
  built ??= build();
  return built;
}

let built: string | undefined;

function build(): string {
  const texts = sources().map((path) => [path, readFileSync(join(ROOT, path), 'utf8')] as const);
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
  const home = join(BUILDS, hash);
  if (!existsSync(home)) {
    mkdirSync(BUILDS, { recursive: true });
    removeOldBuilds();
    const fresh = mkdtempSync(join(BUILDS, 'new-'));
    for (const [path, text] of texts) {
      const target = join(fresh, path.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, ts.transpileModule(text, OPTIONS).outputText);
    }
    renameSync(fresh, home);
  }
  return join(home, 'src', 'cli', 'main.js');
}
