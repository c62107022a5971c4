/** A measured figure with its goal, and whether it meets the goal. */
export type Result = { name: string; figure: string; goal: string; met: boolean }

let failures = 0

export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Prints a result in one line, and counts those that miss their goal. */
export function report({ name, figure, goal, met }: Result): void {
  if (!met) failures++
  print(`${met ? 'met    ' : 'MISSED '} ${name}: ${figure} (goal: ${goal})`)
}

/** Prints the results without a protection. At least one must miss its goal, or else the measurement proves nothing. */
export function reportControl(name: string, without: string, results: Result[]): void {
  const missed = results.filter(({ met }) => !met)
  const figures = (missed.length > 0 ? missed : results).map((one) => `${one.name}: ${one.figure}`).join('; ')
  if (missed.length === 0) failures++
  print(`${missed.length > 0 ? 'control' : 'CONTROL NOT MISSED'} ${name}, ${without}: ${figures} (must miss its goal)`)
}

/** Makes the process fail where a result missed its goal, or a control met all its goals. */
export const setExitCode = (): void => {
  process.exitCode = failures > 0 ? 1 : 0
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)
