/** Lines broken at spaces, so that nothing of them is lost in a narrow terminal. */
import { displayWidth } from '../escape.js';
import { type Segment, type StyledLine, segment } from './style.js';

/** Columns by which lines after the first are indented. */
const HANGING = 2;

/** Pieces of a segment that stay whole: words with the spaces before them; longer ones in parts of `most` columns. */
function words({ text, style }: Segment, most: number): Segment[] {
  const pieces = text.match(/ *[^ ]+| +$/g) ?? [];
  return pieces.flatMap((piece) => {
    if (displayWidth(piece) <= most) return [segment(piece, style)];
    const parts: Segment[] = [];
    let part = '';
    for (const character of piece) {
      if (displayWidth(part + character) > most) {
        parts.push(segment(part, style));
        part = '';
      }
      part += character;
    }
    return [...parts, segment(part, style)];
  });
}

/** `line` in lines of at most `width` columns. */
export function wrapLine(line: StyledLine, width: number | undefined): readonly StyledLine[] {
  if (width === undefined || line.reduce((sum, { text }) => sum + displayWidth(text), 0) <= width) return [line];
  const lines: Segment[][] = [[]];
  let used = 0;
  for (const one of line) {
    for (const word of words(one, Math.max(1, width - HANGING))) {
      const columns = displayWidth(word.text);
      const isFirst = used === (lines.length === 1 ? 0 : HANGING);
      if (!isFirst && used + columns > width) {
        lines.push([segment(' '.repeat(HANGING), 'plain')]);
        used = HANGING;
        const text = word.text.trimStart();
        lines.at(-1)?.push(segment(text, word.style));
        used += displayWidth(text);
        continue;
      }
      lines.at(-1)?.push(word);
      used += columns;
    }
  }
  return lines;
}
