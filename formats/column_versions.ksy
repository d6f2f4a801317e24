meta:
  id: column_versions
  title: QuestDB column versions (_cv)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: |
  Where columns begin and how their files are called, when that is not the default. Two areas are written in turn: an even
  `version` makes area A current, an odd one area B.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/ColumnVersionReader.java
seq:
  - id: version
    -orig-id: OFFSET_VERSION_64
    type: s8
    doc: Equal to `column_version` of `_txn`.
  - id: area_a
    type: area
  - id: area_b
    type: area
instances:
  entries_a:
    pos: area_a.ofs_entries
    type: entry
    repeat: expr
    repeat-expr: area_a.len_entries / sizeof<entry>
    if: area_a.is_inside
  entries_b:
    pos: area_b.ofs_entries
    type: entry
    repeat: expr
    repeat-expr: area_b.len_entries / sizeof<entry>
    if: area_b.is_inside
types:
  area:
    doc: Where a list of entries is; all zero when the area was never written.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/ColumnVersionReader.java
    seq:
      - id: ofs_entries
        type: s8
      - id: len_entries
        type: s8
    instances:
      is_inside:
        value: ofs_entries >= 0 and len_entries >= 0 and ofs_entries + len_entries <= _io.size
        doc: False when the entries would not be in the file. Not an error here, since only one of the areas counts.
  entry:
    doc: One column, or one column in one partition; sorted by partition, then column.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/ColumnVersionReader.java
    seq:
      - id: partition_timestamp
        type: s8
        doc: |
          Start of the partition, in the unit of the designated timestamp. The smallest int64: the column wherever there is no entry of
          its own. The smallest but one: the symbol table of the column.
      - id: column_index
        type: s8
        doc: Column slot.
      - id: column_name_txn
        type: s8
        doc: Suffix of the names of the column's files, -1 for none.
      - id: column_top
        type: s8
        doc: |
          Rows of the partition before the column's first one; with the smallest int64 as partition the start of the
          partition in which the column was added.
