/** A harness over a fixture, made once per test file. */
import { join } from 'node:path';
import { type Harness, prepare } from '../../src/corrupt/runCase.js';
import type { System } from '../../src/corrupt/system.js';
import { compileParquetWasm, loadParquetWasm } from '../../src/parquet/wasmModule.js';
import { loadSource } from '../../src/source/nodeMemory.js';
import { readParquetWasm } from '../../src/source/nodeParquetWasm.js';
import type { Source } from '../../src/source/source.js';
import { fixture } from '../helpers/fixtures.js';

/** The database root of a fixture, in memory. */
export const fixtureSource = (name: string): Source => loadSource(join(fixture(name), 'db'));

/** A harness over a fixture, or over a source of one's own. */
export async function harnessOf(fixtureOrSource: string | Source, system?: System): Promise<Harness> {
  await loadParquetWasm(compileParquetWasm(readParquetWasm()));
  const source = typeof fixtureOrSource === 'string' ? fixtureSource(fixtureOrSource) : fixtureOrSource;
  return system === undefined ? prepare(source) : prepare(source, system);
}
