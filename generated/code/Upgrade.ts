// Made by generator/main.ts from formats/upgrade.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * Which migrations of the database are done; does not tell the release.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/mig/EngineMigration.java|Source}
 */

export const Upgrade = (function() {
  function Upgrade(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  Upgrade.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.tableVersion = this._io.readS4le();
    this.migrationVersion = this._io.readS4le();
  }
  Upgrade.prototype._readPlaced = function() {
    this._debug.tableVersion = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.tableVersion = this._io.readS4le();
    this._debug.tableVersion.end = this._io.pos;
    this._debug.migrationVersion = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.migrationVersion = this._io.readS4le();
    this._debug.migrationVersion.end = this._io.pos;
  }

  /**
   * 426 in every release.
   */

  return Upgrade;
})();
Object.assign(Upgrade, { byteSize: 8, specPath: "upgrade", fields: ["tableVersion","migrationVersion"], numSeqFields: 2 });
