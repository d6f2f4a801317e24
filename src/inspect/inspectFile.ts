/** The annotated tree of one file. */
import type { Source } from '../source/source.js';
import { DEFAULT_LIMIT_BYTES, type Env, envOf } from './env.js';
import { escapeText } from './escape.js';
import { type Facts, type Surroundings, surroundingsOf } from './facts.js';
import { type Field, fixedChildren, isBad, type Problem } from './field.js';
import type { Finder } from './kinds/kind.js';
import { type KindId, kindByPlace, kindOf } from './kinds/kinds.js';
import { type Place, placeOf, shownPath } from './place.js';
import { sniff } from './sniff.js';
import { counted } from './told.js';

export interface InspectOptions {
  /** Look at all of a file, however large. */
  readonly all?: boolean;
  /** What is known around the files of the source, where several of them are looked at. */
  readonly around?: Surroundings;
  /** Take the file for one of this kind. */
  readonly as?: KindId;
}

/** A file's tree and what is wrong with it. */
export interface FileTree {
  readonly kind: KindId;
  readonly title: string;
  readonly place: Place;
  /** Its fields cover every byte of the file. */
  readonly root: Field;
  readonly problems: readonly Problem[];
  readonly isBad: boolean;
  /** How transactions and rows are found in it, where it has any. */
  readonly find: Finder | undefined;
  readonly facts: Facts;
  close(): void;
}

/** A file and what it is, for a message. */
export const fileText = ({ root, title }: FileTree): string => `${escapeText(root.name)} (${title})`;

function rootField(env: Env, fields: readonly Field[], meaning: string): Field {
  const problem = env.problems.all.find((each) => each.byteOffset === undefined);
  return {
    name: shownPath(env.place),
    path: '',
    kind: 'file',
    role: 'structure',
    file: env.file,
    offset: 0,
    length: env.file.size,
    meaning,
    ...(problem === undefined ? {} : { problem }),
    children: fixedChildren(fields),
  };
}

/** Bytes of a log, or of a segment's events, that are read to explain a file near it. */
const AROUND_LIMIT_BYTES = 64 * 1024 * 1024;

/** What is known around the files of a source. */
export const aroundFiles = (source: Source, all: boolean | undefined): Surroundings =>
  surroundingsOf(source, all === true ? Number.POSITIVE_INFINITY : AROUND_LIMIT_BYTES);

/**
 * Opens a file and takes it apart. Bytes that don't fit are problems of the tree; a `SourceError` is thrown when the file
 * can't be opened. Files of any size open at once: of large ones only a part is looked at, unless `all`.
 */
export function inspectFile(source: Source, path: string, options: InspectOptions = {}): FileTree {
  const place = placeOf(source, path);
  const access = source.open(path);
  const limitBytes = options.all === true ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT_BYTES;
  const env = envOf(options.around ?? aroundFiles(source, options.all), access, place, limitBytes);
  const kind = options.as ?? kindByPlace(place) ?? byContent(env);
  const { title, fields: fieldsOf } = kindOf(kind);
  const { fields, meaning, find } = fieldsOf(env);
  const size = counted(access.size, 'byte');
  const words = meaning === undefined ? `${size}, ${title}` : `${size}, ${title}: ${meaning}`;
  return {
    kind,
    title,
    place,
    root: rootField(env, fields, words),
    problems: env.problems.all,
    get isBad() {
      return env.problems.all.some(isBad);
    },
    find,
    facts: env.facts,
    close: () => access.close(),
  };
}

/** `_meta` and `_txn` have several layouts; alone they are told apart by what is in them. */
function byContent(env: Env): KindId {
  const found = sniff(env);
  if (found !== 'unknown') return found;
  const { name } = env.place;
  if (name === '_txn') return 'txn';
  return name === '_meta' ? 'segment_meta' : 'unknown';
}
