/**
 * What the oldest browsers that web/vite.config.ts names do not have, and Chromium does: taken away before the page's own scripts, so that
 * every test of the page walks it as such a browser would. A use of one is a fault in the console, and a dead page.
 */
const newer = {
  Map: ['groupBy'],
  Object: ['groupBy'],
  Array: ['fromAsync'],
  Promise: ['withResolvers', 'try'],
  URL: ['parse', 'canParse'],
  AbortSignal: ['any'],
  ReadableStream: ['from'],
  RegExp: ['escape'],
  Error: ['isError'],
  Intl: ['DurationFormat'],
  'Set.prototype': ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom'],
  'Iterator.prototype': ['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find'],
  'Uint8Array.prototype': ['toBase64', 'toHex'],
  globalThis: ['Iterator', 'Temporal', 'requestIdleCallback', 'navigation', 'scheduler', 'CloseWatcher'],
}
const taken = Object.entries(newer).flatMap(([owner, names]) => names.map((name) => `delete ${owner}.${name};`))
export const lowestBrowser: string = [...taken, 'delete ReadableStream.prototype[Symbol.asyncIterator];'].join('\n')
