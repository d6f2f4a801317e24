/**
 * Headers of pages that are not compressed (`PageHeader` of parquet.thrift).
 */
import { PageEncoding } from './footer.js';
import { ThriftWriter } from './thrift.js';

/** `PageType` of parquet.thrift. */
const PageType = { DATA_PAGE: 0, DICTIONARY_PAGE: 2 } as const;
/** Sizes of pages are i32. */
const MAX_PAGE_BYTES = 2 ** 31 - 1;

const writer = new ThriftWriter();

/** The fields that all headers begin with. */
function begin(type: (typeof PageType)[keyof typeof PageType], size: number): void {
  if (size > MAX_PAGE_BYTES) throw new Error(`a page of ${size} bytes: fewer rows have to make a row group`);
  writer.begin();
  writer.i32(1, type);
  writer.i32(2, size);
  writer.i32(3, size);
}

/** The end of the inner header and of the outer one. */
function ended(): Uint8Array {
  writer.end();
  writer.end();
  return writer.taken();
}

/** The header of a data page (v1) of `size` bytes, levels included; `numValues` counts NULLs too. */
export function dataPageHeader(numValues: number, encoding: keyof typeof PageEncoding, size: number): Uint8Array {
  begin(PageType.DATA_PAGE, size);
  writer.struct(5);
  writer.i32(1, numValues);
  writer.i32(2, PageEncoding[encoding]);
  writer.i32(3, PageEncoding.RLE);
  writer.i32(4, PageEncoding.RLE);
  return ended();
}

/** The header of a dictionary page of `size` bytes. */
export function dictionaryPageHeader(numValues: number, size: number): Uint8Array {
  begin(PageType.DICTIONARY_PAGE, size);
  writer.struct(7);
  writer.i32(1, numValues);
  writer.i32(2, PageEncoding.PLAIN);
  return ended();
}
