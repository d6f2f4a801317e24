/**
 * Structs in Thrift's compact protocol, through hyparquet-writer's serializer. Fields are typed one by one: its own
 * guessing of types from values would write an `i8` (the bit width of an integer type) as an `i32`.
 */
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { serializeTCompactProtocol, ThriftStruct } from 'hyparquet-writer/src/thrift.js';

const ThriftType = { TRUE: 1, FALSE: 2, I8: 3, I32: 5, I64: 6, BINARY: 8, LIST: 9, STRUCT: 12 } as const;

export type Struct = ThriftStruct;
export type Field = [id: number, type: number, value: unknown];

/** A struct of the fields that are there, in ascending order of their ids. */
export const struct = (...fields: (Field | undefined)[]): Struct =>
  new ThriftStruct(fields.filter((field) => field !== undefined) as ThriftStruct['fields']);

export const i8 = (id: number, value: number): Field => [id, ThriftType.I8, value];
export const i32 = (id: number, value: number | undefined): Field | undefined =>
  value === undefined ? undefined : [id, ThriftType.I32, value];
export const i64 = (id: number, value: number | bigint): Field => [id, ThriftType.I64, BigInt(value)];
export const bool = (id: number, value: boolean): Field => [id, value ? ThriftType.TRUE : ThriftType.FALSE, value];
/** Binary, or text in UTF-8. */
export const bytes = (id: number, value: string | Uint8Array): Field => [id, ThriftType.BINARY, value];
/** A list of structs, texts, or i32 values; all of one kind. */
export const list = (id: number, values: unknown[]): Field => [id, ThriftType.LIST, values];
export const nested = (id: number, value: Struct | undefined): Field | undefined =>
  value === undefined ? undefined : [id, ThriftType.STRUCT, value];

const writer = new ByteWriter();
/** In a field's first byte the type, below the distance of its id from the one before. */
const TYPE_BITS = 4;

/** The bytes of a struct. */
export function serialize(value: Struct): Uint8Array {
  writer.index = 0;
  serializeTCompactProtocol(writer, value as unknown as Parameters<typeof serializeTCompactProtocol>[1]);
  return writer.getBytes().slice();
}

/** The bytes of the fields of a struct, as they stand in a larger one between field `after` and its next ones or its end. */
export function serializeFields(after: number, ...fields: (Field | undefined)[]): Uint8Array {
  const first = fields.find((field) => field !== undefined);
  const bytes = serialize(struct(...fields)).subarray(0, -1);
  if (first === undefined) return bytes;
  bytes[0] = ((first[0] - after) << TYPE_BITS) | first[1];
  return bytes;
}

/** The end of a struct. */
export const STRUCT_END = 0;
