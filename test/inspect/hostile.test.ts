/**
 * Damaged at random: the inspector never throws, every byte stays covered, what stands before the damage stays what it was,
 * and nothing of the input reaches the terminal that it could act on.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newFindings } from '../../src/corrupt/finding.js';
import { judgeInspection } from '../../src/corrupt/judgeInspection.js';
import { displayWidth } from '../../src/inspect/escape.js';
import { type Field, fixedChildren } from '../../src/inspect/field.js';
import { type FileTree, inspectFile } from '../../src/inspect/inspectFile.js';
import { DEFAULT_DEPTH, inspectPath, type PathRequest } from '../../src/inspect/inspectPath.js';
import { KIND_IDS } from '../../src/inspect/kinds/kinds.js';
import { treeFault } from '../../src/inspect/soundness.js';
import { lineText } from '../../src/inspect/view/ansi.js';
import { viewJson, viewLines } from '../../src/inspect/view/view.js';
import { RequestError } from '../../src/requestError.js';
import { memorySource } from '../../src/source/memory.js';
import { overlay } from '../../src/source/overlay.js';
import { type Source, SourceError } from '../../src/source/source.js';
import { bytesOf, filesOf } from '../formats/files.js';
import { type Damage, damagedTable } from './memoryDb.js';
import { childrenOf, expectCovered, fieldsOf } from './trees.js';

/** Tables whose files are damaged, and how their files are read: `ordered` ones from their start on. */
const TABLES = [
  ['07-symbol-reuse', 'symreuse~6'],
  ['05-multi-segment', 'evolve~6'],
  ['02-all-types-v1', 'alltypes~6'],
  ['04-all-types-v2', 'alltypes~6'],
  ['06-sql-events', 'upd~9'],
  ['06-sql-events', 'mv_hour~7'],
  ['09-watermark', 'applied_evolved~9'],
] as const;

/** Kinds in which a byte says nothing of those before it. */
const ORDERED = new Set(['event', 'segment_meta', 'sequencer_meta', 'table_meta', 'table_name', 'txnlog_meta']);

/** Cases of each property; INSPECT_RUNS=2000 looks harder. */
const RUNS = Number(process.env.INSPECT_RUNS ?? 30);

const TIMEOUT_MS = 120_000 + RUNS * 2_000;

const mutation = fc.oneof(
  fc.record({ kind: fc.constant('set'), at: fc.nat(), length: fc.integer({ min: 1, max: 12 }), value: fc.nat(255) }),
  fc.record({ kind: fc.constant('cut'), at: fc.nat(), length: fc.constant(0), value: fc.constant(0) }),
  fc.record({
    kind: fc.constant('zero'),
    at: fc.nat(),
    length: fc.integer({ min: 1, max: 600 }),
    value: fc.constant(0),
  }),
);

interface Mutation {
  readonly kind: string;
  readonly at: number;
  readonly length: number;
  readonly value: number;
}

const damageOf =
  ({ kind, at, length, value }: Mutation): Damage =>
  (bytes) => {
    const offset = bytes.length === 0 ? 0 : at % bytes.length;
    if (kind === 'cut') return bytes.subarray(0, offset);
    bytes.fill(value, offset, offset + length);
    return undefined;
  };

const whole = { width: 100, depth: Number.POSITIVE_INFINITY, limit: 12, hex: false };

function expectSound(source: Source, path: string): void {
  const tree = inspectFile(source, path);
  expectCovered(tree, path);
  const text = [...viewLines(inspectPath(source, path, {}), whole)].map((line) => lineText(line, false)).join('\n');
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  const json = [...viewJson(inspectPath(source, path, {}), { depth: 4, limit: 12 })].join('');
  expect(() => JSON.parse(json)).not.toThrow();
}

describe.each(TABLES)('%s %s', (name, table) => {
  const files = filesOf(name)
    .filter((path) => path.startsWith(`db/${table}/`))
    .map((path) => path.slice(`db/${table}/`.length));

  it('any file, damaged in any place', { timeout: TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), mutation, (file, change) => {
        expectSound(damagedTable(name, table, { [file]: damageOf(change) }), `${table}/${file}`);
      }),
      { numRuns: RUNS },
    );
  });

  it('what stands before the damage stays what it was', { timeout: TIMEOUT_MS }, () => {
    const ordered = files.filter((file) => /(?:^|\/)(?:_event|_meta|_meta\.0|_name|_txnlog\.meta\.d)$/.test(file));
    fc.assert(
      fc.property(fc.constantFrom(...ordered), fc.nat(), fc.nat(255), (file, place, value) => {
        const healthy = inspectFile(damagedTable(name, table), `${table}/${file}`);
        if (!ORDERED.has(healthy.kind)) throw new Error(`${file} is ${healthy.kind}`);
        const used = childrenOf(healthy.root).filter(
          (field) => field.kind !== 'preallocated' && field.kind !== 'computed',
        );
        const offset = place % used.reduce((end, field) => Math.max(end, field.offset + field.length), 1);
        const damage: Damage = (bytes) => {
          bytes[offset] = value;
          return undefined;
        };
        const damaged = inspectFile(damagedTable(name, table, { [file]: damage }), `${table}/${file}`);
        const values = new Map(
          [...fieldsOf(damaged.root)].map((field) => [`${field.name} ${field.offset}`, field.value]),
        );
        for (const field of fieldsOf(healthy.root)) {
          if (field.kind !== 'leaf' || field.offset + field.length > offset) continue;
          expect(values.get(`${field.name} ${field.offset}`), `${file} ${field.path}, damage at ${offset}`).toBe(
            field.value,
          );
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('views of several files of a damaged table', () => {
  const [name, table] = ['07-symbol-reuse', 'symreuse~6'];
  const files = filesOf(name)
    .filter((path) => path.startsWith(`db/${table}/`))
    .map((path) => path.slice(`db/${table}/`.length));
  const segment = `${table}/wal1/0`;
  const requests: readonly (readonly [path: string, request: PathRequest])[] = [
    [table, {}],
    [segment, {}],
    [segment, { txn: 1 }],
    [segment, { rows: [0, 5] }],
    [segment, { column: 'sym', txn: 2 }],
    [`${segment}/_event`, { query: 'records[*].body.row_hi' }],
    [table, { seqTxn: 1n }],
    [table, { seqTxn: 6n }],
  ];

  /** What is shown; nothing when what is asked for is not there any more. */
  function shown(source: Source, path: string, request: PathRequest, width: number) {
    try {
      const view = inspectPath(source, path, request);
      const depth = DEFAULT_DEPTH[view.kind];
      const lines = [...viewLines(view, { width, depth, limit: 6, hex: false })].map((line) => lineText(line, false));
      return { lines, isBad: view.isBad() };
    } catch (error) {
      if (error instanceof RequestError) return undefined;
      throw error;
    }
  }

  it('fit the terminal, and what is bad has a line that says so', { timeout: TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), mutation, fc.constantFrom(40, 80, 120, 160), (file, change, width) => {
        const source = damagedTable(name, table, { [file]: damageOf(change) });
        for (const [path, request] of requests) {
          const { lines = [], isBad = false } = shown(source, path, request, width) ?? {};
          for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(width);
          expect(
            lines.some((line) => line.includes('BAD ')),
            path,
          ).toBe(isBad);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a file of any bytes', () => {
  it('is taken for any kind', { timeout: TIMEOUT_MS }, () => {
    const bytes = fc.uint8Array({ maxLength: 400 });
    fc.assert(
      fc.property(bytes, fc.constantFrom(...KIND_IDS), (content, as) => {
        const tree = inspectFile(memorySource([['x', content]]), 'x', { as });
        expectCovered(tree, as);
        if (tree.problems.length === 0) return;
        for (const problem of tree.problems) expect(problem.message).not.toBe('');
      }),
      { numRuns: 10 * RUNS },
    );
  });

  it('under any name, beside any other', { timeout: TIMEOUT_MS }, () => {
    const names = [
      '_event',
      '_meta',
      '_txn',
      '_cv',
      'tables.d.0',
      '_name',
      's.o',
      's.c',
      's.k',
      's.v',
      'wal1/0/_event',
      'wal1/0/x.d',
      'txn_seq/_txnlog',
      'nothing',
    ];
    const files = fc.dictionary(fc.constantFrom(...names), fc.uint8Array({ maxLength: 200 }), { minKeys: 1 });
    fc.assert(
      fc.property(files, (contents) => {
        const source = memorySource(Object.entries(contents).map(([name, bytes]) => [`t~1/${name}`, bytes] as const));
        for (const name of Object.keys(contents)) expectSound(source, `t~1/${name}`);
        for (const folder of ['', 't~1'])
          expect([...viewLines(inspectPath(source, folder, {}), { ...whole, depth: 3 })].length).toBeGreaterThan(0);
      }),
      { numRuns: RUNS },
    );
  });

  it('a real file under a name that says nothing is known by its content', () => {
    const known: readonly (readonly [string, string, string])[] = [
      ['07-symbol-reuse', 'db/symreuse~6/wal1/0/_event', 'event'],
      ['07-symbol-reuse', 'db/symreuse~6/wal1/0/_meta', 'segment_meta'],
      ['07-symbol-reuse', 'db/symreuse~6/txn_seq/_meta', 'sequencer_meta'],
      ['07-symbol-reuse', 'db/symreuse~6/txn_seq/_txnlog', 'txnlog'],
      ['04-all-types-v2', 'db/alltypes~6/txn_seq/_txnlog', 'txnlog'],
      ['09-watermark', 'db/applied_evolved~9/_meta', 'table_meta'],
      ['09-watermark', 'db/applied_evolved~9/_txn', 'txn'],
      ['12-names', 'db/tables.d.0', 'table_registry'],
      ['09-watermark', 'db/applied_evolved~9/sym.k', 'symbol_index_keys'],
      ['02-all-types-v1', 'db/alltypes~6/wal1/0/c_double.d', 'unknown'],
    ];
    for (const [name, path, kind] of known)
      expect(inspectFile(memorySource([['copy.bin', bytesOf(name, path)]]), 'copy.bin').kind, path).toBe(kind);
  });
});

describe('a disk that fails', () => {
  const [name, table] = ['02-all-types-v1', 'alltypes~6'];
  const healthy = damagedTable(name, table);
  const files = [
    '_txn',
    '_meta',
    'txn_seq/_txnlog',
    'wal1/0/_event',
    'wal1/0/_event.i',
    'wal1/0/ts.d',
    'wal1/0/c_string.d',
  ];

  it.each(files)('%s, part of which can not be read', (file) => {
    const path = `${table}/${file}`;
    const source = overlay(healthy, [{ op: 'failRange', path, offset: 16, length: 24 }]);
    const tree = inspectFile(source, path);
    expectCovered(tree, path);
    expect(tree.isBad).toBe(true);
    expect(tree.problems.some(({ message, actual }) => /can't be read|unreadable/.test(`${message} ${actual}`))).toBe(
      true,
    );
  });
});

describe('a folder that may not be entered', () => {
  it('is not taken for one that is not there', () => {
    const closed: Source = {
      ...damagedTable('07-symbol-reuse', 'symreuse~6'),
      stat: (path) => {
        throw new SourceError('denied', path, 'EACCES: permission denied');
      },
    };
    expect(() => inspectPath(closed, 'symreuse~6/_meta', {})).toThrow('EACCES: permission denied');
  });
});

describe('the check of trees that the fuzzing harness uses', () => {
  const tree = inspectFile(damagedTable('07-symbol-reuse', 'symreuse~6'), 'symreuse~6/wal1/0/_event');
  const withChildren = (change: (fields: Field[]) => Field[]): FileTree => ({
    ...tree,
    root: { ...tree.root, children: fixedChildren(change([...childrenOf(tree.root)])) },
  });

  it('finds holes, overlaps and fields outside of the file', () => {
    expect(treeFault(tree)).toBeUndefined();
    expect(treeFault(withChildren((fields) => fields.slice(1)))).toContain('is not where');
    expect(treeFault(withChildren((fields) => fields.slice(0, 1)))).toContain('bytes in no field');
    expect(treeFault(withChildren(([first, ...rest]) => [{ ...first!, length: 1e6 }, ...rest]))).toContain('outside');
  });

  it('and a crash is a finding', () => {
    const findings = newFindings();
    const broken: Source = {
      ...damagedTable('07-symbol-reuse', 'symreuse~6'),
      open: () => {
        throw new TypeError('broken on purpose');
      },
    };
    judgeInspection(broken, ['symreuse~6/wal1/0/_event'], findings);
    expect(findings.all).toMatchObject([{ invariant: 'ends', place: expect.stringContaining('broken on purpose') }]);
  });
});
