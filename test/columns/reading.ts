import type { ChunkMemory } from '../../src/columns/chunkMemory.js';
import { type ColumnRead, openColumn, type RowRange, type SegmentColumn } from '../../src/columns/openColumn.js';
import { columnTypeOf } from '../../src/columnType.js';
import { memorySource } from '../../src/source/memory.js';
import type { Source } from '../../src/source/source.js';
import { type Cell, expectedColumn } from '../helpers/truthColumns.js';
import { cellsOf } from './cells.js';
import type { Kind } from './kinds.js';

/** A folder with one column called `c`. */
export function sourceOf({
  d,
  i,
}: {
  readonly d?: Uint8Array | undefined;
  readonly i?: Uint8Array | undefined;
}): Source {
  const files: [string, Uint8Array][] = [];
  if (d !== undefined) files.push(['s/c.d', d]);
  if (i !== undefined) files.push(['s/c.i', i]);
  return memorySource(files, { folders: ['s'] });
}

export interface Seen extends ColumnRead {
  readonly cells: readonly Cell[];
}

/** Reads rows of column `c`; with a `memory` the chunk ends when it is used again. */
export function readColumn(
  source: Source,
  kind: Pick<Kind, 'name' | 'code' | 'designated'>,
  ranges: readonly RowRange[],
  more: Partial<SegmentColumn> = {},
  memory?: ChunkMemory,
): Seen {
  const type = columnTypeOf(kind.code);
  if (type === undefined) throw new Error(`type ${kind.code}`);
  const designated = kind.designated === true;
  const reader = openColumn(source, { path: 's/c', name: 'c', type, designated, ...more });
  const read = reader.read(ranges, memory);
  reader.close();
  const lost = read.damage.filter(({ severity }) => severity !== 'note');
  const inDamage = lost.reduce((sum, { cells }) => sum + Number(cells ?? 0n), 0);
  if (inDamage !== read.lostCells) throw new Error(`${read.lostCells} cells lost, ${inDamage} in damage`);
  const keys = read.damage.map(({ code, severity, file, expected }) => `${code} ${severity} ${file} ${expected}`);
  if (new Set(keys).size !== keys.length) throw new Error(`damage twice: ${keys.join('; ')}`);
  return { ...read, cells: cellsOf(read.chunk, expectedColumn('c', type.name, designated)) };
}
