import { describe, expect, it } from 'vitest';
import type { Schema } from '../../src/schema.js';
import { replaySchemas, type StructureChange } from '../../src/structureLog.js';

const SYMBOL = 12;
const initial: Schema = {
  structureVersion: 0n,
  timestampIndex: -1,
  slots: ['a', 'b'].map((name, index) => ({ index, type: SYMBOL, name })),
};
const rename = (from: string, to: string): StructureChange => ({ kind: 'rename_column', pairs: [{ from, to }] });
const replay = (...changes: StructureChange[]) => {
  const { value, damage } = replaySchemas(initial, changes, 'log');
  return { names: value.map(({ slots }) => slots.map(({ name }) => name)), codes: damage.map(({ code }) => code) };
};

describe('structural changes', () => {
  it('swap two names over a third', () => {
    expect(replay(rename('a', 'x'), rename('b', 'a'), rename('x', 'b'))).toEqual({
      names: [
        ['a', 'b'],
        ['x', 'b'],
        ['x', 'a'],
        ['b', 'a'],
      ],
      codes: [],
    });
  });

  it('change the case of a name', () => {
    expect(replay(rename('a', 'A')).names.at(-1)).toEqual(['A', 'b']);
  });

  it('end where two columns would have one name: records of the log were exchanged', () => {
    const exchanged = replay(rename('a', 'x'), rename('x', 'B'), rename('b', 'a'));
    expect(exchanged).toEqual({
      names: [
        ['a', 'b'],
        ['x', 'b'],
      ],
      codes: ['structure_log_unreadable'],
    });
    const added: StructureChange = { kind: 'add_column', columns: [{ name: 'B', type: SYMBOL }] };
    expect(replay(added)).toEqual({ names: [['a', 'b']], codes: ['structure_log_unreadable'] });
  });
});
