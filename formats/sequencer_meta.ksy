meta:
  id: sequencer_meta
  title: QuestDB sequencer metadata (txn_seq/_meta)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
  imports:
    - common/column_slot
doc: |
  The columns of a WAL table as the sequencer knows them: the structure after the last structural change. Rewritten in place;
  bytes past `len_valid` are zero or stale. `len_valid` is not checked here, so that the slots of a torn file can
  still be read: the reader compares it with the bytes that the slots took.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/seq/SequencerMetadata.java
seq:
  - id: len_valid
    -orig-id: size
    type: s4
    doc: Bytes of the file that count; 0 while the file is being rewritten.
  - id: version
    -orig-id: WAL_FORMAT_VERSION
    type: s4
    doc: 0 in every release.
  - id: structure_version
    type: s8
    doc: Number of structural changes; -2 after DROP TABLE.
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
    doc: Up to 8.2.0 1 when the table is suspended; later always 0.
  - id: slots
    type: column_slot
    repeat: expr
    repeat-expr: num_slots
  - id: read_order
    type: read_order
    if: len_valid - _io.pos >= 12
    doc: Since 8.1.
types:
  read_order:
    doc: The order in which columns are listed. The server ignores it when the checksum is wrong.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/seq/SequencerMetadata.java
    seq:
      - id: checksum
        type: s8
        doc: c = number of slots; for each slot c = 31 c + type, c = 31 c + Java hash of the name; wrapping.
      - id: num_entries
        type: s4
        valid:
          min: 0
          max: (_io.size - _io.pos) / 4
      - id: entries
        type: s4
        repeat: expr
        repeat-expr: num_entries
        doc: For each slot the number of the slot whose place it takes, its own normally.
