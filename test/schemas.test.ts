import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { DAMAGE_CODES, LEDGER_STATES, type SegmentStatus } from '../src/index.js';
import { PROJECT } from './helpers/build.js';
import { exportFixture, removeExports } from './helpers/exportRun.js';
import { fixtureNames } from './helpers/fixtures.js';

/** As much of a JSON Schema as is looked at here. */
interface SchemaNode {
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly properties: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly enum?: readonly unknown[];
}

const FOLDER = join(PROJECT, 'schemas');
const SUFFIX = '.schema.json';
const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, formats: { 'date-time': isUtcTime } });
const kinds = readdirSync(FOLDER)
  .filter((name) => name.endsWith(SUFFIX))
  .map((name) => name.slice(0, -SUFFIX.length));
const documents = new Map(
  kinds.map((kind) => [kind, JSON.parse(readFileSync(join(FOLDER, kind + SUFFIX), 'utf8')) as SchemaNode]),
);
for (const [kind, document] of documents) ajv.addSchema(document, kind);

function isUtcTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

function validator(kind: string): ValidateFunction {
  const validate = ajv.getSchema(kind);
  if (validate === undefined) throw new Error(`no schema ${kind}`);
  return validate;
}

afterAll(removeExports);

describe('the JSON Schemas of the sidecars', () => {
  it('are one a kind of sidecar, and are schemas', () => {
    expect(kinds.sort()).toEqual(['ledger', 'manifest', 'schemas', 'sql_log']);
    for (const kind of kinds) expect(validator(kind)).toBeTypeOf('function');
  });

  it('know every damage code, ledger state and segment status', () => {
    const statuses: Record<SegmentStatus, true> = {
      pending: true,
      written: true,
      written_with_losses: true,
      written_tier3_event_fallback: true,
      written_tier3_partial_symbols: true,
      inspected_no_output: true,
      skipped_no_rows: true,
      skipped_purged: true,
      skipped_event_unreadable_no_row_count: true,
      skipped_event_unreadable_zero_rows: true,
      skipped_reader_open_failed: true,
      skipped_row_count_overflow: true,
      encode_failed: true,
      encode_failed_tier3: true,
    };
    const manifest = documents.get('manifest')?.$defs;
    expect(manifest?.damage?.properties.code?.enum).toEqual(Object.keys(DAMAGE_CODES));
    expect(manifest?.segment?.properties.status?.enum).toEqual(Object.keys(statuses));
    expect(documents.get('ledger')?.properties.entries?.items?.properties.state?.enum).toEqual(
      Object.keys(LEDGER_STATES),
    );
  });

  it.each(fixtureNames())('hold for every sidecar of %s', async (name) => {
    const { outDir, files } = await exportFixture(name);
    const sidecars = files.filter((file) => file.endsWith('.json'));
    expect(sidecars.length).toBeGreaterThan(0);
    for (const file of sidecars) {
      const kind = /__([a-z_]+)\.json$/.exec(file)?.[1] ?? '';
      const validate = validator(kind);
      const valid = validate(JSON.parse(readFileSync(join(outDir, file), 'utf8')));
      expect({ file, valid, errors: validate.errors ?? [] }).toEqual({ file, valid: true, errors: [] });
    }
  });

  it('refuse a sidecar with a field missing, of the wrong type, or unknown', async () => {
    const { json } = await exportFixture('06-sql-events');
    for (const [kind, file] of [
      ['manifest', 'upd__manifest.json'],
      ['schemas', 'upd__schemas.json'],
      ['sql_log', 'upd__sql_log.json'],
      ['ledger', 'upd__ledger.json'],
    ] as const) {
      const sidecar = json<Record<string, unknown>>(file);
      const validate = validator(kind);
      expect(validate(sidecar)).toBe(true);
      expect(validate({ ...sidecar, surprise: 1 })).toBe(false);
      for (const field of Object.keys(sidecar)) {
        const { [field]: _, ...without } = sidecar;
        expect(validate(without), `${kind} without ${field}`).toBe(false);
        expect(validate({ ...sidecar, [field]: 1.5 }), `${kind} with a bad ${field}`).toBe(false);
      }
    }
  });
});
