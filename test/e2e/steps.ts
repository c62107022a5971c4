type Step = { name: string; seconds: string; figure: string; kept: boolean }
const steps: Step[] = []

/** Runs one step, prints it with its time and its result, and records it. Returns undefined where it failed. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
  if (process.env.SKIP && new RegExp(process.env.SKIP).test(name)) return undefined
  const begun = performance.now()
  const seconds = () => ((performance.now() - begun) / 1000).toFixed(1)
  try {
    const outcome = await work()
    const figure = typeof outcome === 'string' ? outcome : ''
    steps.push({ name, seconds: seconds(), figure, kept: true })
    console.log(`kept   ${seconds().padStart(6)} s  ${name}${figure && `: ${figure}`}`)
    return outcome
  } catch (error) {
    const figure = error instanceof Error ? error.message : String(error)
    steps.push({ name, seconds: seconds(), figure, kept: false })
    console.log(`BROKEN ${seconds().padStart(6)} s  ${name}: ${figure}`)
    return undefined
  }
}

/** The table of the whole run; red when a step was. */
export function table(): void {
  console.log(`\n| Step | Seconds | Outcome |\n|---|---|---|`)
  for (const { name, seconds, figure, kept } of steps) console.log(`| ${name} | ${seconds} | ${kept ? figure || 'kept' : 'BROKEN'} |`)
  const broken = steps.filter(({ kept }) => !kept).length
  console.log(`\n${steps.length - broken} kept, ${broken} broken`)
  process.exitCode = broken > 0 || steps.length === 0 ? 1 : 0
}
