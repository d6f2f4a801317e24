/**
 * `generated/kernels.ts` from `kernels/*.ts`: AssemblyScript compiled to a WebAssembly module, as text that any bundler and browser
 * takes, with the types of its functions.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const OPTIONS = ['--optimizeLevel', '3', '--runtime', 'stub', '--noAssert', '--importMemory', '--enable', 'simd'];
const MODULE = 'kernels.wasm';

/** How JavaScript passes values of WebAssembly's types. */
const PASSED_AS: Readonly<Record<string, string>> = {
  usize: 'number',
  i32: 'number',
  u32: 'number',
  f64: 'number',
  i64: 'bigint',
  bool: 'number',
  void: 'void',
};

function passedAs(type: string): string {
  const found = PASSED_AS[type];
  if (found === undefined) throw new Error(`kernels can't pass a ${type}`);
  return found;
}

/** The exported functions of a source text, as members of an interface. */
function signatures(text: string): string[] {
  return [...text.matchAll(/^export function (\w+)\(([^)]*)\): (\w+)/gm)].map(([, name, list = '', result = '']) => {
    const parameters = [...list.matchAll(/(\w+): (\w+)/g)].map(
      ([, parameter, type = '']) => `${parameter}: ${passedAs(type)}`,
    );
    return `  ${name}(${parameters.join(', ')}): ${passedAs(result)};\n`;
  });
}

async function compile(folder: string): Promise<Uint8Array> {
  let made: Uint8Array | undefined;
  const { error, stderr } = await asc.main(['index.ts', ...OPTIONS, '--outFile', MODULE], {
    readFile: (name, base) => {
      try {
        return readFileSync(join(base === '.' ? folder : base, name), 'utf8');
      } catch {
        // The compiler asks for a file in several places.
        return null;
      }
    },
    writeFile: (_name, contents) => {
      made = contents as Uint8Array;
    },
  });
  if (error !== null || made === undefined) throw new Error(`kernels/ do not compile: ${stderr.toString()}`);
  return made;
}

/** The text of `generated/kernels.ts` for the AssemblyScript in `folder`. */
export async function buildKernels(folder: string): Promise<string> {
  const module = await compile(folder);
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const functions = names.sort().flatMap((name) => signatures(readFileSync(join(folder, name), 'utf8')));
  const base64 = Buffer.from(module).toString('base64');
  return `// Made by generator/kernels.ts from kernels/ with the AssemblyScript compiler ${asc.version}; do not edit.

/** What the module exports; kernels/ tells what each does. Addresses and counts are numbers, a true bool is 1. */
export interface Kernels {
${functions.join('')}}

/** The module in base64. It imports \`env.memory\`. */
export const KERNELS_MODULE =
  '${base64}';
`;
}
