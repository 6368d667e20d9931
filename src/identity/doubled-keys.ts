/**
 * True where an object of this JSON text, at any depth, has a name twice: `JSON.parse` keeps the last silently, and
 * another reader of the same token may keep the first. Names compare after their escapes are read. A string without
 * an end counts as doubled at once: looking for the end from each of its quotes would make a forged token dear.
 */
export function hasDoubledKeys(json: string): boolean {
  const tokens = json.matchAll(/"(?:[^"\\]|\\.)*"|["{}[\]:,]/g);
  const open: (Set<string> | null)[] = [];
  let previous = '';
  let mayBeName = '';
  for (const [token] of tokens) {
    if (token === '"') return true;
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const names = open.at(-1);
      const name = unescape(mayBeName);
      if (!names || name === undefined || names.has(name)) return true;
      names.add(name);
    }
    mayBeName = token.startsWith('"') && previous !== ':' ? token : '';
    previous = token;
  }
  return open.length > 0;
}

function unescape(quoted: string): string | undefined {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
