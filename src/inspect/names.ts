/** Names of fields as the specifications have them, from those of the generated parsers. */

/** `symbolDiffs` → `symbol_diffs`, `recordsV1` → `records_v1`, `o3MaxLagUs` → `o3_max_lag_us`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
