/**
 * Every file of every fixture: a known kind, every byte explained, nothing bad in what nobody damaged.
 */
import { describe, expect, it } from 'vitest';
import { aroundFiles, inspectFile } from '../../src/inspect/inspectFile.js';
import { RAW_KINDS } from '../../src/inspect/kinds/raw.js';
import { nodeSource } from '../../src/source/node.js';
import { filesOf } from '../formats/files.js';
import { typeOfFile } from '../formats/kinds.js';
import { fixture, fixtureNames, undamagedFixtureNames } from '../helpers/fixtures.js';
import { expectCovered, fieldsOf } from './trees.js';

/** Kinds whose files are shown as bytes; all others have a specification. */
const RAW = new Set<string>(Object.keys(RAW_KINDS).filter((kind) => kind !== 'column'));

/** What was cut in the damaged fixture (its truth.json); what was removed is no file. */
const CUT = ['column_cut~11/wal1/0/price.d', 'event_cut~8/wal1/1/_event', 'txnlog_cut~7/txn_seq/_txnlog'];

describe.each(fixtureNames())('%s', (name) => {
  const source = nodeSource(fixture(name));
  const around = aroundFiles(source, false);

  it('has files of known kinds only, without a byte that is not explained, and nothing bad but what was cut', () => {
    const bad: string[] = [];
    for (const path of filesOf(name)) {
      const tree = inspectFile(source, path, { around });
      const type = typeOfFile(path);
      if (typeof type === 'object' || typeof type === 'function') expect(tree.kind, path).toBe(type.specPath);
      else if (type === 'opaque') expect(RAW.has(tree.kind), `${path} is ${tree.kind}`).toBe(true);
      expect(tree.kind, path).not.toBe('unknown');
      expectCovered(tree, path);
      let shown = 0;
      for (const field of fieldsOf(tree.root)) {
        expect(field.kind, `${path} ${field.path} at ${field.offset}`).not.toBe('gap');
        if (field.kind === 'stale' || field.kind === 'unread') expect(field.meaning, path).toBeTruthy();
        if (field.problem !== undefined) shown += 1;
      }
      expect(shown > 0, path).toBe(tree.problems.length > 0);
      if (tree.isBad) bad.push(path);
      tree.close();
    }
    expect(bad).toEqual(undamagedFixtureNames().includes(name) ? [] : CUT.map((path) => `db/${path}`));
  });
});
