/** JSON with exact integers: bigint values are written bare, never through Number. */
import { stringify } from 'lossless-json';

/** Pretty-printed with a final line break. Absent (`undefined`) fields are left out. */
export function toJson(value: unknown): string {
  return `${stringify(value, undefined, 2) ?? 'null'}\n`;
}
