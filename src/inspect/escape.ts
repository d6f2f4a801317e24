/** Text from the input on its way to a terminal: never a control sequence, never a character that hides or turns others. */

/** C0, DEL, C1, separators, bidi and other format characters, lone surrogates, unassigned and private ones. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0', '\x1b': '\\e' };

const escapeCharacter = (character: string): string =>
  SHORT[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** `text` with unsafe characters spelled out, for text that stands without quotes (names of files). */
export const escapeText = (text: string): string => text.replace(UNSAFE, escapeCharacter);

/** `text` in quotes, with quotes, backslashes and unsafe characters spelled out. */
export const quote = (text: string): string => `"${escapeText(text.replace(/["\\]/g, '\\$&'))}"`;

/** A column's name as a part of a line: bare when it can't be mistaken. */
export const nameText = (name: string): string => (/^[\p{L}\p{N}_.$-]+$/u.test(name) ? name : quote(name));

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

const widthOf = (character: string): number => (/\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1);

/** Columns that `text` (already escaped) takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** `text` (already escaped), cut to `width` columns with an ellipsis where it is longer. */
export function cutToWidth(text: string, width: number): string {
  if (text.length <= width && /^[\x20-\x7e]*$/.test(text)) return text;
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += widthOf(character);
    if (used > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
