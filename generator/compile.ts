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

/** True or false for each computed instance, `Event.Header.formatLow`, by whether the compiler finds it to be a boolean. */
export async function booleanInstances(
  file: SpecFile,
  specs: ReadonlyMap<string, SpecFile>,
): Promise<ReadonlySet<string>> {
  const code = (await compile('csharp', file, specs, false))[`${pascal(file.id)}.cs`] ?? '';
  const booleans = new Set<string>();
  const classes: { readonly name: string; readonly indent: number }[] = [];
  for (const line of code.split('\n')) {
    const indent = line.length - line.trimStart().length;
    const opened = /^\s*public partial class (\w+)/.exec(line);
    if (opened !== null) {
      while ((classes.at(-1)?.indent ?? -1) >= indent) classes.pop();
      classes.push({ name: opened[1] as string, indent });
    }
    const property = /^\s*public bool (\w+)\b/.exec(line);
    if (property !== null) booleans.add([...classes.map((each) => each.name), property[1]].join('.'));
  }
  return booleans;
}

/** A copy of a specification whose docs cannot end the comment that they are put in. */
function withSafeDocs<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (key, each: unknown) =>
    (key === 'doc' || key === 'doc-ref') && typeof each === 'string' ? each.replaceAll('*/', '* /') : each,
  ) as T;
}
