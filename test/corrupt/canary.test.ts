import { expect, it } from 'vitest';
import { CANARIES, type CanaryName, withCanary } from '../../src/corrupt/canary.js';
import { INVARIANTS, type Invariant } from '../../src/corrupt/finding.js';
import { fuzz } from '../../src/corrupt/fuzz.js';
import { walrescue } from '../../src/corrupt/system.js';
import { harnessOf } from './harness.js';

/** Enough for several thorough cases and for most kinds of files. */
const CASES = 64;

it.each(Object.keys(CANARIES) as CanaryName[])('notices that the tool %s', async (name) => {
  const harness = await harnessOf('01-trades-v1', withCanary(name, walrescue));
  const broken = new Set<string>(harness.clean.map(({ invariant }) => invariant));
  const report = await fuzz(harness, {
    cases: CASES,
    onViolation: ({ findings }) => {
      for (const { invariant } of findings) broken.add(invariant);
    },
  });
  expect(broken).toContain(CANARIES[name].breaks);
  if (name !== 'false_alarm') expect(report.violations).toBeGreaterThan(0);
});

it('has a canary for every invariant but the one that needs no run', () => {
  const broken = new Set<Invariant>(Object.values(CANARIES).map(({ breaks }) => breaks));
  // That damage adds no rows is shown on made-up files in compareFile.test.ts.
  expect(Object.keys(INVARIANTS).filter((name) => !broken.has(name as Invariant))).toEqual(['monotony']);
});
