/**
 * A fixed sample of damage over the fixtures: nothing may crash, hang, be invented or be lost in silence. Run by the command
 * line in processes of their own; `make fuzz` runs many times more.
 */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { start } from '../cli/run.js';
import { fixture } from '../helpers/fixtures.js';

/** Fixtures that run side by side, and the cases of each share. */
const SHARES = [
  {
    fixtures: ['01-trades-v1', '04-all-types-v2', '07-symbol-reuse', '09-watermark', '14-release-7.2.1', '17-lag'],
    cases: 1800,
  },
  {
    fixtures: [
      '02-all-types-v1',
      '05-multi-segment',
      '06-sql-events',
      '08-ooo-replace-dedup',
      '14-release-9.0.3',
      '12-names',
    ],
    cases: 1800,
  },
] as const;

interface Report {
  readonly cases: number;
  readonly kinds: Readonly<Record<string, { readonly cases: number; readonly recovered: number }>>;
  readonly clean: readonly unknown[];
  readonly violations: readonly unknown[];
}

it('holds every invariant on a fixed sample', { timeout: 180_000 }, async () => {
  const runs = SHARES.map(({ fixtures, cases }) => {
    const roots = fixtures.map((name) => join(fixture(name), 'db'));
    return start(['fuzz', ...roots, '--cases', String(cases), '--workers', '1', '--json']).ended;
  });
  const outcomes = await Promise.all(runs);
  const kinds = new Map<string, number>();
  for (const [i, { code, out, err }] of outcomes.entries()) {
    expect(err).toBe('');
    const report = JSON.parse(out) as Report;
    expect(report.clean).toEqual([]);
    expect(report.violations).toEqual([]);
    expect(code).toBe(0);
    // Some kinds have nothing to work on in some fixtures; all others were cases.
    expect(report.cases).toBeGreaterThan((SHARES[i]?.cases ?? 0) * 0.9);
    for (const [kind, count] of Object.entries(report.kinds)) kinds.set(kind, (kinds.get(kind) ?? 0) + count.cases);
  }
  const { KIND_NAMES } = await import('../../src/corrupt/damageCase.js');
  expect([...kinds.keys()].sort()).toEqual([...KIND_NAMES].sort());
});
