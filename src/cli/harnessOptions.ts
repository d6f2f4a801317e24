/** Options of the commands that damage folders: `corrupt` and `fuzz`. */
import { type TellingOptions, textValue, wholeNumber } from './options.js';

/** The options of `corrupt`, as commander gives them. */
export interface CorruptCommandOptions {
  readonly outputDir: string;
  readonly seed: number;
  readonly kind?: readonly string[];
}

/** The options of `fuzz`, as commander gives them. */
export interface FuzzCommandOptions extends TellingOptions {
  readonly cases?: number;
  readonly seed: number;
  readonly time?: number;
  readonly kind?: readonly string[];
  readonly workers: number;
  readonly canary?: string;
}

/** Seeds are whole numbers that every program can write down exactly. */
export const seedValue = wholeNumber(0, 999_999_999_999_999);

/** A name that may be given several times. */
export const severalNames = (value: string, earlier: readonly string[] = []): readonly string[] => [
  ...earlier,
  textValue(value),
];
