/**
 * True where an object of this JSON text, at any depth, has a name twice: `JSON.parse` silently keeps the last one, and
 * another reader of the same token may keep the first. Names are compared after their escapes are decoded. A string
 * without an end counts as doubled at once, because a search for its end from each quote would make a forged token
 * expensive.
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
