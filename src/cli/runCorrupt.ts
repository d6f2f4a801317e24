/** The work of `walrescue corrupt`. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DamageCase, DISK_KINDS, damageCase } from '../corrupt/damageCase.js';
import { randomOf } from '../corrupt/random.js';
import { findTargets } from '../corrupt/targets.js';
import { openDatabase } from '../database.js';
import { toJson } from '../json.js';
import { CREATED_BY } from '../parquet/version.js';
import { RequestError } from '../requestError.js';
import { nodeSource } from '../source/node.js';
import { prepareOutput } from '../source/nodeOutputFolder.js';
import { copyTree } from './copyTree.js';
import { EXIT } from './exitCodes.js';
import { UsageError } from './failure.js';
import type { CorruptCommandOptions } from './harnessOptions.js';
import { writeOut } from './stdio.js';
import { printable } from './text.js';

/** The kinds that were asked for; a `UsageError` for a name that is none. */
export function kindsOf(asked: readonly string[] | undefined, known: readonly string[]): readonly string[] {
  const unknown = asked?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length > 0)
    throw new UsageError(`no such kind of damage: ${unknown.join(', ')}; there are ${known.join(', ')}`);
  return asked ?? known;
}

const noteOf = (root: string, seed: number, damaged: DamageCase) => ({
  tool: CREATED_BY,
  dbRoot: root,
  seed,
  kind: damaged.kind,
  damage: damaged.notes,
});

/** Makes the damaged copy and its note; gives the exit code. */
export function runCorrupt(root: string, { outputDir, seed, kind }: CorruptCommandOptions): number {
  const kinds = kindsOf(kind, DISK_KINDS);
  const { source } = openDatabase(root, nodeSource(root));
  const prepared = prepareOutput(outputDir, root, false);
  const copy = join(outputDir, 'db');
  if (existsSync(copy)) throw new RequestError(`${copy} is there already`);
  const damaged = damageCase(source, findTargets(source), randomOf(seed), kinds);
  if (damaged === undefined) throw new RequestError(`${root} has nothing that can be damaged in this way`);
  prepared.begin();
  copyTree(source, damaged.mutations, copy);
  writeFileSync(join(outputDir, 'note.json'), toJson(noteOf(root, seed, damaged)));
  for (const { kind: name, file, did } of damaged.notes) writeOut(`${name}: ${printable(file)}: ${printable(did)}\n`);
  writeOut(`${printable(copy)} is damaged; ${printable(join(outputDir, 'note.json'))} says where.\n`);
  return EXIT.whole;
}
