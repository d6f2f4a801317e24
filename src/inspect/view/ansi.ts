/** Styled lines as text for a terminal. */
import type { Style, StyledLine } from './style.js';

/** SGR codes. Colours of the 16 that every terminal has, so that its own theme decides what they look like. */
const SGR: Readonly<Partial<Record<Style, string>>> = {
  time: '36',
  id: '33',
  size: '34',
  text: '32',
  type: '35',
  flag: '95',
  raw: '90',
  fill: '90',
  frame: '90',
  meaning: '2',
  name: '1',
  title: '1;4',
  bad: '1;31',
  note: '33',
};

/** The line with colours, or without. */
export function lineText(line: StyledLine, coloured: boolean): string {
  if (!coloured)
    return line
      .map(({ text }) => text)
      .join('')
      .trimEnd();
  return line
    .map(({ text, style }) => {
      const code = SGR[style];
      return code === undefined || text === '' ? text : `\x1b[${code}m${text}\x1b[0m`;
    })
    .join('')
    .trimEnd();
}
