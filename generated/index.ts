/** Parsers of the files of a QuestDB database; made by generator/main.ts from formats/. */

export { BinaryValue } from './BinaryValue.js';
export { BindValue } from './BindValue.js';
export { ColumnSlot } from './ColumnSlot.js';
export { ColumnType } from './ColumnType.js';
export { Event } from './Event.js';
export { EventIndex } from './EventIndex.js';
export { SegmentMeta } from './SegmentMeta.js';
export { SequencerMeta } from './SequencerMeta.js';
export { Str16 } from './Str16.js';
export { SymbolChars } from './SymbolChars.js';
export { SymbolOffsets } from './SymbolOffsets.js';
export { TableMeta } from './TableMeta.js';
export { TableName } from './TableName.js';
export { TableRegistry } from './TableRegistry.js';
export { Txn } from './Txn.js';
export { Txnlog } from './Txnlog.js';
export { TxnlogMeta } from './TxnlogMeta.js';
export { TxnlogMetaIndex } from './TxnlogMetaIndex.js';
export { TxnlogPart } from './TxnlogPart.js';
