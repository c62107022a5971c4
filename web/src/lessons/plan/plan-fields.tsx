import './plan.css'
import { Chip, Group, NativeSelect, Stack, Switch, Text, TextInput } from '@mantine/core'
import { addDays } from '@repitbot/contracts/calendar'
import type { LessonType } from '@repitbot/contracts/lesson-fields'
import { currencySign } from '@repitbot/contracts/money'
import { StudentsField } from '../../people/people-fields.tsx'
import { dayText, timeText } from '../../time.ts'
import { zoneText } from '../../time-zones.ts'
import { language, useWords } from '../../words.ts'
import type { Change, Draft, Errors } from './plan-draft.ts'
import { ruleOf } from './plan-draft.ts'
import { comingOf, someMonday, weekdays } from './series-dates.ts'

type Option<V extends string = string> = { value: V; label: string }
type Fields = { draft: Draft; change: Change; errors: Errors }

export function Who({ draft, errors, choose }: Fields & { choose: (ids: string[]) => void }) {
  const t = useWords()
  return (
    <StudentsField
      label={t('who')}
      description={t('whoHint')}
      placeholder={draft.studentIds.length ? undefined : t('whoPick')}
      value={draft.studentIds}
      choose={choose}
      error={errors.studentIds}
      data-autofocus
    />
  )
}

export function What({ draft, change, errors, types, type }: Fields & { types: Option<LessonType>[]; type: LessonType }) {
  const t = useWords()
  return (
    <>
      <TextInput
        label={t('subject')}
        maxLength={100}
        value={draft.subject}
        error={errors.subject}
        onChange={(event) => change({ subject: event.currentTarget.value })}
      />
      <div className="field-pair">
        <NativeSelect
          label={t('type')}
          data={types}
          value={type}
          error={errors.type}
          onChange={(event) => change({ type: types.find(({ value }) => value === event.currentTarget.value)?.value ?? 'individual' })}
        />
        <TextInput
          inputMode="decimal"
          maxLength={20}
          label={t(draft.studentIds.length > 1 ? 'priceEach' : 'price', { sign: currencySign(draft.currency, language.get()) })}
          value={draft.price}
          error={errors.price}
          onChange={(event) => change({ price: event.currentTarget.value })}
        />
      </div>
      <TextInput
        type="url"
        inputMode="url"
        label={t('videoUrl')}
        placeholder="https://"
        value={draft.videoUrl}
        error={errors.videoUrl}
        onChange={(event) => change({ videoUrl: event.currentTarget.value })}
      />
    </>
  )
}

export function When({ draft, change, errors, zone }: Fields & { zone: string }) {
  const t = useWords()
  return (
    <Stack gap={4}>
      <div className="when">
        <TextInput
          type="date"
          label={t('day')}
          value={draft.day}
          error={errors.day}
          onChange={(event) => change({ day: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t('time')}
          value={draft.time}
          error={errors.time}
          onChange={(event) => change({ time: event.currentTarget.value })}
        />
        <TextInput
          type="number"
          inputMode="numeric"
          min={5}
          max={480}
          step={5}
          label={t('minutesLabel')}
          value={draft.minutes}
          error={errors.minutes}
          onChange={(event) => change({ minutes: event.currentTarget.value })}
        />
      </div>
      <Text size="xs" className="dimmed">
        {t('zoneIs', { zone: zoneText(zone) })}
      </Text>
    </Stack>
  )
}

export function Repeat({ draft, change, errors }: Fields) {
  const t = useWords()
  const ends = ['never', 'until', 'count'] as const
  return (
    <Stack gap="xs">
      <Switch label={t('repeats')} checked={draft.repeats} onChange={(event) => change({ repeats: event.currentTarget.checked })} />
      {draft.repeats && (
        <>
          <Chip.Group multiple value={draft.weekdays.map(String)} onChange={(to) => change({ weekdays: to.map(Number) })}>
            <Group gap={6} role="group" aria-label={t('onDays')}>
              {weekdays.map((weekday) => (
                <Chip key={weekday} value={String(weekday)} size="sm" radius="md" className="weekday">
                  {dayText(addDays(someMonday, weekday - 1), { weekday: 'short' })}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          {errors.weekdays && (
            <Text size="sm" c="red" role="alert" tabIndex={-1}>
              {errors.weekdays}
            </Text>
          )}
          <div className="field-pair">
            <NativeSelect
              label={t('interval')}
              data={['1', '2', '3', '4'].map((value) => ({
                value,
                label: value === '1' ? t('everyWeek') : t('everyWeeks', { weeks: value }),
              }))}
              value={draft.interval}
              onChange={(event) => change({ interval: event.currentTarget.value })}
            />
            <NativeSelect
              label={t('ends')}
              data={ends.map((value) => ({ value, label: t(`ends_${value}`) }))}
              value={draft.ends}
              onChange={(event) => change({ ends: ends.find((one) => one === event.currentTarget.value) ?? 'never' })}
            />
          </div>
          {draft.ends === 'until' && (
            <TextInput
              type="date"
              label={t('until')}
              min={draft.day}
              value={draft.until}
              error={errors.until}
              onChange={(event) => change({ until: event.currentTarget.value })}
            />
          )}
          {draft.ends === 'count' && (
            <TextInput
              type="number"
              inputMode="numeric"
              min={1}
              max={500}
              label={t('count')}
              value={draft.count}
              error={errors.count}
              onChange={(event) => change({ count: event.currentTarget.value })}
            />
          )}
        </>
      )}
    </Stack>
  )
}

/** The next dates of a plan, and whether a change of the clocks moves them. */
export function NextDates({ draft, zone }: { draft: Draft; zone: string }) {
  const t = useWords()
  const { day, time, minutes, repeats } = draft
  if (!day || !time || !(Number(minutes) > 0)) return null
  const coming = comingOf(ruleOf(draft), time, zone)
  if (!coming.length) return null
  return (
    <div className="next-dates">
      <Text size="sm" fw={600}>
        {repeats ? t('nextDates') : t('oneDate')}
      </Text>
      <ul className="bare">
        {coming.map(({ day: on, startsAt, skipped, turned }) => (
          <li key={on}>
            <Text size="sm">
              {dayText(on)}, {timeText(startsAt, zone)} – {timeText(startsAt + Number(minutes) * 60_000, zone)}
            </Text>
            {(skipped || turned) && (
              <Text size="xs" className="dimmed">
                {skipped ? t('clockSkips', { time, to: timeText(startsAt, zone) }) : t('clockTurns', { time })}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
