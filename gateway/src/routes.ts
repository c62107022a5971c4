import type { Endpoint } from '@repitbot/contracts/endpoint'
import { type Answerer, answerers } from '@repitbot/contracts/gateway'
import { pages } from '@repitbot/contracts/pages'

/** `title` is the name by which settings limit the route, such as `GET /api/v1/lessons`. */
export type Route = { service: Answerer; api: string; name: string; path: string; title: string; row: Endpoint }

/** Every public route, from the contracts; routes for other services (`who: 'service'`) are left out. */
export const routes: Route[] = Object.entries(answerers).flatMap(([service, { apis }]) =>
  Object.entries(apis).flatMap(([api, { prefix, endpoints }]) =>
    Object.entries(endpoints)
      .filter(([, { who }]) => who !== 'service')
      .map(([name, row]) => {
        const path = (prefix + row.path).replace(/(.)\/$/, '$1')
        return { service: service as Answerer, api, name, path, title: `${row.method.toUpperCase()} ${path}`, row }
      }),
  ),
)

/** Routes without a parameter, by path and method: most requests need no walk through the tree. */
const fixed = new Map<string, Map<string, Route>>()
type Node = { words: Map<string, Node>; any?: Node; byMethod: Map<string, Route> }
const node = (): Node => ({ words: new Map(), byMethod: new Map() })
const tree = node()
for (const route of routes) {
  if (!route.path.includes(':')) fixed.set(route.path, (fixed.get(route.path) ?? new Map()).set(route.row.method.toUpperCase(), route))
  let at = tree
  for (const word of route.path.split('/').slice(1)) {
    const existing = word.startsWith(':') ? at.any : at.words.get(word)
    const next = existing ?? node()
    if (word.startsWith(':')) at.any = next
    else at.words.set(word, next)
    at = next
  }
  at.byMethod.set(route.row.method.toUpperCase(), route)
}

/** Finds the route of a request as Express would: case matters, a slash at the end does not, a fixed word is preferred to a parameter. */
export function findRoute(method: string, url: string): Route | undefined {
  const read = method === 'HEAD' ? 'GET' : method
  return fixed.get(pathOf(url))?.get(read) ?? find(tree, read, wordsOf(url))
}

/** The methods that an address accepts. */
export function methodsAt(url: string): string[] {
  const words = wordsOf(url)
  return ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => find(tree, method === 'HEAD' ? 'GET' : method, words))
}

/** Whether a page of the web app has this address, apart from pages with a parameter. */
export const isPage = (url: string): boolean => pagePaths.has(pathOf(url))
const pagePaths = new Set<string>(Object.values(pages).map(({ path }) => path))

function pathOf(url: string): string {
  const search = url.indexOf('?')
  return search < 0 ? url : url.slice(0, search)
}

function wordsOf(url: string): string[] {
  const words = pathOf(url).split('/')
  if (words.length > 2 && words.at(-1) === '') words.pop()
  return words
}

function find(at: Node, method: string, words: string[], depth = 1): Route | undefined {
  const word = words[depth]
  if (word === undefined) return at.byMethod.get(method)
  const named = at.words.get(word)
  return (named && find(named, method, words, depth + 1)) ?? (word !== '' && at.any ? find(at.any, method, words, depth + 1) : undefined)
}
