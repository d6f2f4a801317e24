meta:
  id: segment_meta
  title: QuestDB WAL segment metadata (wal<n>/<segment>/_meta)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
  imports:
    - common/column_slot
doc: |
  The columns of a WAL segment. As `sequencer_meta`, without the read order. Zero filled behind `len_valid` until the
  segment is closed. `len_valid` is not checked here, so that the slots of a torn file can still be read: the reader
  compares it with the bytes that the slots took.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalWriterMetadata.java
seq:
  - id: len_valid
    -orig-id: size
    type: s4
    doc: Bytes of the file that count; 0 with 0 slots is a torn first write.
  - id: version
    -orig-id: WAL_FORMAT_VERSION
    type: s4
    doc: 0 in every release.
  - id: structure_version
    type: s8
    doc: Structure version when this file was written; changes that need no file change do not raise it.
  - id: num_slots
    -orig-id: columnCount
    type: s4
    valid:
      min: 0
      max: (_io.size - _io.pos - 9) / 8
    doc: Column slots, those of deleted columns too.
  - id: timestamp_index
    type: s4
    doc: Slot of the designated timestamp, -1 for none.
  - id: table_id
    type: s4
  - id: suspended
    type: u1
    doc: Not used.
  - id: slots
    type: column_slot
    repeat: expr
    repeat-expr: num_slots
