/** Meanings of column files, and of symbol files. */
import type { ArrayAux } from '../../../generated/ArrayAux.js';
import type { ArrayData } from '../../../generated/ArrayData.js';
import type { SymbolIndexKeys } from '../../../generated/SymbolIndexKeys.js';
import type { SymbolIndexValues } from '../../../generated/SymbolIndexValues.js';
import type { TimestampData } from '../../../generated/TimestampData.js';
import type { VarcharAux } from '../../../generated/VarcharAux.js';
import { quote } from '../escape.js';
import { timestampText } from '../time.js';
import { counted, type FieldMeanings, type Summaries, words } from '../told.js';

/** Elements of an array on one line. */
const ELEMENTS_SHOWN = 8;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function varcharText(entry: VarcharAux.Entry): string {
  if (entry.ofsHigh === undefined) return '';
  if (entry.head === 0 && entry.ofsValue === 0) return 'never written';
  if (entry.isNull) return `NULL, data up to ${entry.ofsValue}`;
  if (entry.isInlined) return `${quote(utf8.decode(entry.inlined.subarray(0, entry.lenValue)))} inlined`;
  return `${counted(entry.lenValue, 'byte')} at ${entry.ofsValue}, ${quote(utf8.decode(entry.inlined.subarray(3)))}…`;
}

const elementText = (value: number): string => (Number.isNaN(value) ? 'NULL' : String(value));

function arrayText({ dims, values = [] }: ArrayData): string {
  const shown = values.slice(0, ELEMENTS_SHOWN).map(elementText).join(', ');
  return `${(dims ?? []).join(' × ')}: ${shown}${values.length > ELEMENTS_SHOWN ? ', …' : ''}`;
}

export const COLUMN_FIELDS: FieldMeanings = {
  'timestamp_data/types/entry.timestamp': (value, { facts }) => ({
    meaning: timestampText(value as bigint, facts.unit()),
  }),
  'timestamp_data/types/entry.row_id': words('number of the row in the segment', 'id'),
  'array_data.dims': words('length of the dimension', 'size'),
  'array_data.values': (value) => ({ meaning: Number.isNaN(value) ? 'NULL' : undefined }),
  'varchar_aux/types/entry.head': () => ({ role: 'flag' }),
  'varchar_aux/types/entry.inlined': words('the text, or the upper bits of the length and the first 6 bytes', 'text'),
  'symbol_offsets.symbol_capacity': () => ({ role: 'size' }),
  'symbol_offsets.cached': (value) => ({
    role: 'flag',
    meaning: value === 1 ? 'the server caches the symbols' : 'not cached',
  }),
  'symbol_offsets.null_flag': (value) => ({ role: 'flag', meaning: value === 1 ? 'has NULL' : 'no NULL' }),
  'symbol_index_keys.signature': words('of a bitmap index', 'raw'),
  'symbol_index_keys.sequence_check': words('equal to sequence when wholly written', 'id'),
  'symbol_index_keys.max_value': (value) => ({ meaning: value === -1n ? 'none' : undefined }),
};

export const COLUMN_SUMMARIES: Summaries = {
  'timestamp_data/types/entry': ({ node, facts }) => {
    const { timestamp } = node as TimestampData.Entry;
    return timestamp === undefined
      ? {}
      : { role: 'time', value: timestamp, meaning: timestampText(timestamp, facts.unit()) };
  },
  'varchar_aux/types/entry': ({ node }) => ({ role: 'text', meaning: varcharText(node as VarcharAux.Entry) }),
  'array_aux/types/entry': ({ node }) => {
    const { lenValue, ofsValue } = node as ArrayAux.Entry;
    if (lenValue === undefined) return {};
    return {
      role: 'size',
      meaning: lenValue === 0 ? `NULL, data up to ${ofsValue}` : `${counted(lenValue, 'byte')} at ${ofsValue}`,
    };
  },
  array_data: ({ node }) => ({ role: 'value', meaning: arrayText(node as ArrayData) }),
  'symbol_index_keys/types/key': ({ node }) => {
    const { valueCount, ofsFirstBlock, ofsLastBlock } = node as SymbolIndexKeys.Key;
    if (ofsLastBlock === undefined) return {};
    const blocks = valueCount === 0n ? '' : `, blocks ${ofsFirstBlock} to ${ofsLastBlock}`;
    return { role: 'size', meaning: `${counted(valueCount, 'value')}${blocks}` };
  },
  'symbol_index_values/types/block': ({ node }) => {
    const { values, ofsPrevious, ofsNext } = node as SymbolIndexValues.Block;
    if (ofsNext === undefined) return {};
    return { role: 'size', meaning: `${values.join(', ')}; previous ${ofsPrevious}, next ${ofsNext}` };
  },
};
