/** One figure that was promised: printed with its goal, and remembered when it is not kept. */
export type Promised = { name: string; figure: string; goal: string; kept: boolean }

let broken = 0

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Prints a promise in one line. */
export function tell({ name, figure, goal, kept }: Promised): void {
  if (!kept) broken++
  say(`${kept ? 'kept   ' : 'BROKEN '} ${name}: ${figure} (goal: ${goal})`)
}

/** Prints what became of a promise when its protection is taken away: it must be broken, or it proves nothing. */
export function tellControl(name: string, without: string, seen: Promised[]): void {
  const fell = seen.filter(({ kept }) => !kept)
  const figures = (fell.length > 0 ? fell : seen).map((one) => `${one.name}: ${one.figure}`).join('; ')
  if (fell.length === 0) broken++
  say(`${fell.length > 0 ? 'control' : 'CONTROL NOT BROKEN'} ${name}, ${without}: ${figures} (must be broken)`)
}

/** The process ends red when a promise was broken, or a control was not. */
export const endOnBroken = (): void => {
  process.exitCode = broken > 0 ? 1 : 0
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)
