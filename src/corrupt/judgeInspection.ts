/** What the inspector makes of damaged files: never a crash, and a tree that has every byte in one field. */
import { attempt } from '../files.js';
import { inspectFile } from '../inspect/inspectFile.js';
import { treeFault } from '../inspect/soundness.js';
import type { Source } from '../source/source.js';
import type { Findings } from './finding.js';
import { crashOf } from './judgeRun.js';

/** Inspects each of the files that are there. */
export function judgeInspection(damaged: Source, paths: Iterable<string>, findings: Findings): void {
  for (const path of new Set(paths)) {
    if (attempt(path, () => damaged.stat(path)).value?.kind !== 'file') continue;
    try {
      const fault = attempt(path, () => {
        const tree = inspectFile(damaged, path);
        const found = treeFault(tree);
        tree.close();
        return found;
      }).value;
      if (fault !== undefined) findings.add('ends', `inspector: ${fault.replaceAll(/\d+/g, 'n')}`, path);
    } catch (error) {
      const { invariant, text, place } = crashOf(error);
      findings.add(invariant, `inspector: ${text}`, `${path}: ${place}`);
    }
  }
}
