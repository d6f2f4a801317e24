/** JSON with exact integers: bigint values are written bare, never through Number. */
import { stringify } from 'lossless-json';

const INDENT = 2;

/** As JavaScript itself writes it, which is several times faster; `undefined` where an integer is too large for that. */
function stringifyNatively(value: unknown): string | undefined {
  let isExact = true;
  const text = JSON.stringify(
    value,
    (_key, each: unknown) => {
      if (typeof each !== 'bigint') return each;
      const number = Number(each);
      isExact &&= Number.isSafeInteger(number);
      return number;
    },
    INDENT,
  );
  return isExact ? text : undefined;
}

/** Pretty-printed with a final line break. Absent (`undefined`) fields are left out. */
export function toJson(value: unknown): string {
  return `${stringifyNatively(value) ?? stringify(value, undefined, INDENT) ?? 'null'}\n`;
}
