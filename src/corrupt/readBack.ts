/** Parquet files read back as they were written, through an engine that is not our encoder. */
import {
  type FileMetaData,
  parquetMetadata,
  parquetRead,
  parquetSchema,
  type SchemaElement,
  type SchemaTree,
} from 'hyparquet';

/** A cell as the file stores it; lists nest. */
export type Cell = null | boolean | number | bigint | Uint8Array | readonly Cell[];

export interface ReadColumn {
  /** Physical type and annotations, without the repetition: a column that lost cells may be OPTIONAL. */
  readonly form: string;
  readonly cells: readonly Cell[];
}

export interface ReadFile {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, ReadColumn>;
}

/** Without what would make the engine convert values. */
function physical(element: SchemaElement): SchemaElement {
  if (element.type === undefined) return element;
  const { logical_type: _logical, converted_type: _converted, ...rest } = element;
  return rest;
}

function formOf({ element, children }: SchemaTree): string {
  const { type, type_length: length, precision, scale, logical_type: logical, converted_type: converted } = element;
  const own = [type, length, converted, precision, scale, logical === undefined ? '' : JSON.stringify(logical)].join(
    ' ',
  );
  return children.length === 0 ? own : `${own}<${children.map(formOf).join(',')}>`;
}

/** Everything in a Parquet file. Throws what the engine throws when it can't be read. */
export async function readBack(bytes: Uint8Array): Promise<ReadFile> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata: FileMetaData = parquetMetadata(file, { geoparquet: false });
  const rows = Number(metadata.num_rows);
  const columns = new Map<string, { form: string; cells: Cell[] }>();
  for (const child of parquetSchema(metadata).children) {
    const { name } = child.element;
    if (columns.has(name)) throw new Error(`two columns named ${JSON.stringify(name)}`);
    columns.set(name, { form: formOf(child), cells: new Array<Cell>(rows).fill(null) });
  }
  await parquetRead({
    file,
    metadata: { ...metadata, schema: metadata.schema.map(physical) },
    utf8: false,
    geoparquet: false,
    onChunk: ({ columnName, columnData, rowStart }) => {
      const cells = columns.get(columnName)?.cells;
      for (let i = 0; i < columnData.length; i++)
        if (cells !== undefined) cells[rowStart + i] = (columnData[i] ?? null) as Cell;
    },
  });
  return { rows, columns };
}

/** True for two cells of the same bytes; every NaN is the same. */
export function sameCell(a: Cell, b: Cell): boolean {
  if (a === b) return !(a === 0 && b === 0) || Object.is(a, b);
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return Object.is(a, b);
  if (a.length !== b.length || a instanceof Uint8Array !== b instanceof Uint8Array) return false;
  for (let i = 0; i < a.length; i++) if (!sameCell(a[i] ?? null, b[i] ?? null)) return false;
  return true;
}

const utf8 = new TextDecoder();

/** A cell for people; long ones are cut. */
export function showCell(cell: Cell): string {
  if (cell instanceof Uint8Array) {
    const text = utf8.decode(cell);
    const isText = [...text].every((character) => character >= ' ' && character !== '\ufffd');
    return isText
      ? JSON.stringify(text.slice(0, 40))
      : `0x${[...cell.subarray(0, 20)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }
  if (Array.isArray(cell)) return `[${cell.slice(0, 8).map(showCell).join(', ')}]`;
  return Object.is(cell, -0) ? '-0' : String(cell);
}
