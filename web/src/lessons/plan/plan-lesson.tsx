import { Button, NativeSelect, Stack } from '@mantine/core'
import type { Me } from '@repitbot/contracts/auth'
import { instantOf, localDay } from '@repitbot/contracts/calendar'
import { LessonType } from '@repitbot/contracts/lesson-fields'
import { currencyUsual } from '@repitbot/contracts/money'
import type { Person } from '@repitbot/contracts/people'
import { IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { api } from '../../clients.ts'
import { attemptKey } from '../../once.ts'
import { AddPerson } from '../../people/add-person.tsx'
import { useStudents } from '../../people/people-fields.tsx'
import { anyOf, tutorsHere } from '../../people/queries.ts'
import { queries } from '../../queries.ts'
import { boundsOf, momentText } from '../../time.ts'
import { Restored } from '../../ui/draft.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorAlert, fieldErrors } from '../../ui/error-alert.tsx'
import { QueryResult } from '../../ui/query-result.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { offerUndo } from '../../ui/undo.tsx'
import { translate, useWords } from '../../words.ts'
import { inTheWay, lessonsIn, type StaffLesson } from '../lessons.ts'
import { SeriesSkips } from '../series-skips.tsx'
import { refusedText } from '../taken.ts'
import { Owed, useOwed } from './owed.tsx'
import { amongOffered, type Draft, type Errors, errorsOf, likeLastTime, planOf, toDraftErrors, typeOf, usePlanDraft } from './plan-draft.ts'
import { NextDates, Repeat, What, When, Who } from './plan-fields.tsx'
import { PupilTimes } from './pupil-times.tsx'
import { oneWeekday } from './series-dates.ts'

/** Where the plan was begun: a click on the week brings the day and the time along. */
export type Place = Partial<Pick<Draft, 'day' | 'time' | 'minutes' | 'studentIds' | 'subject' | 'price' | 'videoUrl' | 'tutorId'>>
type Props = { who: Me; loaded: StaffLesson[]; place?: Place; close: () => void }

export function PlanLesson(props: Props) {
  const t = useWords()
  const query = useQuery(anyOf('student', 'here'))
  const tutors = useQuery(tutorsHere)
  const [adding, setAdding] = useState(false)
  if (adding) return <AddPerson only="student" close={() => setAdding(false)} />
  return (
    <Sheet title={t('plan')} close={props.close}>
      <QueryResult query={query}>
        {(students) =>
          students.length > 0 ? (
            <QueryResult query={tutors}>{(all) => <PlanForm {...props} teaching={all} />}</QueryResult>
          ) : (
            <Empty icon={IconUsers} text={t('noStudents')}>
              <Button onClick={() => setAdding(true)}>{t('addStudent')}</Button>
            </Empty>
          )
        }
      </QueryResult>
    </Sheet>
  )
}

function PlanForm({ who, loaded, place = {}, close, teaching }: Props & { teaching: Person[] }) {
  const t = useWords()
  const { zone, role, userId } = who.card
  const admin = role === 'admin'
  const tutors = teaching.map((one) => ({ value: one.userId, label: one.name }))
  const kept = usePlanDraft(firstDraft(zone, userId), draftAt(place))
  const { change, forget } = kept
  const { people, gone } = useStudents(kept.draft.studentIds)
  const offered = amongOffered(kept.draft, tutors, gone)
  const owed = useOwed(offered.studentIds)
  // What was promised may be planned or taken back since the draft was begun.
  const draft = { ...offered, makeUpOf: owed.some(({ id }) => id === offered.makeUpOf) ? offered.makeUpOf : '' }
  const [error, setError] = useState<unknown>()
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const sent = useRef({ body: '', key: '' })
  const form = useRef<HTMLFormElement>(null)
  // The sheet was opened before the form was loaded, so it has set the focus already.
  useEffect(() => void setTimeout(() => form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()), [])
  const clash = useClash(draft, zone, admin ? draft.tutorId : userId)
  const own: Errors = { ...errorsOf(draft, zone), ...(admin && !draft.tutorId && { tutorId: t('needTutor') }) }
  const errors: Errors = { ...toDraftErrors(fieldErrors(error)), ...(clash && { time: clash }), ...(tried && own) }
  const choose = (studentIds: string[]) =>
    change({ studentIds, ...(draft.studentIds.length === 0 && studentIds[0] && !draft.subject && likeLastTime(loaded, studentIds[0])) })
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    setError(undefined)
    if (Object.keys(own).length || clash) return void setTimeout(() => focusFault(form.current))
    setBusy(true)
    try {
      await plan(planOf(draft, zone, admin), sent.current)
      forget()
      close()
    } catch (refused) {
      setError(refused)
      setTimeout(() => focusFault(form.current))
    }
    setBusy(false)
  }
  const field = { draft, change, errors }
  return (
    <form ref={form} noValidate onSubmit={(event) => void send(event)}>
      <Stack>
        <ErrorAlert error={error} message={error ? refusedText(error, loaded, zone) : undefined} />
        <Restored {...kept} />
        {admin && !(tutors.length === 1 && draft.tutorId === userId) && (
          <NativeSelect
            label={t('tutor')}
            data={tutors}
            value={draft.tutorId}
            error={errors.tutorId}
            onChange={(event) => change({ tutorId: event.currentTarget.value })}
          />
        )}
        <Who {...field} choose={choose} />
        {!draft.repeats && <Owed {...field} owed={owed} zone={zone} />}
        <When {...field} zone={zone} />
        <PupilTimes draft={draft} zone={zone} people={people} />
        {draft.day && draft.time && <SeriesSkips place={placeIn(draft, zone, admin ? draft.tutorId : userId)} zone={zone} />}
        <What {...field} types={LessonType.options.map((value) => ({ value, label: t(`type_${value}`) }))} type={typeOf(draft)} />
        <Repeat {...field} />
        <NextDates draft={draft} zone={zone} />
      </Stack>
      <div className="sheet-foot">
        <Button type="submit" size="md" fullWidth loading={busy}>
          {draft.repeats ? t('planSeries') : t('planLesson')}
        </Button>
      </div>
    </form>
  )
}

const focusFault = (form: HTMLElement | null) => form?.querySelector<HTMLElement>('[aria-invalid=true], [role=alert]')?.focus()

const draftAt = (place: Place): Partial<Draft> => (place.day ? { ...place, weekdays: oneWeekday(place.day) } : place)
/** Whoever gives lessons is the tutor of what they plan, until they choose another. */
const firstDraft = (zone: string, tutorId: string): Draft => {
  const day = localDay(Date.now(), zone)
  return {
    ...{ tutorId, studentIds: [], type: 'individual', subject: '', day, time: '', minutes: '60', price: '1500' },
    ...{ currency: currencyUsual, videoUrl: '', makeUpOf: '' },
    ...{ repeats: false, weekdays: oneWeekday(day), interval: '1', ends: 'never', until: '', count: '10' },
  }
}

const placeIn = ({ studentIds, day, time, minutes }: Draft, zone: string, tutorId: string) => ({
  ...{ tutorId, studentIds, minutes: Number(minutes) },
  startsAt: instantOf(day, time, zone).getTime(),
})

/** Who is already busy at the first date, checked before it is sent. */
function useClash(draft: Draft, zone: string, tutorId: string): string | undefined {
  const { day, time } = draft
  const t = useWords()
  const { data = [] } = useQuery({ ...lessonsIn(boundsOf(day || localDay(Date.now(), zone), zone)), enabled: Boolean(day) })
  if (!day || !time || draft.repeats) return undefined
  const other = inTheWay(data, placeIn(draft, zone, tutorId))
  return other && t('taken', { name: other.students.map(({ name }) => name).join(', '), when: momentText(other.startsAt, zone) })
}

/** The same plan sent again is planned once: an answer that was lost on the way does no harm. */
async function plan(request: ReturnType<typeof planOf>, sent: { body: string; key: string }) {
  const body = JSON.stringify(request)
  if (body !== sent.body) Object.assign(sent, { body, key: attemptKey() })
  const options = { idempotencyKey: sent.key }
  const undo = request.series ? await planSeries(request.series, options) : await planOne(request.lesson, options)
  void queries.invalidateQueries()
  offerUndo({
    text: translate(request.series ? 'seriesPlanned' : 'planned'),
    undo: () => undo().finally(() => void queries.invalidateQueries()),
  })
}

/** Plans, and returns what takes the plan back. */
async function planOne(...args: Parameters<typeof api.lessons.plan>) {
  const { id: lessonId } = await api.lessons.plan(...args)
  return () => api.lessons.cancel({ lessonId })
}
async function planSeries(...args: Parameters<typeof api.series.plan>) {
  const { id: seriesId } = await api.series.plan(...args)
  return () => api.series.cancel({ seriesId, scope: 'all' })
}
