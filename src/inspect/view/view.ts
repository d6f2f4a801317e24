/** A view as lines of text or as JSON. */
import { toJson } from '../../json.js';
import type { Change } from '../diff.js';
import { chainAt, type Field, isBad, type Problem } from '../field.js';
import type { FileTree } from '../inspectFile.js';
import type { DiffView, FileView, FolderView, View } from '../inspectPath.js';
import { counted } from '../told.js';
import { contentLine, problemText } from './fieldText.js';
import { address, addressDigits } from './hex.js';
import { fieldJson } from './json.js';
import { problemStyle, type StyledLine, segment } from './style.js';
import { hexText, type TextOptions, treeText } from './text.js';
import { wrapLine } from './wrap.js';

export interface ShowOptions extends Omit<TextOptions, 'problems'> {
  /** Nothing but bytes. */
  readonly hex: boolean;
}

/** Problems that the end of a view lists. */
const MAX_LISTED = 20;

/** Which field a problem is about. */
function pathOf({ root }: FileTree, { byteOffset, byteLength }: Problem): string {
  if (byteOffset === undefined) return '';
  const chain = chainAt(root, byteOffset);
  const about = chain.find((field) => field.offset === byteOffset && field.length === byteLength) ?? chain.at(-1);
  return about?.path ?? '';
}

/** The account at the end of a file's view: all that is wrong, by place. */
function* problemLines(tree: FileTree, width: number | undefined): Generator<StyledLine> {
  const bad = tree.problems.filter(isBad).length;
  if (tree.problems.length === 0) return;
  yield [];
  const notes = tree.problems.length - bad;
  const title = [bad === 0 ? '' : counted(bad, 'problem'), notes === 0 ? '' : counted(notes, 'note')];
  yield [segment(title.filter((text) => text !== '').join(', '), bad === 0 ? 'note' : 'bad')];
  const digits = addressDigits(tree.root.length);
  const sorted = [...tree.problems].sort((a, b) => (a.byteOffset ?? 0) - (b.byteOffset ?? 0));
  for (const problem of sorted.slice(0, MAX_LISTED)) {
    const place = problem.byteOffset === undefined ? ' '.repeat(digits + 2) : address(problem.byteOffset, digits);
    const path = pathOf(tree, problem);
    const words = [
      segment(`  ${place} `, 'frame'),
      segment(path === '' ? '' : `${path}: `, 'name'),
      segment(problemText(problem), problemStyle(problem)),
    ];
    yield* wrapLine(words, width);
  }
  const more = tree.problems.length - MAX_LISTED;
  if (more > 0) yield [segment(`  … ${more} more`, 'meaning')];
}

/** The last of fields of which each has but one: of the fields around a byte the innermost. */
const innermost = (field: Field): Field => (field.children?.count === 1 ? innermost(field.children.at(0)) : field);

function* fileLines(view: FileView, options: ShowOptions): Generator<StyledLine> {
  const text = { ...options, problems: view.tree.problems };
  for (const field of view.fields()) {
    const bytesOf = view.isWhole ? field : innermost(field);
    yield* options.hex ? hexText(bytesOf, text) : treeText(field, { ...text, bytesOf });
  }
  if (!options.hex) yield* problemLines(view.tree, options.width);
}

/** Tells the view about each problem that passes by. */
function* noting(view: FolderView, options: ShowOptions): Generator<StyledLine> {
  yield* treeText(view.root, { ...options, problems: [], plain: view.kind !== 'parts' }, (field) => {
    if (field.problem !== undefined) view.note(field.problem);
  });
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

function* changeLines({ path, kind, before, after }: Change, width: number | undefined): Generator<StyledLine> {
  const head = segment(`${SIGNS[kind]} ${path}`, kind === 'changed' ? 'name' : kind === 'added' ? 'text' : 'bad');
  const frame = (text: string): StyledLine => [segment(text, 'frame')];
  const place = (field: Field | undefined): string =>
    field === undefined ? '' : `  at 0x${field.offset.toString(16)}`;
  if (before !== undefined && after !== undefined) {
    const line = [
      head,
      ...frame(': '),
      ...contentLine(before),
      ...frame('  →  '),
      ...contentLine(after),
      ...frame(place(after)),
    ];
    yield* wrapLine(line, width);
    return;
  }
  const only = before ?? after;
  const content = only === undefined ? [] : contentLine(only);
  yield* wrapLine([head, ...(content.length === 0 ? [] : frame(': ')), ...content, ...frame(place(only))], width);
}

function* diffLines(view: DiffView, options: ShowOptions): Generator<StyledLine> {
  let count = 0;
  for (const change of view.changes()) {
    count += 1;
    yield* changeLines(change, options.width);
  }
  yield [segment(count === 0 ? 'no difference' : counted(count, 'difference'), 'meaning')];
}

/** The lines of a view. */
export function viewLines(view: View, options: ShowOptions): Generator<StyledLine> {
  if (view.kind === 'file') return fileLines(view, options);
  return view.kind === 'diff' ? diffLines(view, options) : noting(view, options);
}

interface JsonShape {
  readonly depth: number;
  readonly limit: number;
}

const indented = (value: unknown): string => toJson(value).trimEnd().replaceAll('\n', '\n  ');

function* fileJson(view: FileView, options: JsonShape): Generator<string> {
  const { tree } = view;
  yield `{\n  "file": ${indented(tree.root.name)},\n  "kind": "${tree.kind}",\n  "title": "${tree.title}",\n  "size": ${tree.root.length},\n`;
  yield '  "selected": [';
  let separator = '';
  for (const field of view.fields()) {
    yield separator;
    yield* fieldJson(field, { ...options, problems: tree.problems }, '  ');
    separator = ', ';
  }
  yield `],\n  "problems": ${indented(tree.problems.map((problem) => ({ path: pathOf(tree, problem), ...problem })))},\n`;
  yield `  "exitCode": ${view.isBad() ? 3 : 0}\n}\n`;
}

const changeEntry = ({ path, kind, before, after }: Change) => {
  const side = (field: Field | undefined) =>
    field && { offset: field.offset, length: field.length, value: field.value, meaning: field.meaning };
  return { path, kind, before: side(before), after: side(after) };
};

function* diffJson(view: DiffView): Generator<string> {
  yield `{\n  "before": ${indented(view.before.root.name)},\n  "after": ${indented(view.after.root.name)},\n  "changes": [`;
  let separator = '';
  for (const change of view.changes()) {
    yield separator + indented(changeEntry(change));
    separator = ', ';
  }
  yield `],\n  "exitCode": ${view.isBad() ? 3 : 0}\n}\n`;
}

function* folderJson(view: FolderView, options: JsonShape): Generator<string> {
  const note = (field: Field): void => {
    if (field.problem !== undefined) view.note(field.problem);
  };
  yield '{\n  "selected": [';
  yield* fieldJson(view.root, { ...options, problems: [] }, '  ', note);
  yield `],\n  "exitCode": ${view.isBad() ? 3 : 0}\n}\n`;
}

/** The JSON document of a view, in pieces. */
export function viewJson(view: View, options: JsonShape): Generator<string> {
  if (view.kind === 'file') return fileJson(view, options);
  return view.kind === 'diff' ? diffJson(view) : folderJson(view, options);
}
