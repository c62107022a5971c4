import { type Fleet, services } from '../fleet/services.ts'

/** A lesson whose report was acknowledged to the client. All expected effects are computed from these alone. */
export type Acknowledged = {
  lessonId: string
  studentId: string
  parentId: string
  startsAt: string
  type: string
  minutes: number
  attended: boolean
  percent?: number
}
export type Faults = { lost: number; doubled: number; wrong: string[] }

const base: Record<string, number> = { trial: 100, group: 130, individual: 150, make_up: 150, intensive: 180, mock_exam: 200 }
const reward = 50
const levels = [0, 0, 1_000, 2_500, 4_750, 8_125]
/** Moscow has had no summer time since 2014. */
const zoneMs = 3 * 3_600_000

/** XP of each lesson by the published rules, implemented here a second time: the first four lessons of a local day that were attended and long enough. */
function xpOf(lessons: readonly Acknowledged[]): Map<string, number> {
  const xp = new Map<string, number>()
  const byDay = Map.groupBy(
    lessons,
    ({ studentId, startsAt }) => `${studentId} ${Math.floor((Date.parse(startsAt) + zoneMs) / 86_400_000)}`,
  )
  for (const ofDay of byDay.values()) {
    const earning = ofDay
      .filter(({ attended, minutes }) => attended && minutes >= 20)
      .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt) || (a.lessonId < b.lessonId ? -1 : 1))
    for (const { lessonId, type, percent = 0 } of earning.slice(0, 4)) {
      const bonus = percent >= 90 ? 100 : percent >= 75 ? 60 : percent >= 60 ? 30 : 0
      xp.set(lessonId, Math.min(300, Math.max(100, (base[type] ?? 0) + bonus)))
    }
  }
  return xp
}

/** The achievements of a new student, of 50 XP each. */
function rewardsOf(lessons: readonly Acknowledged[], lessonXp: number): string[] {
  const attended = lessons.filter((lesson) => lesson.attended).length
  const codes = [...(attended >= 1 ? ['first_lesson'] : []), ...(attended >= 10 ? ['student_10'] : [])]
  return lessonXp + codes.length * reward >= (levels[5] ?? 0) ? [...codes, 'level_5'] : codes
}

/** Compares the rows of all services with the effects that the acknowledged lessons must have. */
export async function faultsOf(fleet: Fleet, acknowledged: readonly Acknowledged[]): Promise<Faults> {
  const faults: Faults = { lost: 0, doubled: 0, wrong: [] }
  const count = (what: string, found: number, due: number) => {
    if (found < due) faults.lost++
    if (found > due) faults.doubled++
    if (found !== due) faults.wrong.push(`${what}: ${found} instead of ${due}`)
  }
  const totals = async (sql: string) => new Map((await fleet.sql<{ id: string; n: number }>(sql)).map(({ id, n }) => [id, Number(n)]))
  const lessons = await totals(`select id, 1 as n from lesson.lesson where status = 'completed'`)
  const ledger = await totals(`select source_id as id, sum(delta) as n from student.xp_ledger where kind = 'lesson' group by 1`)
  const inInbox = await totals('select lesson_id as id, sum(xp) as n from notification.lesson_xp group by 1')
  const notices = await totals(
    `select link_id || ' ' || recipient_id as id, count(*) as n from notification.notice where code = 'lesson_report' group by 1`,
  )
  const xp = xpOf(acknowledged)
  for (const { lessonId, studentId, parentId } of acknowledged) {
    const due = xp.get(lessonId) ?? 0
    count(`lesson ${lessonId}`, lessons.get(lessonId) ?? 0, 1)
    for (const to of [studentId, parentId]) count(`notice of ${lessonId} to ${to}`, notices.get(`${lessonId} ${to}`) ?? 0, 1)
    if ((ledger.get(lessonId) ?? 0) !== due) count(`XP of ${lessonId} in the ledger`, ledger.get(lessonId) ?? 0, due)
    if ((inInbox.get(lessonId) ?? 0) !== due) count(`XP of ${lessonId} in the inbox`, inInbox.get(lessonId) ?? 0, due)
  }
  count('notices of reports', notices.size, acknowledged.length * 2)
  await countRewards(fleet, acknowledged, { xp, count })
  const dead = await totals(`select 'dead' as id, ${services.map(({ name }) => `(select count(*) from "${name}".retry)`).join(' + ')} as n`)
  count('dead letters and retries', dead.get('dead') ?? 0, 0)
  return faults
}

type Counting = { xp: Map<string, number>; count: (what: string, found: number, due: number) => void }
async function countRewards(fleet: Fleet, acknowledged: readonly Acknowledged[], { xp, count }: Counting): Promise<void> {
  const students = await fleet.sql<{ id: string; total: string; codes: string[]; notices: number }>(
    `select s.student_id as id, s.total_xp as total, array(select code from student.achievement a where a.student_id = s.student_id) as codes,
       (select count(*)::int from notification.notice n where n.about_id = s.student_id and n.code = 'achievement_earned') as notices
     from student.student s`,
  )
  const found = new Map(students.map((student) => [student.id, student]))
  for (const [studentId, lessons] of Map.groupBy(acknowledged, (lesson) => lesson.studentId)) {
    const lessonXp = lessons.reduce((sum, { lessonId }) => sum + (xp.get(lessonId) ?? 0), 0)
    const codes = rewardsOf(lessons, lessonXp)
    const student = found.get(studentId)
    const missing = codes.filter((code) => !student?.codes.includes(code))
    count(`achievements ${missing.join(', ') || student?.codes.join(', ')} of ${studentId}`, student?.codes.length ?? 0, codes.length)
    count(`notices of achievements of ${studentId}`, student?.notices ?? 0, codes.length * 2)
    if (Number(student?.total ?? 0) !== lessonXp + codes.length * reward)
      count(`total XP of ${studentId}`, Number(student?.total ?? 0), lessonXp + codes.length * reward)
  }
}

/** Waits until every event is published and `isDone`, or until `msMax`. Returns how long that took, in ms. */
export async function waitForEffects(fleet: Fleet, isDone: () => Promise<boolean>, msMax: number): Promise<number> {
  const begun = performance.now()
  while (performance.now() - begun < msMax) {
    const [row] = await fleet
      .sql<{ waiting: number }>(
        `select ((select count(*) from lesson.outbox where published_at is null) + (select count(*) from student.outbox where published_at is null))::int as waiting`,
      )
      .catch(() => [{ waiting: -1 }])
    if (row?.waiting === 0 && (await isDone().catch(() => false))) break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return performance.now() - begun
}
