/** Times as text, exact to the unit, over the whole range of an int64. */

/** Unit of a designated timestamp: TIMESTAMP or TIMESTAMP_NS. */
export type TimeUnit = 'us' | 'ns';

const UNITS_PER_SECOND: Readonly<Record<TimeUnit | 'ms', bigint>> = { ms: 1000n, us: 1_000_000n, ns: 1_000_000_000n };
const SECONDS_PER_DAY = 86_400n;

const floorDiv = (a: bigint, b: bigint): bigint => a / b - (a % b < 0n ? 1n : 0n);
const pad = (value: bigint, digits: number): string => String(value).padStart(digits, '0');

/** Year, month and day of a day counted from 1970-01-01, in the proleptic Gregorian calendar (H. Hinnant's algorithm). */
function civil(day: bigint): string {
  const shifted = day + 719_468n;
  const era = floorDiv(shifted, 146_097n);
  const ofEra = shifted - era * 146_097n;
  const yearOfEra = (ofEra - ofEra / 1_460n + ofEra / 36_524n - ofEra / 146_096n) / 365n;
  const ofYear = ofEra - (365n * yearOfEra + yearOfEra / 4n - yearOfEra / 100n);
  const monthFromMarch = (5n * ofYear + 2n) / 153n;
  const dayOfMonth = ofYear - (153n * monthFromMarch + 2n) / 5n + 1n;
  const month = monthFromMarch < 10n ? monthFromMarch + 3n : monthFromMarch - 9n;
  const year = yearOfEra + era * 400n + (month <= 2n ? 1n : 0n);
  return `${year < 0n ? '-' : ''}${pad(year < 0n ? -year : year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`;
}

/** `value`, counted in `unit` from the epoch, as ISO 8601 in UTC with all digits of the unit. */
export function timeText(value: bigint, unit: TimeUnit | 'ms'): string {
  const perSecond = UNITS_PER_SECOND[unit];
  const seconds = floorDiv(value, perSecond);
  const fraction = value - seconds * perSecond;
  const day = floorDiv(seconds, SECONDS_PER_DAY);
  const ofDay = seconds - day * SECONDS_PER_DAY;
  const clock = `${pad(ofDay / 3600n, 2)}:${pad((ofDay / 60n) % 60n, 2)}:${pad(ofDay % 60n, 2)}`;
  return `${civil(day)}T${clock}.${pad(fraction, String(perSecond).length - 1)}Z`;
}

/** A designated timestamp; both readings where the unit of its column is not known. */
export function timestampText(value: bigint, unit: TimeUnit | undefined): string {
  if (unit !== undefined) return timeText(value, unit);
  return `${timeText(value, 'us')} if µs, ${timeText(value, 'ns')} if ns`;
}
