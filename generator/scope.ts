/**
 * Names of types and enums in the specifications: what they refer to, and how many bytes a type takes.
 */

import type { Attribute, SpecFile, TypeSpec } from './spec.js';

const PRIMITIVE_BYTES: Readonly<Record<string, number>> = {
  u1: 1,
  s1: 1,
  u2: 2,
  s2: 2,
  u4: 4,
  s4: 4,
  u8: 8,
  s8: 8,
  f4: 4,
  f8: 8,
};

/** 8-byte fields with these prefixes are checked safe numbers; all others are bigint. */
const NUMBER_PREFIX = /^(?:ofs|len|num)_/;

/** A type by its path, the id of its file first. */
export type TypePath = readonly string[];

/** The name of a type without its parameters. */
export function typeName(reference: string): string {
  return reference.replace(/\s*\([\s\S]*$/, '');
}

/** True for a field that is a bigint. */
export function isBigint(attribute: Attribute): boolean {
  if (attribute.type !== 's8' && attribute.type !== 'u8') return false;
  return attribute.repeat !== undefined || !NUMBER_PREFIX.test(attribute.id ?? '');
}

/** Looks names up in all specifications. */
export class Scope {
  constructor(private readonly specs: ReadonlyMap<string, SpecFile>) {}

  /** The type at `path`. */
  at(path: TypePath): TypeSpec {
    let spec: TypeSpec | undefined = this.specs.get(path[0] ?? '')?.spec;
    for (const id of path.slice(1)) spec = spec?.types?.[id];
    if (spec === undefined) throw new Error(`${path.join('::')}: no such type`);
    return spec;
  }

  /** What `reference` means within the type at `from`; `undefined` for a built-in type. */
  resolve(from: TypePath, reference: string): TypePath | undefined {
    const name = typeName(reference).split('::');
    if (name[0] !== undefined && name.length === 1 && (name[0] in PRIMITIVE_BYTES || name[0] === 'str'))
      return undefined;
    return this.find(from, name, (path) => this.has(path));
  }

  /** The enum that `reference` means within the type at `from`: the path of its type, its own id last. */
  resolveEnum(from: TypePath, reference: string): TypePath {
    return this.find(from, reference.split('::'), (path) => {
      const owner = path.slice(0, -1);
      return owner.length > 0 && this.has(owner) && this.at(owner).enums?.[path.at(-1) ?? ''] !== undefined;
    });
  }

  /** Bytes of every value of the type at `path`; `undefined` when they differ. */
  byteSize(path: TypePath): number | undefined {
    let total = 0;
    for (const attribute of this.at(path).seq ?? []) {
      const size = this.attributeSize(path, attribute);
      if (size === undefined) return undefined;
      total += size;
    }
    return total;
  }

  /** Throws when the type at `path` can contain itself: a hostile file could nest it until the stack is full. */
  refuseRecursion(path: TypePath, within: readonly string[] = []): void {
    const name = path.join('::');
    if (within.includes(name)) throw new Error(`${name}: contains itself`);
    const spec = this.at(path);
    for (const attribute of [...(spec.seq ?? []), ...Object.values(spec.instances ?? {})]) {
      const { type } = attribute;
      const references = type === undefined ? [] : typeof type === 'string' ? [type] : Object.values(type.cases);
      for (const reference of references) {
        const inner = this.resolve(path, reference);
        if (inner !== undefined) this.refuseRecursion(inner, [...within, name]);
      }
    }
  }

  private attributeSize(path: TypePath, attribute: Attribute): number | undefined {
    if (attribute.if !== undefined || attribute['size-eos'] === true) return undefined;
    const times = attribute.repeat === undefined ? 1 : attribute['repeat-expr'];
    if (typeof times !== 'number') return undefined;
    if (attribute.size !== undefined) return typeof attribute.size === 'number' ? attribute.size * times : undefined;
    if (typeof attribute.type !== 'string') return undefined;
    const inner = this.resolve(path, attribute.type);
    const size = inner === undefined ? PRIMITIVE_BYTES[attribute.type] : this.byteSize(inner);
    return size === undefined ? undefined : size * times;
  }

  private has(path: TypePath): boolean {
    try {
      this.at(path);
      return true;
    } catch {
      return false;
    }
  }

  private find(from: TypePath, name: readonly string[], exists: (path: TypePath) => boolean): TypePath {
    for (let depth = from.length; depth >= 0; depth--) {
      const path = [...from.slice(0, depth), ...name];
      if (exists(path)) return path;
    }
    throw new Error(`${from.join('::')}: ${name.join('::')} not found`);
  }
}
