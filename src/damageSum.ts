/** Damage of a segment summed up: one entry for what is the same, and a bound on how many entries there are. */
import { type Damage, damage } from './damage.js';
import { MAX_DAMAGE_PER_SEGMENT } from './limits.js';

const sum = (a: bigint | undefined, b: bigint | undefined): bigint => (a ?? 0n) + (b ?? 0n);

/** `known` with the cost of `one` added. */
function joined(known: Damage, one: Damage): Damage {
  const [rows, cells] = [sum(known.rows, one.rows), sum(known.cells, one.cells)];
  return { ...known, ...(rows === 0n ? {} : { rows }), ...(cells === 0n ? {} : { cells }) };
}

/** What is past the bound, as one entry per code and severity that says how many there were. */
function remainder(rest: readonly Damage[]): Damage[] {
  const kinds = new Map<string, { count: number; sum: Damage }>();
  for (const one of rest) {
    const key = `${one.code} ${one.severity}`;
    const known = kinds.get(key);
    kinds.set(
      key,
      known === undefined ? { count: 1, sum: one } : { count: known.count + 1, sum: joined(known.sum, one) },
    );
  }
  return [...kinds.values()].map(({ count, sum: { code, severity, file, rows, cells } }) =>
    damage(code, file, {
      severity,
      actual: `${count} more of the same kind`,
      ...(rows === undefined ? {} : { rows }),
      ...(cells === undefined ? {} : { cells }),
    }),
  );
}

/**
 * Damage of one kind at one place joined into one entry, with what it costs added up; at most `MAX_DAMAGE_PER_SEGMENT`
 * entries and one for each kind of what is past them.
 */
export function sumDamage(found: readonly Damage[]): readonly Damage[] {
  const distinct = new Map<string, Damage>();
  for (const one of found) {
    const key = JSON.stringify([one.code, one.severity, one.file, one.column ?? null, one.segmentTxn ?? null]);
    const known = distinct.get(key);
    distinct.set(key, known === undefined ? one : joined(known, one));
  }
  const all = [...distinct.values()];
  return [...all.slice(0, MAX_DAMAGE_PER_SEGMENT), ...remainder(all.slice(MAX_DAMAGE_PER_SEGMENT))];
}
