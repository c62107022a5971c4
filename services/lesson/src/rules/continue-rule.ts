import { addDays, mondayOf } from '@repitbot/contracts/calendar'
import { days, latest, type Rule } from './series.ts'

/** What may change in a rule. */
export type RuleChange = Partial<Pick<Rule, 'at' | 'weekdays' | 'interval'>> & { until?: string | null }

/** The longest gap of any rule is 12 weeks. */
const daysBetweenMax = 7 * 13

/**
 * The changed rule from a day on. It starts in the week of its next occurrence, so that "every second week" keeps its weeks and a count
 * keeps what is left of it. Undefined when the rule has no occurrence any more.
 */
export function continueRule(rule: Rule, since: string, change: RuleChange): { rule: Rule; occurrencesBefore: number } | undefined {
  const before: string[] = []
  let next: string | undefined
  for (const on of days(rule, rule.until ?? addDays(latest(since, rule.from), daysBetweenMax))) {
    if (on >= since) {
      next = on
      break
    }
    before.push(on)
  }
  if (!next) return undefined
  const monday = mondayOf(next)
  const from = rule.freq === 'daily' ? next : latest(monday, rule.from)
  const occurrencesBefore = before.filter((on) => on < from).length
  const ends =
    change.until !== undefined
      ? { until: change.until ?? undefined, count: undefined }
      : { until: rule.until, count: rule.count && rule.count - occurrencesBefore }
  return { rule: { ...rule, ...change, ...ends, from }, occurrencesBefore }
}
