// Made by generator/main.ts from formats/upgrade.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { Upgrade as code } from './code/Upgrade.js';

/** Which migrations of the database are done; does not tell the release. */
export interface Upgrade extends KaitaiNode {
  /** 426 in every release. */
  readonly tableVersion: number;
  readonly migrationVersion: number;
}

export const Upgrade = code as unknown as GeneratedType<Upgrade>;
