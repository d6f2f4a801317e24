/**
 * The TypeScript types of a specification's parser.
 */

import { isBigint, type Scope, type TypePath, typeName } from './scope.js';
import { type Attribute, camel, pascal, type SpecFile, type TypeSpec } from './spec.js';

/** What is needed to write the types of one file. */
interface Context {
  readonly scope: Scope;
  /** Computed instances that are booleans, `VarcharAux.Entry.IsNull`. */
  readonly booleans: ReadonlySet<string>;
  /** Ids of the other files that the types refer to; filled while writing. */
  readonly imports: Set<string>;
  readonly id: string;
}

/** The typed face of a parser: interfaces for its nodes, and the class under its name. */
export function moduleTypes(file: SpecFile, scope: Scope, booleans: ReadonlySet<string>): string {
  const context: Context = { scope, booleans, imports: new Set(), id: file.id };
  const name = pascal(file.id);
  const types = typeText(context, [file.id], '');
  const face = classText(context, [file.id], '');
  const imports = [...context.imports].sort().map((id) => `import type { ${pascal(id)} } from './${pascal(id)}.js';\n`);
  const kaitai = ['EnumMap', 'GeneratedType', 'KaitaiNode'].filter((each) =>
    new RegExp(`\\b${each}\\b`).test(types + face),
  );
  return [
    `import type { ${kaitai.join(', ')} } from '../src/kaitai/types.js';\n`,
    `import { ${name} as code } from './code/${name}.js';\n`,
    ...imports,
    `\n${types}\n`,
    `export const ${name} = code as unknown as ${face};\n`,
  ].join('');
}

/** The interface of the type at `path` and a namespace with those within. */
function typeText(context: Context, path: TypePath, indent: string): string {
  const spec = context.scope.at(path);
  const name = pascal(path.at(-1) ?? '');
  const lines = [`${docText(spec.doc, undefined, indent)}${indent}export interface ${name} extends KaitaiNode {\n`];
  const fields: readonly (readonly [string, Attribute])[] = [
    ...[...(spec.params ?? []), ...(spec.seq ?? [])].map((attribute) => [attribute.id ?? '', attribute] as const),
    ...Object.entries(spec.instances ?? {}),
  ];
  for (const [id, attribute] of fields) {
    lines.push(docText(attribute.doc, attribute['-orig-id'], `${indent}  `));
    lines.push(`${indent}  readonly ${camel(id)}: ${fieldType(context, path, id, attribute)};\n`);
  }
  lines.push(`${indent}}\n`);
  const inner = [
    ...Object.entries(spec.enums ?? {}).map(([id, values]) => enumText(id, values, `${indent}  `)),
    ...Object.keys(spec.types ?? {}).map((id) => typeText(context, [...path, id], `${indent}  `)),
  ];
  if (inner.length > 0)
    lines.push(`${indent}export ${indent === '' ? 'declare ' : ''}namespace ${name} {\n${inner.join('')}${indent}}\n`);
  return lines.join('');
}

function enumText(id: string, values: Readonly<Record<string, string>>, indent: string): string {
  const known = sortedValues(values).map(([value]) => value);
  return `${indent}/** Other values are possible: newer releases, damage. */\n${indent}export type ${pascal(id)} = ${known.join(' | ')} | (number & {});\n`;
}

/** The type of the class at `path`, with its enums and the classes within. */
function classText(context: Context, path: TypePath, indent: string): string {
  const spec: TypeSpec = context.scope.at(path);
  const params = (spec.params ?? []).map(
    (each) => `${camel(each.id ?? '')}: ${scalarType(context, path, each, each.type)}`,
  );
  const own = `GeneratedType<${path.map(pascal).join('.')}${params.length === 0 ? '' : `, [${params.join(', ')}]`}>`;
  const members = [
    ...Object.entries(spec.enums ?? {}).map(([id, values]) => {
      const names = sortedValues(values).map(([value, name]) => `readonly ${name.toUpperCase()}: ${value}`);
      return `${indent}  readonly ${pascal(id)}: EnumMap<{ ${names.join('; ')} }>;\n`;
    }),
    ...Object.keys(spec.types ?? {}).map(
      (id) => `${indent}  readonly ${pascal(id)}: ${classText(context, [...path, id], `${indent}  `)};\n`,
    ),
  ];
  return members.length === 0 ? own : `${own} & {\n${members.join('')}${indent}}`;
}

function sortedValues(values: Readonly<Record<string, string>>): readonly (readonly [number, string])[] {
  return Object.entries(values)
    .map(([value, name]) => [Number(value), name] as const)
    .sort((a, b) => a[0] - b[0]);
}

function fieldType(context: Context, path: TypePath, id: string, attribute: Attribute): string {
  const optional = attribute.if === undefined ? '' : ' | undefined';
  if (attribute.value !== undefined) return `${computedType(context, path, id, attribute)}${optional}`;
  if (String(attribute['repeat-expr'] ?? '').includes('_io.pos')) {
    throw new Error(
      `${path.join('::')}/${id}: a count of what is left shrinks while it is repeated; use repeat: until`,
    );
  }
  const { type } = attribute;
  if (type === undefined || typeof type === 'string') {
    const scalar = scalarType(context, path, { id, ...attribute }, type);
    return `${attribute.repeat === undefined ? scalar : `readonly ${scalar}[]`}${optional}`;
  }
  if (attribute.repeat !== undefined) throw new Error(`${path.join('::')}/${id}: repeated switches are not supported`);
  const types = new Set(Object.values(type.cases).map((each) => scalarType(context, path, {}, each)));
  if (type.cases._ === undefined)
    types.add(attribute.size === undefined && attribute['size-eos'] !== true ? 'undefined' : 'Uint8Array');
  return `${[...types].join(' | ')}${types.has('undefined') ? '' : optional}`;
}

/** The type of a computed instance. Arithmetic on 64-bit values belongs into TypeScript. */
function computedType(context: Context, path: TypePath, id: string, attribute: Attribute): string {
  const spec = context.scope.at(path);
  const bigints = (spec.seq ?? []).filter(isBigint).map((each) => each.id ?? '');
  const words: readonly string[] = String(attribute.value).match(/[a-z_][a-z0-9_]*/g) ?? [];
  if (bigints.some((each) => words.includes(each))) {
    throw new Error(`${path.join('::')}/instances/${id}: computes with a 64-bit field`);
  }
  if (attribute.enum !== undefined) return reference(context, context.scope.resolveEnum(path, attribute.enum));
  return context.booleans.has([...path, id].map(pascal).join('.')) ? 'boolean' : 'number';
}

function scalarType(context: Context, path: TypePath, attribute: Attribute, type: Attribute['type']): string {
  if (attribute.enum !== undefined) return reference(context, context.scope.resolveEnum(path, attribute.enum));
  if (type === undefined) return 'Uint8Array';
  if (typeof type !== 'string') throw new Error(`${path.join('::')}: a switch where none can be`);
  if (type === 'bool') return 'boolean';
  if (type === 'str') return 'string';
  const resolved = context.scope.resolve(path, typeName(type));
  if (resolved !== undefined) return reference(context, resolved);
  return isBigint({ ...attribute, type }) ? 'bigint' : 'number';
}

function reference(context: Context, path: TypePath): string {
  if (path[0] !== undefined && path[0] !== context.id) context.imports.add(path[0]);
  return path.map(pascal).join('.');
}

function docText(doc: string | undefined, originalId: string | undefined, indent: string): string {
  const lines = (doc ?? '')
    .trim()
    .replaceAll('*/', '* /')
    .split('\n')
    .filter((line) => line !== '');
  if (originalId !== undefined) lines.push(`QuestDB: ${originalId}`);
  if (lines.length === 0) return '';
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`;
}
