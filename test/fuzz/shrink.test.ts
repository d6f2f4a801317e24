/** Damage made by a property-based test, which finds the smallest damage that breaks something. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CanaryName, withCanary } from '../../src/corrupt/canary.js';
import { type DamageCase, damageCase } from '../../src/corrupt/damageCase.js';
import { randomOfDraws } from '../../src/corrupt/random.js';
import { type CaseResult, type Harness, runDamage } from '../../src/corrupt/runCase.js';
import { walrescue } from '../../src/corrupt/system.js';
import { harnessOf } from '../corrupt/harness.js';

/** Draws that a kind, a target, a place and a value are chosen by; smaller ones choose what comes first. */
const draws = fc.array(fc.nat({ max: 0xffffffff }), { minLength: 1, maxLength: 12 });

const damageOf = ({ truth }: Harness, numbers: readonly number[]): DamageCase | undefined =>
  damageCase(truth.source, truth.targets, randomOfDraws(numbers));

it('nothing is broken by damage of any making', async () => {
  const harness = await harnessOf('07-symbol-reuse');
  await fc.assert(
    fc.asyncProperty(draws, async (numbers) => {
      const damage = damageOf(harness, numbers);
      if (damage === undefined) return;
      const { findings, notes } = await runDamage(harness, damage);
      expect(findings, JSON.stringify(notes)).toEqual([]);
    }),
    { numRuns: 150, seed: 1 },
  );
}, 60_000);

it('what breaks is shrunk to little', async () => {
  const canary: CanaryName = 'silent';
  const harness = await harnessOf('01-trades-v1', withCanary(canary, walrescue));
  const results = new Map<string, CaseResult>();
  const outcome = await fc.check(
    fc.asyncProperty(draws, async (numbers) => {
      const damage = damageOf(harness, numbers);
      if (damage === undefined) return true;
      const result = await runDamage(harness, damage);
      results.set(String(numbers), result);
      return result.findings.length === 0;
    }),
    { numRuns: 300, seed: 1 },
  );
  expect(outcome.failed).toBe(true);
  const [smallest] = outcome.counterexample ?? [];
  expect(outcome.numShrinks).toBeGreaterThan(0);
  expect(smallest?.length).toBeLessThan(6);
  expect(results.get(String(smallest))?.findings.map(({ invariant }) => invariant)).toContain('nothing_silent');
}, 60_000);
