/**
 * From the compiler's JavaScript to a module of ours.
 */

import { camel, pascal, type SpecFile, type TypeSpec } from './spec.js';

const ENVELOPE =
  /\n\}\)\(typeof self !== 'undefined' \? self : this, function \(([^)]*)\) \{\n([\s\S]*)\n\w+_\.(\w+) = \3;\n\}\);\s*$/;
const EIGHT_BYTE_NUMBER = /\bthis\.((?:ofs|len|num)[A-Z]\w*) = this\._io\.readS8le\(\)/g;
const SUBSTREAM = /new KaitaiStream\((this\._raw_\w+(?:\[[^\]]*\])?)\)/g;
const READ_METHOD = /^( *)(\w+)\.prototype\._read = function\(\) \{\n([\s\S]*?)^\1\}/gm;
const DEBUG_STATEMENT = /^( *)(this\._debug\..*;)$/gm;
const PLACED_STATEMENT = /^ *if \(this\._debug !== undefined\) .*\n/gm;
const SPEC_PATH = /(KaitaiStream\.Validation\w+\(.*, this\._io, )"([^"]*)"\)/g;

/**
 * An ES module with the parser of `file`, not type-checked. Differences from the compiler's code: imports in place of the UMD
 * envelope; 8-byte lengths, counts and offsets are numbers; substreams know their origin; places are kept only when the stream
 * wants them, in a method of its own; errors name the file of the specification; every class says its size, its fields and where
 * it is specified.
 */
export function moduleCode(
  file: SpecFile,
  javaScript: string,
  byteSize: (path: readonly string[]) => number | undefined,
): string {
  const envelope = ENVELOPE.exec(javaScript);
  const name = pascal(file.id);
  if (envelope === null || envelope[3] !== name) throw new Error(`${file.path}: the compiler's envelope has changed`);
  const dependencies = (envelope[1] as string)
    .split(', ')
    .filter((each) => each !== 'KaitaiStream' && each !== `${name}_`);
  const body = (envelope[2] as string)
    .replace(EIGHT_BYTE_NUMBER, 'this.$1 = this._io.readS8leAsNumber()')
    .replace(SUBSTREAM, 'this._io.substream($1)')
    .replaceAll('this._debug = {};', 'this._debug = _io.spans ? {} : undefined;')
    .replace(DEBUG_STATEMENT, '$1if (this._debug !== undefined) $2')
    .replace(READ_METHOD, readMethods)
    .replace(SPEC_PATH, `$1"${file.id}$2")`)
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(`var ${name} = `, `export const ${name} = `);
  const imports = dependencies.map((each) => `import * as ${each} from './${each.slice(0, -1)}.js';\n`);
  return `// @ts-nocheck\n${imports.join('')}import { KaitaiStream } from '../../src/kaitai/stream.js';\n\n${body.trim()}\n${classFacts([file.id], file.spec, byteSize)}`;
}

/** A method that reads without places, and one that keeps them: several times as much code, which few ever run. */
function readMethods(method: string, indent: string, name: string, statements: string): string {
  const lean = statements.replace(PLACED_STATEMENT, '');
  if (lean === statements) return method;
  const placed = statements.replaceAll('if (this._debug !== undefined) ', '');
  return [
    `${indent}${name}.prototype._read = function() {\n`,
    `${indent}  if (this._debug !== undefined) return this._readPlaced();\n${lean}${indent}}\n`,
    `${indent}${name}.prototype._readPlaced = function() {\n${placed}${indent}}`,
  ].join('');
}

/** Statements that give a class, and those within, what `GeneratedType` promises. */
function classFacts(
  path: readonly string[],
  spec: TypeSpec,
  byteSize: (path: readonly string[]) => number | undefined,
): string {
  const name = path.map(pascal).join('.');
  const sequence = (spec.seq ?? []).map((attribute) => camel(attribute.id ?? ''));
  const fields = [...sequence, ...Object.keys(spec.instances ?? {}).map(camel)];
  const facts = {
    byteSize: byteSize(path),
    specPath: path.join('/types/'),
    fields,
    numSeqFields: sequence.length,
  };
  const text = Object.entries(facts).map(
    ([key, value]) => `${key}: ${value === undefined ? 'undefined' : JSON.stringify(value)}`,
  );
  const inner = Object.entries(spec.types ?? {}).map(([id, type]) => classFacts([...path, id], type, byteSize));
  return `Object.assign(${name}, { ${text.join(', ')} });\n${inner.join('')}`;
}
