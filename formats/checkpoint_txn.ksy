meta:
  id: checkpoint_txn
  title: QuestDB sequencer position of a checkpoint (.checkpoint/db/<table>/txn_seq/_txn)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: |
  The transaction of the sequencer at which a checkpoint took its copy of the table. The file is called `_txn` but is not a `txn`.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/DatabaseCheckpointAgent.java
seq:
  - id: seq_txn
    type: s8
