import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DAMAGE_WORDS } from '../../src/cli/damageWords.js';
import { DAMAGE_CODES } from '../../src/damage.js';

const DOCUMENT = readFileSync(new URL('../../docs/damage.md', import.meta.url), 'utf8');

/** Code and severity of each section. */
const documented = [...DOCUMENT.matchAll(/^### `(\w+)`\n\n\*(\w+)\.\* ([^\n]+)/gm)].map(
  ([, code, severity, text = '']) => ({ code, severity, text }),
);

describe('docs/damage.md', () => {
  it('explains every damage code with its usual severity, in the order of the list, and nothing else', () => {
    const codes = Object.entries(DAMAGE_CODES).map(([code, severity]) => [code, severity]);
    expect(documented.map(({ code, severity }) => [code, severity])).toEqual(codes);
    expect(DOCUMENT.match(/^### /gm)).toHaveLength(codes.length);
  });

  it('names no code that is not there', () => {
    const others = ['lost', 'applied_unpurged', 'in_lag', 'unknown', 'unapplied', 'encode_failed', 'txn_seq'];
    const named = [...DOCUMENT.matchAll(/`([a-z]+(?:_[a-z0-9]+)+)`/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !(name in DAMAGE_CODES) && !others.includes(name))).toEqual([]);
  });
});

describe('the words of the summary', () => {
  it('say something to every code, and what to do about every loss', () => {
    expect(Object.keys(DAMAGE_WORDS)).toEqual(Object.keys(DAMAGE_CODES));
    const silent = Object.entries(DAMAGE_CODES).filter(
      ([code, severity]) => severity === 'loss' && DAMAGE_WORDS[code as keyof typeof DAMAGE_WORDS].todo === '',
    );
    expect(silent).toEqual([]);
  });
});
