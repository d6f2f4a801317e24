/**
 * Arrow IPC streams (Arrow Columnar Format, "IPC Streaming Format") of one record batch, for parquet-wasm alone: the few
 * physical types that Parquet has, laid out from the chunks' own buffers without apache-arrow's classes, whose loading
 * and copying would cost more than the encoding of a small table.
 */
import { Binary } from 'apache-arrow/fb/binary';
import { Bool } from 'apache-arrow/fb/bool';
import { Buffer as BufferNode } from 'apache-arrow/fb/buffer';
import { Endianness } from 'apache-arrow/fb/endianness';
import { Field } from 'apache-arrow/fb/field';
import { FieldNode } from 'apache-arrow/fb/field-node';
import { FixedSizeBinary } from 'apache-arrow/fb/fixed-size-binary';
import { FloatingPoint } from 'apache-arrow/fb/floating-point';
import { Int } from 'apache-arrow/fb/int';
import { List } from 'apache-arrow/fb/list';
import { Message } from 'apache-arrow/fb/message';
import { MessageHeader } from 'apache-arrow/fb/message-header';
import { MetadataVersion } from 'apache-arrow/fb/metadata-version';
import { Precision } from 'apache-arrow/fb/precision';
import { RecordBatch } from 'apache-arrow/fb/record-batch';
import { Schema } from 'apache-arrow/fb/schema';
import { Type } from 'apache-arrow/fb/type';
import { Builder, type Offset } from 'flatbuffers';
import type { ParquetColumn } from './schema.js';

/** One column of a batch, its LIST levels before its values. */
export interface ArrowArray {
  /** Length and NULLs of each level. */
  readonly nodes: readonly (readonly [length: number, nullCount: number])[];
  /** Validity, offsets and values of each level, as its type has them; an empty validity: no NULLs. */
  readonly buffers: readonly Uint8Array[];
}

/** Buffers start at multiples of this many bytes, which suits every type. */
const ALIGNMENT = 8;
const CONTINUATION = 0xffffffff;
/** Continuation mark and length, before each message. */
const PREFIX_BYTES = 8;
const INITIAL_BUILDER_BYTES = 1024;

const padded = (length: number): number => (length + ALIGNMENT - 1) & -ALIGNMENT;

/** The Arrow type of a leaf: tag and table. */
function leafType(builder: Builder, column: ParquetColumn): [Type, Offset] {
  switch (column.type) {
    case 'BOOLEAN':
      return [Type.Bool, Bool.createBool(builder)];
    case 'INT32':
      return [Type.Int, Int.createInt(builder, 32, true)];
    case 'INT64':
      return [Type.Int, Int.createInt(builder, 64, true)];
    case 'FLOAT':
      return [Type.FloatingPoint, FloatingPoint.createFloatingPoint(builder, Precision.SINGLE)];
    case 'DOUBLE':
      return [Type.FloatingPoint, FloatingPoint.createFloatingPoint(builder, Precision.DOUBLE)];
    case 'BYTE_ARRAY':
      return [Type.Binary, Binary.createBinary(builder)];
    case 'FIXED_LEN_BYTE_ARRAY':
      return [Type.FixedSizeBinary, FixedSizeBinary.createFixedSizeBinary(builder, column.typeLength)];
  }
}

function field(builder: Builder, name: string, nullable: boolean, type: [Type, Offset], child?: Offset): Offset {
  const nameAt = builder.createString(name);
  const children = Field.createChildrenVector(builder, child === undefined ? [] : [child]);
  Field.startField(builder);
  Field.addName(builder, nameAt);
  Field.addNullable(builder, nullable);
  Field.addTypeType(builder, type[0]);
  Field.addType(builder, type[1]);
  Field.addChildren(builder, children);
  return Field.endField(builder);
}

function columnField(builder: Builder, name: string, column: ParquetColumn): Offset {
  if (column.dimensions === 0) return field(builder, name, !column.required, leafType(builder, column));
  let inner = field(builder, 'element', true, leafType(builder, column));
  for (let dimension = column.dimensions; dimension > 0; dimension -= 1) {
    const outermost = dimension === 1;
    const type: [Type, Offset] = [Type.List, List.createList(builder)];
    inner = field(builder, outermost ? name : 'element', outermost && !column.required, type, inner);
  }
  return inner;
}

/** A message as the stream has it: mark, length, flatbuffer, filled up to the alignment. */
function framed(builder: Builder, headerType: MessageHeader, header: Offset, bodyLength: number): Uint8Array {
  const message = Message.createMessage(builder, MetadataVersion.V5, headerType, header, BigInt(bodyLength), 0);
  Message.finishMessageBuffer(builder, message);
  const flatbuffer = builder.asUint8Array();
  const out = new Uint8Array(PREFIX_BYTES + padded(flatbuffer.byteLength));
  const view = new DataView(out.buffer);
  view.setUint32(0, CONTINUATION, true);
  view.setInt32(PREFIX_BYTES / 2, out.byteLength - PREFIX_BYTES, true);
  out.set(flatbuffer, PREFIX_BYTES);
  return out;
}

/** The schema message of columns that bear the names `names`. */
export function schemaMessage(columns: readonly ParquetColumn[], names: readonly string[]): Uint8Array {
  const builder = new Builder(INITIAL_BUILDER_BYTES);
  const fields = columns.map((column, index) => columnField(builder, names[index]!, column));
  const schema = Schema.createSchema(
    builder,
    Endianness.Little,
    Schema.createFieldsVector(builder, fields),
    Schema.createCustomMetadataVector(builder, []),
    Schema.createFeaturesVector(builder, []),
  );
  return framed(builder, MessageHeader.Schema, schema, 0);
}

/** Flatbuffers are built back to front: vectors of structs take their last entry first. */
function batchHeader(builder: Builder, rows: number, arrays: readonly ArrowArray[]): Offset {
  const nodes = arrays.flatMap((array) => array.nodes);
  const buffers = arrays.flatMap((array) => array.buffers);
  RecordBatch.startNodesVector(builder, nodes.length);
  for (const [length, nullCount] of nodes.toReversed()) {
    FieldNode.createFieldNode(builder, BigInt(length), BigInt(nullCount));
  }
  const nodesAt = builder.endVector();
  let end = buffers.reduce((sum, buffer) => sum + padded(buffer.byteLength), 0);
  RecordBatch.startBuffersVector(builder, buffers.length);
  for (const buffer of buffers.toReversed()) {
    end -= padded(buffer.byteLength);
    BufferNode.createBuffer(builder, BigInt(end), BigInt(buffer.byteLength));
  }
  const buffersAt = builder.endVector();
  RecordBatch.startRecordBatch(builder);
  RecordBatch.addLength(builder, BigInt(rows));
  RecordBatch.addNodes(builder, nodesAt);
  RecordBatch.addBuffers(builder, buffersAt);
  return RecordBatch.endRecordBatch(builder);
}

let scratch = new Uint8Array(0);

/** At least `length` bytes, whatever is in them. */
function scratchOf(length: number): Uint8Array {
  if (scratch.byteLength < length) scratch = new Uint8Array(length);
  return scratch.subarray(0, length);
}

/**
 * A whole stream: `schema` (from `schemaMessage`), one batch of `rows` rows, end of stream. Valid until the next call:
 * the same memory is used again, since fresh memory would cost more than the copying.
 */
export function ipcStream(schema: Uint8Array, rows: number, arrays: readonly ArrowArray[]): Uint8Array {
  const buffers = arrays.flatMap((array) => array.buffers);
  const bodyLength = buffers.reduce((sum, buffer) => sum + padded(buffer.byteLength), 0);
  const builder = new Builder(INITIAL_BUILDER_BYTES);
  const batch = framed(builder, MessageHeader.RecordBatch, batchHeader(builder, rows, arrays), bodyLength);
  const out = scratchOf(schema.byteLength + batch.byteLength + bodyLength + PREFIX_BYTES);
  out.set(schema, 0);
  out.set(batch, schema.byteLength);
  let at = schema.byteLength + batch.byteLength;
  for (const buffer of buffers) {
    out.set(buffer, at);
    at += padded(buffer.byteLength);
  }
  const end = new DataView(out.buffer, out.byteOffset + at, PREFIX_BYTES);
  end.setUint32(0, CONTINUATION, true);
  end.setInt32(PREFIX_BYTES / 2, 0, true);
  return out;
}
