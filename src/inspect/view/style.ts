/** Text with a meaning, before it becomes colours of a terminal or classes of a page. */
import type { Field, Problem, Role } from '../field.js';

export type Style = Role | 'plain' | 'name' | 'meaning' | 'title' | 'bad' | 'note' | 'frame';

export interface Segment {
  readonly text: string;
  readonly style: Style;
}

/** A line; its text is escaped already. */
export type StyledLine = readonly Segment[];

export const segment = (text: string, style: Style = 'plain'): Segment => ({ text, style });

export const textOf = (line: StyledLine): string => line.map(({ text }) => text).join('');

/** The style of a problem: notes are no faults. */
export const problemStyle = (problem: Problem): Style => (problem.severity === 'note' ? 'note' : 'bad');

/** The style of a field's bytes. */
export const bytesStyle = (field: Field): Style =>
  field.problem === undefined ? field.role : problemStyle(field.problem);
