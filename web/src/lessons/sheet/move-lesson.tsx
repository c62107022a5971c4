import { Button, Group, Stack, TextInput } from '@mantine/core'
import { wallTimeOf } from '@repitbot/contracts/calendar'
import { type FormEvent, useState } from 'react'
import { instantText } from '../../time.ts'
import { Restored, useDraft } from '../../ui/draft.tsx'
import { ErrorAlert, fieldErrors } from '../../ui/error-alert.tsx'
import { faultsIn } from '../../ui/field-faults.ts'
import { useWords } from '../../words.ts'
import { moveLesson, type Scope } from '../lesson-acts.ts'
import { placeOf, startOf } from '../lessons.ts'
import type { SheetProps } from '../opened.ts'
import { ScopeField } from '../scope-question.tsx'
import { SeriesSkips } from '../series-skips.tsx'
import { clashText, refusedText } from '../taken.ts'

/** Another time or length for a lesson, or for more of its series. */
export function MoveLesson({ lesson, loaded, who, open }: SheetProps) {
  const t = useWords()
  const zone = who.card.zone
  const was = wallTimeOf(startOf(lesson), zone)
  const first = { day: was.slice(0, 10), time: was.slice(11), minutes: String(lesson.minutes), scope: 'this' as Scope }
  const typed = useDraft(`move-${lesson.id}`, first)
  const { draft, change, forget } = typed
  const { day, time, minutes, scope } = draft
  const [error, setError] = useState<unknown>()
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const to = day && time ? { startsAt: instantText(`${day}T${time}`, zone), minutes: Number(minutes) } : undefined
  const clash = to && scope === 'this' ? clashText(loaded, lesson, to, zone) : undefined
  const errors = { ...fieldErrors(error), ...faults }
  const refused = errors.startsAt ?? errors.date ?? errors.on ?? errors.at
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const found = faultsIn(event.currentTarget)
    setFaults(found)
    if (!to || clash || Object.keys(found).length > 0) return
    setBusy(true)
    setError(undefined)
    const done = () => {
      forget()
      open(undefined)
    }
    await moveLesson(lesson, to, scope).then(done, setError)
    setBusy(false)
  }
  return (
    <form noValidate onSubmit={(event) => void send(event)}>
      <Stack>
        <ErrorAlert error={error} message={error ? refusedText(error, loaded, zone) : undefined} />
        <Restored {...typed} />
        <Group grow align="start" gap="xs">
          <TextInput
            type="date"
            name="day"
            label={t('day')}
            required
            withAsterisk={false}
            value={day}
            error={errors.day}
            onChange={(event) => change({ day: event.currentTarget.value })}
            data-autofocus
          />
          <TextInput
            type="time"
            name="time"
            label={t('time')}
            required
            withAsterisk={false}
            value={time}
            onChange={(event) => change({ time: event.currentTarget.value })}
            error={errors.time ?? clash ?? refused}
          />
        </Group>
        <TextInput
          type="number"
          name="minutes"
          min={5}
          max={480}
          label={t('minutes')}
          required
          withAsterisk={false}
          value={minutes}
          error={errors.minutes}
          onChange={(event) => change({ minutes: event.currentTarget.value })}
        />
        {to && scope === 'this' && (
          <SeriesSkips place={{ ...placeOf(lesson), startsAt: Date.parse(to.startsAt), minutes: to.minutes }} zone={zone} />
        )}
        {lesson.seriesId && <ScopeField scope={scope} choose={(to) => change({ scope: to })} />}
      </Stack>
      <div className="sheet-foot">
        <Button type="submit" size="md" fullWidth loading={busy}>
          {t('moveDo')}
        </Button>
        <Button variant="default" fullWidth onClick={() => open({ lesson, view: 'details' })}>
          {t('back')}
        </Button>
      </div>
    </form>
  )
}
