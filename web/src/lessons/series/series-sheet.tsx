import { Button, Stack, Text, TextInput } from '@mantine/core'
import { amountText, currencySign, parseMoney } from '@repitbot/contracts/money'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../clients.ts'
import { queries } from '../../queries.ts'
import { dayText } from '../../time.ts'
import { Restored, useDraft } from '../../ui/draft.tsx'
import { ErrorAlert, fieldErrors } from '../../ui/error-alert.tsx'
import { faultsIn } from '../../ui/field-faults.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { offerUndo } from '../../ui/undo.tsx'
import { language, translate, useWords } from '../../words.ts'
import { nextOf, type Series, whenText } from './series-days.ts'

const nextShown = 3
const namesIn = ({ students }: Series) => students.map(({ name }) => name).join(', ')
type Draft = { subject: string; at: string; minutes: string; videoUrl: string; until: string; prices: Record<string, string> }
const draftOf = ({ subject, at, minutes, videoUrl = '', until = '', students }: Series): Draft => ({
  ...{ subject, at, minutes: String(minutes), videoUrl, until },
  prices: Object.fromEntries(students.map(({ studentId, priceMinor, currency }) => [studentId, amountText(priceMinor, currency)])),
})

export function SeriesSheet({ series, close }: { series: Series; close: () => void }) {
  const t = useWords()
  return (
    <Sheet title={`${t('seriesOf')}: ${namesIn(series)}`} close={close}>
      <WholeSeries series={series} close={close} />
    </Sheet>
  )
}

/** A series: when it is next, what of all its lessons ahead can be changed, and how it ends. */
export function WholeSeries({ series, close }: { series: Series; close: () => void }) {
  const t = useWords()
  return (
    <>
      <Stack gap={4} mb="md">
        <Text>{whenText(series, t)}</Text>
        <Text size="sm" className="dimmed">
          {t('nextDates')}:{' '}
          {nextOf(series, nextShown)
            .map((day) => dayText(day))
            .join('; ')}
        </Text>
      </Stack>
      <ChangeSeries series={series} close={close} />
      <EndSeries series={series} close={close} />
    </>
  )
}

const offerUndoOf = ({ id: seriesId, version }: Series, text: string) =>
  offerUndo({
    text,
    undo: async () => {
      await api.series.undo({ seriesId, version })
      void queries.invalidateQueries()
    },
  })

function ChangeSeries({ series, close }: { series: Series; close: () => void }) {
  const t = useWords()
  const { id: seriesId, version, students } = series
  const typed = useDraft(`series-${seriesId}-${version}`, draftOf(series))
  const { draft, change, forget } = typed
  const [error, setError] = useState<unknown>()
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [faults, setFaults] = useState<Record<string, string>>({})
  const errors = { ...fieldErrors(error), ...faults }
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const found = faultsIn(event.currentTarget)
    setFaults(found)
    const prices = students.map((seat) => ({ ...seat, minor: parseMoney(draft.prices[seat.studentId] ?? '', seat.currency) }))
    setWrong(prices.find(({ minor }) => minor === undefined)?.studentId)
    if (prices.some(({ minor }) => minor === undefined) || Object.keys(found).length > 0) return
    setBusy(true)
    setError(undefined)
    try {
      const changed = await api.series.change({
        ...{ seriesId, version, scope: 'all', subject: draft.subject, at: draft.at, minutes: Number(draft.minutes) },
        videoUrl: draft.videoUrl.trim() || undefined,
        until: draft.until === (series.until ?? '') ? undefined : draft.until || null,
        students: prices.map(({ studentId, minor = 0, currency }) => ({ studentId, priceMinor: minor, currency })),
      })
      forget()
      offerUndoOf(changed, translate('seriesChanged', { name: namesIn(series) }))
      void queries.invalidateQueries()
      close()
    } catch (refused) {
      setError(refused)
    }
    setBusy(false)
  }
  const field = (name: Exclude<keyof Draft, 'prices'>, more: object) => (
    <TextInput
      {...more}
      name={name}
      value={draft[name]}
      error={errors[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <form noValidate onSubmit={(event) => void send(event)}>
      <Stack>
        <ErrorAlert error={error} />
        <Restored {...typed} />
        {field('subject', { label: t('subject'), maxLength: 100, required: true, withAsterisk: false })}
        <div className="field-pair">
          {field('at', { type: 'time', label: t('time'), required: true, withAsterisk: false })}
          {field('minutes', { type: 'number', min: 5, max: 480, required: true, withAsterisk: false, label: t('minutesLabel') })}
        </div>
        {students.map(({ studentId, name, currency }) => (
          <TextInput
            key={studentId}
            inputMode="decimal"
            label={t('priceOf', { name, sign: currencySign(currency, language.get()) })}
            value={draft.prices[studentId] ?? ''}
            error={wrong === studentId && t('needPrice')}
            onChange={(event) => change({ prices: { ...draft.prices, [studentId]: event.currentTarget.value } })}
          />
        ))}
        {field('videoUrl', { type: 'url', label: t('videoUrl'), placeholder: 'https://' })}
        {field('until', { type: 'date', label: t('untilIfAny') })}
        <Button type="submit" loading={busy}>
          {t('seriesSave')}
        </Button>
      </Stack>
    </form>
  )
}

/** Calls off what is ahead, after saying how much that is. */
function EndSeries({ series, close }: { series: Series; close: () => void }) {
  const t = useWords()
  const { id: seriesId } = series
  const { data } = useQuery({ queryKey: ['series', seriesId, 'ahead'], queryFn: () => api.series.ahead({ seriesId }) })
  const [error, setError] = useState<unknown>()
  const end = async () => {
    try {
      const ended = await api.series.cancel({ seriesId, scope: 'all' })
      offerUndoOf(ended, translate('seriesEnded', { name: namesIn(series) }))
      void queries.invalidateQueries()
      close()
    } catch (refused) {
      setError(refused)
    }
  }
  if (!data) return null
  return (
    <Stack gap="xs" mt="lg">
      <ErrorAlert error={error} />
      <Text size="sm">{t('seriesEndTold', { count: data.lessons, name: namesIn(series) })}</Text>
      <Button variant="default" color="red" onClick={() => void end()}>
        {t('seriesEnd')}
      </Button>
    </Stack>
  )
}
