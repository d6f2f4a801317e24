/** A field's own line: name, value, meaning; and what is wrong with it. */

import { cutToWidth, escapeText, quote } from '../escape.js';
import type { Field, Problem } from '../field.js';
import { counted, systemText } from '../told.js';
import { problemStyle, type Segment, type StyledLine, segment } from './style.js';

/** Columns of a text value that are shown; `--json` has all. */
const MAX_TEXT_COLUMNS = 160;

const COUNTED = new Set(['preallocated', 'zeros', 'stale', 'unread', 'gap']);

/** The value as it is stored. */
export function valueText(field: Field): string | undefined {
  const { value } = field;
  if (value === undefined) return undefined;
  if (value === null) return 'NULL';
  if (typeof value === 'string') return cutToWidth(quote(value), MAX_TEXT_COLUMNS);
  return Object.is(value, -0) ? '-0' : String(value);
}

function meaningText(field: Field, value: string | undefined): string {
  const meaning = escapeText(field.meaning ?? '');
  if (COUNTED.has(field.kind)) return `${counted(field.length, 'byte')}${meaning === '' ? '' : `, ${meaning}`}`;
  const shown = value === 'NULL' ? meaning.replace(/^NULL(?:, )?/, '') : meaning;
  return value === undefined || shown === '' ? shown : `(${shown})`;
}

/** The name that leads a field's line. */
const nameOf = (field: Field, isStart: boolean): string =>
  escapeText(isStart && field.path !== '' ? field.path : field.name);

/** Value and meaning of a field; empty when it has neither. */
export function contentLine(field: Field): StyledLine {
  const value = valueText(field);
  const meaning = meaningText(field, value);
  const line: Segment[] = value === undefined ? [] : [segment(value, field.role)];
  if (meaning === '') return line;
  const isContent = value === undefined && field.kind === 'group' && field.role !== 'structure';
  return [...line, segment(value === undefined ? meaning : ` ${meaning}`, isContent ? field.role : 'meaning')];
}

/** The line of a field without its indentation. */
export function fieldLine(field: Field, isStart = false): StyledLine {
  const name = segment(nameOf(field, isStart), field.kind === 'file' ? 'title' : 'name');
  const content = contentLine(field);
  return content.length === 0 ? [name] : [name, segment(field.kind === 'computed' ? ' = ' : ': ', 'frame'), ...content];
}

/** What was expected and what is there instead, where that is not the system's or a parser's own sentence. */
function seenText({ expected, actual }: Problem): string {
  if (actual === undefined) return expected === undefined ? '' : `expected ${expected}`;
  const isSentence = systemText(actual) !== actual || actual.includes(': expected ');
  if (isSentence) return systemText(actual);
  return `${expected === undefined ? '' : `expected ${expected}, `}found ${actual}`;
}

/** What is wrong, in words: `BAD event record invalid: expected record 3, found length 7`. */
export function problemText(problem: Problem): string {
  const { severity, message } = problem;
  const about = seenText(problem);
  const head = severity === 'note' ? 'NOTE' : 'BAD';
  const cost = severity === 'repaired' ? ' (an export repairs it)' : '';
  return escapeText(`${head} ${message}${about === '' ? '' : `: ${about}`}${cost}`);
}

export const problemLine = (problem: Problem): Segment => segment(problemText(problem), problemStyle(problem));
