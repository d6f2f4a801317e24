/**
 * Running the Kaitai Struct compiler over a specification.
 */

import compiler from 'kaitai-struct-compiler';
import { pascal, type SpecFile } from './spec.js';

/** Release of the compiler. */
export const compilerVersion: string = compiler.version;

/** Code for `file` in `language`: file names and texts, those of imported specifications too. */
export async function compile(
  language: string,
  file: SpecFile,
  specs: ReadonlyMap<string, SpecFile>,
  debug: boolean,
): Promise<Readonly<Record<string, string>>> {
  const importer = {
    importYaml: async (name: string) => {
      const found = specs.get(name.split('/').at(-1) ?? '');
      if (found === undefined) throw new Error(`${file.path}: import ${name} not found`);
      return withSafeDocs(found.spec);
    },
  };
  return compiler.compile(language, withSafeDocs(file.spec), importer, debug);
}

/** The JavaScript of `file` with places of fields (the compiler's debug build). */
export async function compileJavaScript(file: SpecFile, specs: ReadonlyMap<string, SpecFile>): Promise<string> {
  const name = `${pascal(file.id)}.js`;
  const code = (await compile('javascript', file, specs, true))[name];
  if (code === undefined) throw new Error(`${file.path}: the compiler made no ${name}`);
  return code;
}

/** The computed instances that the compiler finds to be booleans: `VarcharAux.Entry.IsNull`. It tells in C# only. */
export async function booleanInstances(
  file: SpecFile,
  specs: ReadonlyMap<string, SpecFile>,
): Promise<ReadonlySet<string>> {
  const code = (await compile('csharp', file, specs, false))[`${pascal(file.id)}.cs`] ?? '';
  const booleans = new Set<string>();
  const classes: { readonly name: string; readonly indent: number }[] = [];
  for (const line of code.split('\n')) {
    const declared = /^( *)public (?:partial class|(bool)) (\w+)/.exec(line);
    if (declared === null) continue;
    const [, { length: indent } = '', isBoolean, name = ''] = declared;
    while ((classes.at(-1)?.indent ?? -1) >= indent) classes.pop();
    if (isBoolean === undefined) classes.push({ name, indent });
    else booleans.add([...classes.map((each) => each.name), name].join('.'));
  }
  return booleans;
}

/** A copy of a specification whose docs cannot end the comment that they are put in. */
function withSafeDocs<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (key, each: unknown) =>
    (key === 'doc' || key === 'doc-ref') && typeof each === 'string' ? each.replaceAll('*/', '* /') : each,
  ) as T;
}
