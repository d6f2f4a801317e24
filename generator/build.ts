/**
 * All of `generated/` from all of `formats/`.
 */

import { moduleCode } from './code.js';
import { booleanInstances, compileJavaScript, compilerVersion } from './compile.js';
import { Scope } from './scope.js';
import { loadSpecs, pascal, type SpecFile } from './spec.js';
import { moduleTypes } from './types.js';

/** Names below `generated/` and texts, for the specifications in `folder`. */
export async function build(folder: string): Promise<ReadonlyMap<string, string>> {
  const specs = loadSpecs(folder);
  const scope = new Scope(specs);
  const files = new Map<string, string>();
  for (const file of specs.values()) {
    const name = pascal(file.id);
    scope.refuseRecursion([file.id]);
    const javaScript = await compileJavaScript(file, specs);
    const types = moduleTypes(file, scope, await booleanInstances(file, specs));
    files.set(`${name}.ts`, `${header(file)}${types}`);
    files.set(`code/${name}.ts`, `${header(file)}${moduleCode(file, javaScript, (path) => scope.byteSize(path))}`);
  }
  const exports = [...specs.keys()]
    .map(pascal)
    .sort()
    .map((name) => `export { ${name} } from './${name}.js';\n`);
  files.set(
    'index.ts',
    `/** Parsers of the files of a QuestDB database; made by generator/main.ts from formats/. */\n\n${exports.join('')}`,
  );
  return files;
}

function header(file: SpecFile): string {
  return `// Made by generator/main.ts from formats/${file.path}.ksy with kaitai-struct-compiler ${compilerVersion}; do not edit.\n`;
}
