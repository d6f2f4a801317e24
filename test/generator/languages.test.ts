/**
 * The specifications are for everyone: the stock compiler takes them for other languages, and they keep to the conventions of
 * kaitai_struct_formats.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compile } from '../../generator/compile.js';
import { type Attribute, loadSpecs, pascal, type TypeSpec } from '../../generator/spec.js';

const specs = loadSpecs(fileURLToPath(new URL('../../formats', import.meta.url)));

describe.each([...specs.values()].map((file) => [file.path, file] as const))('%s', (_, file) => {
  it('compiles to Java and Python', async () => {
    const java = await compile('java', file, specs, false);
    expect(Object.entries(java).find(([name]) => name.endsWith(`/${pascal(file.id)}.java`))?.[1]).toContain(
      `class ${pascal(file.id)} `,
    );
    const python = await compile('python', file, specs, false);
    expect(python[`${file.id}.py`]).toContain(`class ${pascal(file.id)}(`);
  });

  it('has a title, a licence, and doc and doc-ref on every type', () => {
    expect(file.spec.meta).toMatchObject({ id: file.id, license: 'Apache-2.0', endian: 'le' });
    expect(file.spec.meta?.title).toMatch(/^QuestDB /);
    for (const [place, type] of typesOf(file.id, file.spec)) {
      expect(type.doc, place).toBeTruthy();
      expect(String(type['doc-ref']), place).toMatch(
        /^https:\/\/github\.com\/questdb\/questdb\/blob\/9\.3\.4\/core\/src\/main\/java\//,
      );
    }
  });

  it('names lengths, counts and offsets as such and checks those that it uses', () => {
    for (const [place, type] of typesOf(file.id, file.spec)) {
      for (const attribute of type.seq ?? []) {
        if (attribute.repeat === 'expr') expectBounded(place, type, attribute);
        if (typeof attribute.size === 'string')
          expectBounded(place, type, { ...attribute, 'repeat-expr': attribute.size });
      }
      for (const attribute of Object.values(type.instances ?? {}))
        if (attribute.repeat === 'expr') expectBounded(place, type, attribute);
    }
  });
});

/** Counts and sizes without a check of their own, and what bounds them. */
const BOUNDED_OTHERWISE: Readonly<Record<string, string>> = {
  'column_versions area_a.len_entries': 'only read where is_inside',
  'column_versions area_b.len_entries': 'only read where is_inside',
  'array_data num_dims': 'a parameter; each takes 4 bytes, so the end of the value bounds it',
  'symbol_index_values::block num_values': 'a parameter; each takes 8 bytes, so the end of the file bounds it',
  'bind_value::array_body num_dims': 'at most 32 by its five bits',
  'symbol_index_keys num_places': 'computed from the size of the file',
  'bind_value::varchar_plain header': 'checked as an expression',
};

/** The fields that a count or size is computed from are checked against what is left, or bounded for a reason. */
function expectBounded(place: string, type: TypeSpec, attribute: Attribute): void {
  const expression = String(attribute['repeat-expr']).replace(/sizeof<[^>]*>/g, '');
  const names = expression.match(/\b(?:[a-z]+_[a-z]+\.)?(?:num|len)_[a-z_]+\b|\bheader\b/g) ?? [];
  if (names.length === 0) expect(expression, `${place} ${attribute.id}`).toMatch(/^\(?_io\.size|^\d+$/);
  for (const name of names) {
    const source = (type.seq ?? []).find((each) => each.id === name) as (Attribute & { valid?: unknown }) | undefined;
    const isChecked = source?.valid !== undefined && /_io\.size/.test(JSON.stringify(source.valid));
    const isClamped = expression.includes('num_places');
    expect(isChecked || isClamped || `${place} ${name}` in BOUNDED_OTHERWISE, `${place} ${attribute.id}: ${name}`).toBe(
      true,
    );
  }
}

/** All types of a specification, the outermost first. */
function typesOf(place: string, spec: TypeSpec): readonly (readonly [place: string, type: TypeSpec])[] {
  return [[place, spec], ...Object.entries(spec.types ?? {}).flatMap(([id, type]) => typesOf(`${place}::${id}`, type))];
}
