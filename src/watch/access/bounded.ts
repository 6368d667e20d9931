/** Puts a value last, and lets the ones that were put longest ago go beyond so many. */
export function remember<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): Value {
  map.delete(key);
  map.set(key, value);
  // The first key is looked for only where one has to go: it lies behind all that were put last again.
  if (map.size <= most) return value;
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
  return value;
}

/** The value under a key, made where there is none; it is then the last to go. */
export function recall<Key, Value>(map: Map<Key, Value>, key: Key, most: number, make: () => Value): Value {
  return remember(map, key, map.get(key) ?? make(), most);
}

/** Adds to a set up to so many members. */
export function addUpTo<Value>(set: Set<Value>, value: Value, most: number): void {
  if (set.size < most) set.add(value);
}

/** Appends to a list, and lets the first go beyond so many. */
export function appendUpTo<Value>(list: Value[], value: Value, most: number): void {
  list.push(value);
  if (list.length > most) list.splice(0, list.length - most);
}
