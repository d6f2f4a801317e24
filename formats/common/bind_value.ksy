meta:
  id: bind_value
  title: QuestDB bind variable value
  license: Apache-2.0
  ks-version: 0.11
  endian: le
  imports:
    - binary_value
    - column_type
    - str16
doc: |
  The value of a bind variable of a SQL event. Numbers are null at the smallest value of their width, floats at NaN, IPv4 at 0.
  No other type can be written.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java
seq:
  - id: type
    type: column_type
    valid:
      expr: |
        (_.tag.to_i >= 1 and _.tag.to_i <= 11) or (_.tag.to_i >= 14 and _.tag.to_i <= 19) or
        (_.tag.to_i >= 25 and _.tag.to_i <= 33)
  - id: value
    type:
      switch-on: type.tag
      cases:
        'column_type::column_tag::boolean': u1
        'column_type::column_tag::byte': s1
        'column_type::column_tag::geobyte': s1
        'column_type::column_tag::decimal8': s1
        'column_type::column_tag::short': s2
        'column_type::column_tag::geoshort': s2
        'column_type::column_tag::decimal16': s2
        'column_type::column_tag::char': u2
        'column_type::column_tag::int': s4
        'column_type::column_tag::ipv4': s4
        'column_type::column_tag::geoint': s4
        'column_type::column_tag::decimal32': s4
        'column_type::column_tag::long': s8
        'column_type::column_tag::date': s8
        'column_type::column_tag::timestamp': s8
        'column_type::column_tag::geolong': s8
        'column_type::column_tag::decimal64': s8
        'column_type::column_tag::float': f4
        'column_type::column_tag::double': f8
        'column_type::column_tag::string': str16
        'column_type::column_tag::varchar': varchar_plain
        'column_type::column_tag::binary': binary_value
        'column_type::column_tag::uuid': uuid_value
        'column_type::column_tag::array': array_value
        'column_type::column_tag::decimal128': decimal128_value
        'column_type::column_tag::decimal256': decimal256_value
types:
  varchar_plain:
    doc: UTF-8 text behind a header that holds its length. -1 is null; the smallest int32 is the empty string.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/VarcharTypeDriver.java
    seq:
      - id: header
        type: s4
        valid:
          expr: _ == -1 or (_ & 0x7fffffff) <= _io.size - _io.pos
        doc: Bits 0 to 30, bytes of text; bit 31, all of it is ASCII.
      - id: value
        type: str
        encoding: UTF-8
        size: header & 0x7fffffff
        if: header != -1
  uuid_value:
    doc: A UUID; its text is the high half, then the low one.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java
    seq:
      - id: lo
        type: s8
      - id: hi
        type: s8
  array_value:
    doc: An array, or null.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/arr/ArrayTypeDriver.java
    seq:
      - id: len_value
        type: s8
        valid:
          max: _io.size - _io.pos
        doc: Bytes that follow; 0 or less is null.
      - id: value
        type: array_body
        size: len_value
        if: len_value > 0
  array_body:
    doc: Type, shape and elements of an array.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/arr/ArrayTypeDriver.java
    seq:
      - id: type
        type: column_type
      - id: shape
        type: s4
        repeat: expr
        repeat-expr: num_dims
        doc: Length of each dimension.
      - id: values
        type: f8
        repeat: until
        repeat-until: _io.size - _io.pos < 8
        if: _io.size - _io.pos >= 8
        doc: Row-major.
      - id: surplus
        size-eos: true
    instances:
      num_dims:
        value: ((type.code >> 14) & 0x1f) + 1
  decimal128_value:
    doc: A decimal of up to 38 digits, unscaled, high half first.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/std/Decimal128.java
    seq:
      - id: high
        type: s8
      - id: low
        type: u8
  decimal256_value:
    doc: A decimal of up to 76 digits, unscaled, most significant quarter first.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/std/Decimal256.java
    seq:
      - id: hh
        type: s8
      - id: hl
        type: u8
      - id: lh
        type: u8
      - id: ll
        type: u8
