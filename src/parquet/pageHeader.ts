/**
 * Headers of pages that are not compressed (`PageHeader` of parquet.thrift).
 */
import { PageEncoding } from './footer.js';
import { i32, nested, serialize, struct } from './thrift.js';

/** `PageType` of parquet.thrift. */
const PageType = { DATA_PAGE: 0, DICTIONARY_PAGE: 2 } as const;
/** Sizes of pages are i32. */
const MAX_PAGE_BYTES = 2 ** 31 - 1;

function checkSize(size: number): void {
  if (size > MAX_PAGE_BYTES) throw new Error(`a page of ${size} bytes: fewer rows have to make a row group`);
}

/** The header of a data page (v1) of `size` bytes, levels included; `numValues` counts NULLs too. */
export function dataPageHeader(numValues: number, encoding: keyof typeof PageEncoding, size: number): Uint8Array {
  checkSize(size);
  const { RLE } = PageEncoding;
  const header = struct(i32(1, numValues), i32(2, PageEncoding[encoding]), i32(3, RLE), i32(4, RLE));
  return serialize(struct(i32(1, PageType.DATA_PAGE), i32(2, size), i32(3, size), nested(5, header)));
}

/** The header of a dictionary page of `size` bytes. */
export function dictionaryPageHeader(numValues: number, size: number): Uint8Array {
  checkSize(size);
  const header = struct(i32(1, numValues), i32(2, PageEncoding.PLAIN));
  return serialize(struct(i32(1, PageType.DICTIONARY_PAGE), i32(2, size), i32(3, size), nested(7, header)));
}
