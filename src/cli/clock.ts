/** The time that a run puts into its files. */
import { RequestError } from '../requestError.js';

/** ISO 8601 of SOURCE_DATE_EPOCH (seconds), for output that can be made again bit for bit; `undefined` when it is not set. */
export function sourceDate(): string | undefined {
  const asked = process.env.SOURCE_DATE_EPOCH;
  if (asked === undefined || asked === '') return undefined;
  const date = /^\d{1,12}$/.test(asked) ? new Date(Number(asked) * 1000) : new Date(Number.NaN);
  if (Number.isNaN(date.getTime())) throw new RequestError(`SOURCE_DATE_EPOCH is not a number of seconds: ${asked}`);
  return date.toISOString();
}
