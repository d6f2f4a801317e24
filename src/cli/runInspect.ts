/** The work of `walrescue inspect`. */
import { parse, resolve, sep } from 'node:path';
import { DEFAULT_DEPTH, inspectPath, type View } from '../inspect/inspectPath.js';
import { KIND_IDS, type KindId } from '../inspect/kinds/kinds.js';
import { rootOf } from '../inspect/place.js';
import { lineText } from '../inspect/view/ansi.js';
import { viewJson, viewLines } from '../inspect/view/view.js';
import { RequestError } from '../requestError.js';
import { nodeSource } from '../source/node.js';
import { SourceError } from '../source/source.js';
import { EXIT } from './exitCodes.js';
import { UsageError } from './failure.js';
import { hasColours } from './lines.js';
import { type Output, openOutput } from './pager.js';
import { widthOf } from './text.js';

/** The options as commander gives them. */
export interface InspectCommandOptions {
  readonly txn?: number;
  readonly row?: readonly [number, number];
  readonly column?: string;
  readonly offset?: number;
  readonly seqTxn?: number;
  readonly depth?: number;
  readonly limit?: number;
  readonly hex?: boolean;
  readonly json?: boolean;
  readonly diff?: boolean;
  readonly as?: string;
  readonly all?: boolean;
  readonly pager: boolean;
}

/** Elements of a list in the text view. */
const DEFAULT_LIMIT = 32;
/** Characters that are handed on at a time. */
const CHUNK_CHARACTERS = 16_384;

/** The database that a path of the command line is in, and the path in it. */
function sourceOf(path: string) {
  const absolute = resolve(path);
  const { root } = parse(absolute);
  const parts = absolute.slice(root.length).split(sep).join('/');
  const below = rootOf(nodeSource(root), parts);
  const database = resolve(root, ...below.split('/'));
  return { source: nodeSource(database), path: below === '' ? parts : parts.slice(below.length + 1) };
}

/** What can't be opened, called what the user called it. */
function namedAsAsked(error: unknown, asked: string, path: string): unknown {
  if (!(error instanceof SourceError)) return error;
  const reason = error.code === 'not-found' ? 'no such file or folder' : error.detail;
  return new RequestError(`${error.path === path ? asked : error.path}: ${reason}`);
}

/** The second file of a difference. Throws a `RequestError` when it can't be opened. */
function secondFile(asked: string): ReturnType<typeof sourceOf> {
  const { source, path } = sourceOf(asked);
  try {
    source.open(path).close();
    return { source, path };
  } catch (error) {
    throw namedAsAsked(error, asked, path);
  }
}

function kindOf(as: string | undefined): KindId | undefined {
  const known = KIND_IDS.find((id) => id === as);
  if (as !== undefined && known === undefined) throw new UsageError(`--as ${as}: it can be ${KIND_IDS.join(', ')}`);
  return known;
}

/** Writes pieces of text until they end or nobody reads any more. */
async function send(pieces: Iterable<string>, output: Output): Promise<void> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < CHUNK_CHARACTERS) continue;
    if (!(await output.write(text))) return;
    text = '';
  }
  if (text !== '') await output.write(text);
}

function* textOf(view: View, options: InspectCommandOptions): Generator<string> {
  const coloured = hasColours(process.stdout);
  const shown = {
    width: widthOf(process.stdout),
    depth: options.depth ?? DEFAULT_DEPTH[view.kind],
    limit: options.limit ?? DEFAULT_LIMIT,
    hex: options.hex === true,
  };
  for (const line of viewLines(view, shown)) yield `${lineText(line, coloured)}\n`;
}

/** Shows what is asked for and gives the exit code. */
export async function runInspect(
  path: string,
  query: string | undefined,
  options: InspectCommandOptions,
): Promise<number> {
  const { row, txn, column, offset, seqTxn, diff, all } = options;
  const { source, path: inSource } = sourceOf(path);
  const as = kindOf(options.as);
  try {
    const view = inspectPath(source, inSource, {
      ...(query === undefined ? {} : diff === true ? { diffWith: secondFile(query) } : { query }),
      ...(txn === undefined ? {} : { txn }),
      ...(row === undefined ? {} : { rows: row }),
      ...(column === undefined ? {} : { column }),
      ...(offset === undefined ? {} : { offset }),
      ...(seqTxn === undefined ? {} : { seqTxn: BigInt(seqTxn) }),
      ...(as === undefined ? {} : { as }),
      all: all === true,
      deep: options.depth !== undefined,
    });
    if (options.hex === true && view.kind !== 'file') throw new RequestError('--hex: name a file');
    const output = await openOutput(options.pager && options.json !== true);
    const depth = options.depth ?? Number.POSITIVE_INFINITY;
    const limit = options.limit ?? Number.POSITIVE_INFINITY;
    await send(options.json === true ? viewJson(view, { depth, limit }) : textOf(view, options), output);
    await output.end();
    return view.isBad() ? EXIT.losses : EXIT.whole;
  } catch (error) {
    throw namedAsAsked(error, path, inSource);
  }
}
