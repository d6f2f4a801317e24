/** Damage for people: what is lost, where, and what to do; many of a kind as one. */
import type { Damage } from '../damage.js';
import { DAMAGE_WORDS } from './damageWords.js';
import { firstOf, type Line } from './lines.js';
import { counted } from './text.js';

/** Places named for one kind of damage; the manifest has all. */
const MAX_PLACES = 3;

/** How the system's own errors begin. */
const SYSTEM_CODE = /^E[A-Z]+: /;
const DENIED = /^(?:EACCES|EPERM): /;

/** Damage of one code and severity. */
function groups(found: readonly Damage[]): ReadonlyMap<string, readonly Damage[]> {
  const map = new Map<string, Damage[]>();
  for (const one of found) {
    const key = `${one.code} ${one.severity}`;
    const known = map.get(key);
    if (known === undefined) map.set(key, [one]);
    else known.push(one);
  }
  return map;
}

const sum = (values: readonly (bigint | undefined)[]): bigint => values.reduce<bigint>((a, b) => a + (b ?? 0n), 0n);

/** `columns price, qty; 18 cells` */
function costOf(found: readonly Damage[]): string {
  const columns = [...new Set(found.flatMap((d) => d.column ?? []))];
  const { shown, more } = firstOf(columns, MAX_PLACES);
  const named = shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
  const [rows, cells] = [sum(found.map((d) => d.rows)), sum(found.map((d) => d.cells))];
  return [
    columns.length === 0 ? '' : `${columns.length === 1 ? 'column' : 'columns'} ${named}`,
    rows === 0n ? '' : counted(rows, 'row'),
    cells === 0n ? '' : counted(cells, 'cell'),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** `trades~7/wal1/0/price.d at byte 72: expected 144 bytes, found 72 bytes`; that what is missing is not there needs no saying. */
function placeOf({ code, file, byteOffset, expected, actual, seqTxn }: Damage): string {
  const place = file === '' ? 'the database folder' : file;
  const txn = seqTxn === undefined ? '' : ` (seqTxn ${seqTxn})`;
  if (code === 'output_failed') return (actual ?? '').replace(SYSTEM_CODE, '').replace(/, \w+.*$/, '');
  if (code.endsWith('_missing')) return `${place}${txn}`;
  const at = byteOffset === undefined ? '' : ` at byte ${byteOffset}`;
  const seen = (actual ?? '').replace(SYSTEM_CODE, '');
  const isRefusal = seen !== (actual ?? '');
  const about =
    expected === undefined || isRefusal ? seen : `expected ${expected}${seen === '' ? '' : `, found ${seen}`}`;
  return `${place}${at}${txn}${about === '' ? '' : `: ${about}`}`;
}

/** What to do about losses of one kind; where the files are there and may not be read, that comes first. */
function adviceFor(found: readonly Damage[]): string {
  const isDenied = found.every((d) => DENIED.test(d.actual ?? ''));
  return isDenied
    ? 'run again as a user who may read these files'
    : DAMAGE_WORDS[found[0]?.code ?? 'file_unreadable'].todo;
}

/** One kind of loss: what it is, up to three places, what to do unless that is `said` already. */
function lossLines(found: readonly Damage[], indent: number, said: Set<string>): Line[] {
  const [first] = found;
  if (first === undefined) return [];
  const { what } = DAMAGE_WORDS[first.code];
  const todo = adviceFor(found);
  const cost = costOf(found);
  const places = [...new Set(found.map(placeOf))];
  const { shown, more } = firstOf(places, MAX_PLACES);
  const isNew = todo !== '' && !said.has(todo);
  said.add(todo);
  return [
    { text: `${what}${cost === '' ? '' : `: ${cost}`}. [${first.code}]`, kind: 'loss', indent },
    ...shown.map((place) => ({ text: first.code === 'output_failed' ? place : `in ${place}`, indent: indent + 2 })),
    ...(more > 0 ? [{ text: `and in ${counted(more, 'more place')}`, indent: indent + 2 }] : []),
    ...(isNew ? [{ text: `To do: ${todo}.`, indent: indent + 2 }] : []),
  ];
}

/** One kind of damage that cost nothing, in one line. */
function harmlessLine(found: readonly Damage[], indent: number): Line[] {
  const [first] = found;
  if (first === undefined) return [];
  const { what, harmless } = DAMAGE_WORDS[first.code];
  const others = found.length === 1 ? '' : ` and ${counted(found.length - 1, 'more place')}`;
  return [{ text: `${harmless ?? what}: ${first.file}${others}. [${first.code}]`, kind: 'aside', indent }];
}

/** All damage: losses first, one by one as far as they differ in kind; then what cost nothing. */
export function damageLines(found: readonly Damage[], indent: number): Line[] {
  const kinds = [...groups(found).values()];
  const said = new Set<string>();
  const isLoss = (kind: readonly Damage[]): boolean => kind[0]?.severity === 'loss';
  return [
    ...kinds.filter(isLoss).flatMap((kind) => lossLines(kind, indent, said)),
    ...kinds.filter((kind) => !isLoss(kind)).flatMap((kind) => harmlessLine(kind, indent)),
  ];
}
