import { Button, Checkbox, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../clients.ts'
import { momentText } from '../../time.ts'
import { Restored, useDraft } from '../../ui/draft.tsx'
import { ErrorAlert, fieldErrors } from '../../ui/error-alert.tsx'
import { QueryResult } from '../../ui/query-result.tsx'
import { useWords } from '../../words.ts'
import { cancelLesson, type Scope } from '../lesson-acts.ts'
import { namesOf } from '../lessons.ts'
import type { SheetProps } from '../opened.ts'
import { ScopeField } from '../scope-question.tsx'

/** Which lessons of a series go: how many, whose, from when until when. */
function Ahead({ seriesId, on, zone }: { seriesId: string; on: string | undefined; zone: string }) {
  const t = useWords()
  const query = useQuery({ queryKey: ['series-ahead', seriesId, on], queryFn: () => api.series.ahead({ seriesId, on }), gcTime: 0 })
  return (
    <QueryResult query={query}>
      {({ lessons: count, first, last, students }) => (
        <Text fw={600}>
          {first && last
            ? t('aheadGo', {
                count,
                names: students.map(({ name }) => name).join(', '),
                first: momentText(first, zone),
                last: momentText(last, zone),
              })
            : t('aheadNone')}
        </Text>
      )}
    </QueryResult>
  )
}

/** The school calls a lesson off: always free for the family, who hear of it with the reason. */
export function CallOff({ lesson, who, open }: SheetProps) {
  const t = useWords()
  const typed = useDraft(`cancel-${lesson.id}`, { reason: '', makeUpCredit: false, scope: 'this' as Scope })
  const { draft, change, forget } = typed
  const { reason, makeUpCredit, scope } = draft
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    const done = () => {
      forget()
      open(undefined)
    }
    await cancelLesson(lesson, { reason: reason.trim() || undefined, makeUpCredit }, scope).then(done, setError)
    setBusy(false)
  }
  return (
    <form onSubmit={(event) => void send(event)}>
      <Stack>
        <ErrorAlert error={error} />
        <Restored {...typed} />
        <Text>{t('callOffTold', { name: namesOf(lesson), when: momentText(lesson.startsAt, who.card.zone) })}</Text>
        <TextInput
          label={t('reason')}
          description={t('reasonHint')}
          maxLength={500}
          value={reason}
          error={fieldErrors(error).reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
          data-autofocus
        />
        <Checkbox label={t('makeUp')} checked={makeUpCredit} onChange={(event) => change({ makeUpCredit: event.currentTarget.checked })} />
        {lesson.seriesId && <ScopeField scope={scope} choose={(to) => change({ scope: to })} />}
        {lesson.seriesId && scope !== 'this' && (
          <Ahead seriesId={lesson.seriesId} on={scope === 'all' ? undefined : lesson.seriesOn} zone={who.card.zone} />
        )}
      </Stack>
      <div className="sheet-foot">
        <Button type="submit" size="md" fullWidth loading={busy} color="red">
          {scope === 'this' ? t('callOffDo') : t('callOffMany')}
        </Button>
        <Button variant="default" fullWidth onClick={() => open({ lesson, view: 'details' })}>
          {t('back')}
        </Button>
      </div>
    </form>
  )
}
