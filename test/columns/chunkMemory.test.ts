/** Memory that is used again shows nothing of what was in it before, whatever is damaged. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { borrowMemory, type GroupMemory } from '../../src/columns/chunkMemory.js';
import { openColumn } from '../../src/columns/openColumn.js';
import { liveColumns, readSegmentSchema } from '../../src/schema.js';
import { memorySource } from '../../src/source/memory.js';
import { nodeSource } from '../../src/source/node.js';
import { fixture } from '../helpers/fixtures.js';

const ROOT = join(fixture('02-all-types-v1'), 'db');
const SEGMENT = 'alltypes~6/wal1/0';

/** The column files of the segment, each cut to a share of its bytes. */
function columnFiles(share: number): [string, Uint8Array][] {
  return nodeSource(ROOT)
    .list(SEGMENT)
    .filter(({ name }) => /\.[di]$/.test(name))
    .map(({ name }) => {
      const bytes = readFileSync(join(ROOT, SEGMENT, name));
      return [`${SEGMENT}/${name}`, new Uint8Array(bytes.subarray(0, Math.floor(bytes.length * share)))];
    });
}

/** What is in a chunk at this moment; only the bytes that its arrays see, not all of the memory that they are in. */
function frozen(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return (value as Uint8Array).slice();
  if (Array.isArray(value)) return value.map(frozen);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, frozen(part)]));
}

describe.each([1, 0.6])('column files cut to %d of their bytes', (share) => {
  const source = memorySource(columnFiles(share));
  const schema = readSegmentSchema(nodeSource(ROOT), SEGMENT).value;
  const columns = schema === undefined ? [] : liveColumns(schema);

  it('are found', () => expect(columns.length).toBeGreaterThan(20));

  const cases = columns.flatMap(({ name, type, designated }) =>
    type === undefined ? [] : [[name, type, designated] as const],
  );
  it.each(cases)('%s', (name, type, designated) => {
    // Without symbols the keys are lost, which is as good here as any other value.
    const reader = openColumn(source, { path: `${SEGMENT}/${name}`, name, type, designated });
    const pieces = [
      [0, 40],
      [40, 90],
      [50, 100],
      [0, 100],
      [7, 57],
    ] as const;
    let memory: GroupMemory | undefined;
    for (const [lo, hi] of pieces) {
      const fresh = frozen(reader.read([{ lo, hi }]));
      memory = borrowMemory();
      // Another column's bytes are the worst that can be left in it.
      memory
        .of(0)
        .bytes('rows', (hi - lo) * (type.width || 1))
        .fill(0xa5);
      const reused = reader.read([{ lo, hi }], memory.of(0));
      expect(frozen(reused)).toEqual(fresh);
      memory.giveBack();
    }
    reader.close();
  });
});
