/**
 * The generator on small specifications: what it makes of them, and what it refuses.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { build } from '../../generator/build.js';
import { parse, parseLean, sizeOf, span } from '../../src/kaitai/parse.js';
import type { GeneratedType, KaitaiNode } from '../../src/kaitai/types.js';

const RUNTIME = fileURLToPath(new URL('../../src/kaitai/', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'walrescue-generator-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let folders = 0;

/** A folder of specifications: path without `.ksy` → what follows `meta`. */
function specs(files: Readonly<Record<string, string>>): string {
  const folder = join(home, `formats${folders++}`);
  for (const [path, text] of Object.entries(files)) {
    const imports = Object.keys(files).filter((each) => each !== path && text.includes(each.split('/').at(-1) ?? ''));
    const meta = `meta:\n  id: ${path.split('/').at(-1)}\n  endian: le\n  imports: [${imports.join(', ')}]\n`;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, `${path}.ksy`), `${meta}${text}`);
  }
  return folder;
}

/** Fields of a node of a type that only the test knows. */
type Loose = KaitaiNode & { readonly [field: string]: unknown };

/** Builds the specifications and loads the parser `name`. */
async function load(
  files: Readonly<Record<string, string>>,
  name: string,
): Promise<GeneratedType<Loose, readonly unknown[]> & Readonly<Record<string, unknown>>> {
  const built = await build(specs(files));
  const folder = join(home, `generated${folders++}`);
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of built) {
    if (path.startsWith('code/'))
      writeFileSync(
        join(folder, path.slice('code/'.length)),
        text.replaceAll("'../../src/kaitai/stream.js'", `'${RUNTIME}stream.ts'`),
      );
  }
  const loaded = (await import(join(folder, `${name}.ts`))) as Readonly<Record<string, unknown>>;
  return loaded[name] as GeneratedType<Loose, readonly unknown[]> & Readonly<Record<string, unknown>>;
}

/** The typed face that is made for the specification `id`. */
async function typesFor(text: string): Promise<string> {
  return (await build(specs({ demo: text }))).get('Demo.ts') ?? '';
}

const MINUS_TWO = Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);

describe('64-bit fields', () => {
  const text = 'seq:\n  - {id: plain, type: s8}\n  - {id: len_rest, type: s8}\n';

  it('are bigint, and numbers when they are lengths, counts or offsets', async () => {
    const types = await typesFor(text);
    expect(types).toContain('readonly plain: bigint;');
    expect(types).toContain('readonly lenRest: number;');
    const parsed = parse(await load({ demo: text }, 'Demo'), Uint8Array.of(...MINUS_TWO, ...MINUS_TWO));
    expect([parsed.value.plain, parsed.value.lenRest]).toEqual([-2n, -2]);
  });

  it('may not be computed with', async () => {
    await expect(build(specs({ demo: `${text}instances:\n  next: {value: plain + 1}\n` }))).rejects.toThrow(
      'demo/instances/next: computes with a 64-bit field',
    );
  });
});

describe('what the compiler makes is made ours', () => {
  const inner = 'seq:\n  - {id: small, type: u1, valid: {max: 9}}\n';
  const outer = [
    'doc: A comment that tries to */ end early.',
    'seq:',
    '  - {id: before, type: u2}',
    '  - id: body',
    '    size: 2',
    '    type: inner',
    'types:',
    '  fixed:',
    '    doc: Fixed size, with */ too.',
    '    seq: [{id: a, type: u4}, {id: b, type: inner}, {id: c, size: 3}, {id: d, type: u2, repeat: expr, repeat-expr: 2}]',
    'instances:',
    '  is_big: {value: before > 9}',
    '  twice: {value: before * 2}',
    'enums:',
    '  colour: {1: red, -1: none}',
  ].join('\n');

  it('docs cannot end the comment that they are in', async () => {
    const built = await build(specs({ outer, inner }));
    for (const text of built.values()) expect(text).not.toMatch(/tries to \*\/ end/);
    await expect(load({ outer, inner }, 'Outer')).resolves.toBeDefined();
  });

  it('types carry size, fields, place in the specification and enums', async () => {
    const type = await load({ outer, inner }, 'Outer');
    expect({ ...type }).toMatchObject({
      byteSize: 4,
      specPath: 'outer',
      fields: ['before', 'body', 'isBig', 'twice'],
      numSeqFields: 2,
    });
    expect({ ...(type.Fixed as object) }).toMatchObject({ byteSize: 12, specPath: 'outer/types/fixed' });
    expect(type.Colour).toMatchObject({ RED: 1, NONE: -1, 1: 'RED', '-1': 'NONE' });
    expect(sizeOf(type)).toBe(4);
  });

  it('computed instances have their type', async () => {
    const types = (await build(specs({ outer, inner }))).get('Outer.ts');
    expect(types).toContain('readonly isBig: boolean;');
    expect(types).toContain('readonly twice: number;');
    expect(types).toContain('export type Colour = -1 | 1 | (number & {});');
    expect(types).toContain("import type { Inner } from './Inner.js';");
  });

  it('errors name file, place and field; places are absolute; without places there is the same failure', async () => {
    const type = await load({ outer, inner }, 'Outer');
    const bytes = Uint8Array.of(1, 2, 77, 4, 5).subarray(0, 4);
    const parsed = parse(type, bytes);
    expect(parsed.failure).toEqual({
      message: 'body.small: expected at most 9, found 77',
      specPath: 'inner/seq/0',
      fieldPath: 'body.small',
      byteOffset: 2,
      expected: 'at most 9',
      actual: '77',
    });
    expect(parseLean(type, bytes).failure).toEqual(parsed.failure);
    const good = parse(type, Uint8Array.of(1, 2, 3, 4));
    expect(span(good.value.body as Loose, 'small')).toEqual({ start: 2, end: 3 });
    expect(parseLean(type, Uint8Array.of(1, 2, 3, 4)).value._debug).toBeUndefined();
  });
});

describe('hostile layouts', () => {
  it('a loop over elements without bytes ends in a failure', async () => {
    const type = await load(
      { demo: 'seq:\n  - {id: all, type: nothing, repeat: eos}\ntypes:\n  nothing: {}\n' },
      'Demo',
    );
    expect(parse(type, new Uint8Array(1)).failure?.expected).toBe('elements with at least one byte');
  });

  it('a size of more than 4 GiB does not wrap', async () => {
    const type = await load({ demo: 'seq:\n  - {id: len_body, type: s8}\n  - {id: body, size: len_body}\n' }, 'Demo');
    const failure = parse(type, Uint8Array.of(2, 0, 0, 0, 1, 0, 0, 0, 7, 7)).failure;
    expect(failure).toMatchObject({
      fieldPath: 'body',
      byteOffset: 8,
      expected: '4294967298 bytes',
      actual: '2 bytes',
    });
  });

  it('a type that contains itself is refused', async () => {
    const text =
      'seq:\n  - {id: child, type: node}\ntypes:\n  node:\n    seq:\n      - {id: more, type: u1}\n      - {id: next, type: node, if: more != 0}\n';
    await expect(build(specs({ demo: text }))).rejects.toThrow('demo::node: contains itself');
  });

  it('a count of what is left, which shrinks while it is repeated, is refused', async () => {
    const text = 'seq:\n  - {id: all, type: u1, repeat: expr, repeat-expr: _io.size - _io.pos}\n';
    await expect(build(specs({ demo: text }))).rejects.toThrow('demo/all: a count of what is left shrinks');
  });
});

describe('specifications that do not fit together are refused', () => {
  it.each<readonly [why: string, files: Readonly<Record<string, string>>, message: string]>([
    ['two of one name', { demo: 'seq: []\n', 'common/demo': 'seq: []\n' }, 'another specification with the id demo'],
    ['an unknown type', { demo: 'seq:\n  - {id: a, type: nowhere}\n' }, 'nowhere'],
    ['an unknown enum', { demo: 'seq:\n  - {id: a, type: u1, enum: nowhere}\n' }, 'nowhere'],
  ])('%s', async (_, files, message) => {
    await expect(build(specs(files))).rejects.toThrow(message);
  });

  it('an id that is not the name of the file', async () => {
    const folder = specs({ demo: 'seq: []\n' });
    writeFileSync(join(folder, 'other.ksy'), 'meta: {id: another}\n');
    await expect(build(folder)).rejects.toThrow('other.ksy: meta/id must be the name of the file, is another');
  });
});
