/**
 * The specifications under `formats/`, as data.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { load } from 'js-yaml';

/** A field: an element of `seq` or `params`, or an instance. */
export interface Attribute {
  readonly id?: string;
  readonly type?: string | { readonly 'switch-on': string; readonly cases: Readonly<Record<string, string>> };
  readonly enum?: string;
  readonly repeat?: string;
  readonly 'repeat-expr'?: string | number;
  readonly if?: string | boolean;
  readonly size?: string | number;
  readonly 'size-eos'?: boolean;
  readonly value?: string | number | boolean;
  readonly doc?: string;
  readonly '-orig-id'?: string;
}

/** A type, or the whole file when it is the outermost. */
export interface TypeSpec {
  readonly meta?: { readonly id: string; readonly title?: string; readonly imports?: readonly string[] };
  readonly doc?: string;
  readonly 'doc-ref'?: string | readonly string[];
  readonly params?: readonly Attribute[];
  readonly seq?: readonly Attribute[];
  readonly instances?: Readonly<Record<string, Attribute>>;
  readonly types?: Readonly<Record<string, TypeSpec>>;
  readonly enums?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** One `.ksy` file. */
export interface SpecFile {
  /** Below the folder of the specifications, without `.ksy`, `/` between the parts. */
  readonly path: string;
  readonly id: string;
  readonly spec: TypeSpec;
}

/** All specifications below `folder` by id, in the order of their paths. */
export function loadSpecs(folder: string): ReadonlyMap<string, SpecFile> {
  const specs = new Map<string, SpecFile>();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  for (const name of names.filter((name) => name.endsWith('.ksy')).sort()) {
    const spec = load(readFileSync(join(folder, name), 'utf8')) as TypeSpec;
    const id = spec.meta?.id;
    if (id !== basename(name, '.ksy')) throw new Error(`${name}: meta/id must be the name of the file, is ${id}`);
    if (specs.has(id)) throw new Error(`${name}: there is another specification with the id ${id}`);
    specs.set(id, { path: name.slice(0, -'.ksy'.length), id, spec });
  }
  return specs;
}

/** `symbol_diff` → `symbolDiff`, as the compiler does it. */
export function camel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `symbol_diff` → `SymbolDiff`. */
export function pascal(name: string): string {
  const text = camel(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
