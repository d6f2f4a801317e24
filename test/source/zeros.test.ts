import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryAccess } from '../../src/source/memory.js';
import { writtenLength } from '../../src/source/zeros.js';

describe('writtenLength', () => {
  it('is what is left when the zeros at the end are taken away', () => {
    const sparse = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(255) }));
    fc.assert(
      fc.property(sparse, fc.nat(5), (values, offset) => {
        const rest = values.slice(offset);
        while (rest.at(-1) === 0) rest.pop();
        expect(writtenLength(memoryAccess('f', Uint8Array.from(values)), offset)).toBe(rest.length);
      }),
    );
  });

  it('passes over megabytes of zeros', () => {
    const bytes = new Uint8Array(3_000_001);
    expect(writtenLength(memoryAccess('f', bytes), 77)).toBe(0);
    bytes[1_000_000] = 1;
    expect(writtenLength(memoryAccess('f', bytes), 77)).toBe(1_000_001 - 77);
    expect(writtenLength(memoryAccess('f', bytes), 1_000_001)).toBe(0);
  });
});
