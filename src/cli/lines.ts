/** Lines for people, as data; escaping, wrapping and colour happen in one place, when they are printed. */
import { styleText } from 'node:util';
import { printable, widthOf, wrapped } from './text.js';

/** What a line is to its reader. */
export type LineKind = 'plain' | 'title' | 'good' | 'loss' | 'aside';

export interface Line {
  readonly text: string;
  readonly kind?: LineKind;
  /** Columns to the left of it. */
  readonly indent?: number;
}

const STYLES = { title: 'bold', good: 'green', loss: 'red', aside: 'dim' } as const;

/** Further columns to the left of what is wrapped. */
const HANGING = 2;

/** True when a stream shows colours: NO_COLOR forbids, FORCE_COLOR asks for, else terminals only (no-color.org). */
export function hasColours(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if ((NO_COLOR !== undefined && NO_COLOR !== '') || FORCE_COLOR === '0' || FORCE_COLOR === 'false') return false;
  if (FORCE_COLOR !== undefined) return true;
  return stream.isTTY === true && TERM !== 'dumb';
}

/** The lines as text for a stream: nothing in them but our own colours is acted on by a terminal. */
export function render(lines: readonly Line[], stream: NodeJS.WriteStream): string {
  const [width, coloured] = [widthOf(stream), hasColours(stream)];
  return lines
    .flatMap(({ text, kind = 'plain', indent = 0 }) => {
      const safe = wrapped(printable(text), width, indent, HANGING);
      return coloured && kind !== 'plain' ? safe.map((line) => styleText(STYLES[kind], line)) : safe;
    })
    .map((line) => `${line}\n`)
    .join('');
}

/** The first `most` of them, and how many more there are. */
export function firstOf<T>(items: readonly T[], most: number): { shown: readonly T[]; more: number } {
  return { shown: items.slice(0, most), more: Math.max(0, items.length - most) };
}
