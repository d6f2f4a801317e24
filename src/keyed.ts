/** The values by a key of each; of those with the same key the last one. A loop: what it replaces makes a pair for each. */
export function keyed<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V> {
  const map = new Map<K, V>();
  for (const value of values) map.set(keyOf(value), value);
  return map;
}
