meta:
  id: txnlog_meta_index
  title: QuestDB index of structural changes (txn_seq/_txnlog.meta.i)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: |
  Entry 0 is 0, entry k is the end offset of structural change k in `_txnlog.meta.d`: change k is at
  [entry k - 1, entry k). Grows by pages, zero filled: an entry that is not above its predecessor ends the list.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/seq/TableTransactionLogFile.java
instances:
  entries:
    pos: 0
    type: s8
    repeat: expr
    repeat-expr: _io.size / 8
