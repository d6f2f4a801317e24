/**
 * The parsers of QuestDB's files, made from `formats/*.ksy`, with what it takes to use them: `walrescue/formats`.
 */
export * from '../generated/index.js';
export {
  lazy,
  type Parsed,
  type ParseFailure,
  parse,
  parseLean,
  type Span,
  sizeOf,
  span,
  text,
} from './kaitai/parse.js';
export type { EnumMap, GeneratedType, KaitaiNode } from './kaitai/types.js';
