/** Text for people: safe to print, counted, wrapped. */

/** What a terminal may act on or what makes text look like other text: controls, direction overrides, line separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** `text` in one line that no terminal acts on: `\n`, `\x1b`, `\u{202e}` in place of what is not printable. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** `1,234,567` */
export const grouped = (count: number | bigint): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** `1 row`, `1,234 rows`; `plural` where it is not made with an s. */
export const counted = (count: number | bigint, noun: string, plural = `${noun}s`): string =>
  `${grouped(count)} ${BigInt(count) === 1n ? noun : plural}`;

const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `512 bytes`, `45.2 MB` */
export function byteCount(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

/** `45s`, `3m05s`, `2h07m` */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m${two(whole % 60)}s`;
  return `${Math.floor(whole / 3600)}h${two(Math.floor((whole % 3600) / 60))}m`;
}

const MIN_WIDTH = 20;

/** Columns to wrap at: COLUMNS where it is set, else the terminal's; `undefined` when the output is no terminal. */
export function widthOf(stream: NodeJS.WriteStream): number | undefined {
  const asked = Number(process.env.COLUMNS);
  if (Number.isInteger(asked) && asked >= MIN_WIDTH) return asked;
  return stream.isTTY && stream.columns >= MIN_WIDTH ? stream.columns : undefined;
}

/** The same for help, which always has a width. */
export const helpWidth = (stream: NodeJS.WriteStream): number => widthOf(stream) ?? 80;

/**
 * Lines of at most `width` columns, broken at spaces; those after the first are indented by `hanging` more. Words longer
 * than a line stay whole: a path can be copied only in one piece.
 */
export function wrapped(text: string, width: number | undefined, indent: number, hanging: number): string[] {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && width !== undefined && line.length + 1 + word.length > width) {
      lines.push(line.trimEnd());
      line = ' '.repeat(indent + hanging);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  lines.push(line.trimEnd());
  return lines;
}
