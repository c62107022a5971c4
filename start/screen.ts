const isTerminal = process.stdout.isTTY

export const print = (line: string): void => void process.stdout.write(`${line}\n`)
const rewrite = (line: string) => process.stdout.write(isTerminal ? `\r\x1b[2K${line}` : '')

/** Runs one step and prints its name, its progress and how long it took. */
export async function step<T>(name: string, work: (onProgress: (percent: number) => void) => Promise<T>): Promise<T> {
  const begun = performance.now()
  const seconds = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`
  let printedTens = -1
  rewrite(`${name} ...`)
  const result = await work((percent) => {
    const tens = Math.floor(percent / 10)
    if (isTerminal) rewrite(`${name} ... ${Math.floor(percent)} %`)
    else if (tens > printedTens) print(`${name}: ${tens * 10} %`)
    printedTens = tens
  })
  rewrite('')
  print(`${name}: ${seconds()}`)
  return result
}
