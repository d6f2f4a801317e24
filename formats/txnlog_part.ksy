meta:
  id: txnlog_part
  title: QuestDB sequencer transaction log part (txn_seq/_txn_parts/<n>)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
  imports:
    - txnlog
doc: |
  A part file of a transaction log of format V2: nothing but records, `num_part_txns` (of `_txnlog`) of them, those that
  are not written yet all zero. Part n holds transactions n * num_part_txns + 1 and following.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/seq/TableTransactionLogV2.java
instances:
  records:
    pos: 0
    type: txnlog::record_v2
    repeat: expr
    repeat-expr: _io.size / sizeof<txnlog::record_v2>
