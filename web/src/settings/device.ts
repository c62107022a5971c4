const browsers = [
  /(Edg)e?\/[\d.]+/,
  /(OPR|Opera)\/[\d.]+/,
  /(YaBrowser)\/[\d.]+/,
  /(Firefox)\/[\d.]+/,
  /(Chrome)\/[\d.]+/,
  /Version\/[\d.]+.*(Safari)/,
]
const systems = [/(Android)/, /(iPhone|iPad)/, /(Windows)/, /(Mac OS X|macOS)/, /(Linux)/]
const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', YaBrowser: 'Yandex Browser', 'Mac OS X': 'macOS' }

/** The name of a device by its user agent; an unknown one is shown as it is. */
export function deviceOf(agent: string): string {
  const named = (all: RegExp[]) => {
    const found = all.map((one) => one.exec(agent)?.[1]).find(Boolean)
    return found && (names[found] ?? found)
  }
  return [named(browsers), named(systems)].filter(Boolean).join(', ') || agent
}
