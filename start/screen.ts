const isTerminal = process.stdout.isTTY

export const say = (line: string): void => void process.stdout.write(`${line}\n`)
const rewrite = (line: string) => process.stdout.write(isTerminal ? `\r\x1b[2K${line}` : '')

/** Runs a part of the start, showing what it is, how far it is, and how long it took. */
export async function step<T>(name: string, work: (told: (percent: number) => void) => Promise<T>): Promise<T> {
  const begun = performance.now()
  const seconds = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`
  let shown = -1
  rewrite(`${name} ...`)
  const result = await work((percent) => {
    const tens = Math.floor(percent / 10)
    if (isTerminal) rewrite(`${name} ... ${Math.floor(percent)} %`)
    else if (tens > shown) say(`${name}: ${tens * 10} %`)
    shown = tens
  })
  rewrite('')
  say(`${name}: ${seconds()}`)
  return result
}
