meta:
  id: symbol_offsets
  title: QuestDB symbol offsets (<column>.o)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: |
  Where each symbol of a symbol table starts in its `.c` file. The file doesn't tell how many symbols there are: a WAL
  reader knows it from the `clean_count` of the event, a table reader from `_txn`.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/SymbolMapWriter.java
seq:
  - id: symbol_capacity
    -orig-id: HEADER_CAPACITY
    type: s4
  - id: cached
    -orig-id: HEADER_CACHE_ENABLED
    type: u1
    doc: 1 when the server caches the symbols.
  - id: reserved1
    size: 3
  - id: null_flag
    -orig-id: HEADER_NULL_FLAG
    type: u1
    doc: 1 when the column contains NULL.
  - id: reserved2
    size: 55
instances:
  entries:
    pos: sizeof<symbol_offsets>
    type: s8
    repeat: expr
    repeat-expr: (_io.size - sizeof<symbol_offsets>) / 8
    doc: Entry k is the start of symbol k in the `.c` file and the end of symbol k - 1.
