meta:
  id: upgrade
  title: QuestDB migration state (_upgrade.d)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: Which migrations of the database are done; does not tell the release.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/mig/EngineMigration.java
seq:
  - id: table_version
    type: s4
    doc: 426 in every release.
  - id: migration_version
    type: s4
