import { Button, NativeSelect, Stack, TextInput } from '@mantine/core'
import { LessonType } from '@repitbot/contracts/lesson-fields'
import { currencySign } from '@repitbot/contracts/money'
import { type FormEvent, useState } from 'react'
import { StudentsField, useStudents } from '../../people/people-fields.tsx'
import { Restored, useDraft } from '../../ui/draft.tsx'
import { ErrorAlert, fieldErrors } from '../../ui/error-alert.tsx'
import { language, useWords } from '../../words.ts'
import { changeLesson } from '../change-acts.ts'
import type { SheetProps } from '../opened.ts'
import { ScopeField } from '../scope-question.tsx'
import { refusedText } from '../taken.ts'
import { type ChangeDraft, currencyIn, draftOf, errorsIn, fieldsOf, toFieldErrors, withStudents } from './change-draft.ts'

/** Everything of a planned lesson but its start, which is moved. */
export function ChangeLesson({ lesson, loaded, who, open }: SheetProps) {
  const t = useWords()
  const currency = currencyIn(lesson)
  const typed = useDraft(`change-${lesson.id}-${lesson.version}`, draftOf(lesson))
  const { draft, change, forget } = typed
  const [error, setError] = useState<unknown>()
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const own = errorsIn(draft, currency)
  const errors = { ...toFieldErrors(fieldErrors(error), draft), ...(tried && own) }
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(own).length) return
    setBusy(true)
    setError(undefined)
    const done = () => {
      forget()
      open(undefined)
    }
    await changeLesson(lesson, fieldsOf(draft, currency), draft.scope).then(done, setError)
    setBusy(false)
  }
  return (
    <form noValidate onSubmit={(event) => void send(event)}>
      <Stack>
        <ErrorAlert error={error} message={error ? refusedText(error, loaded, who.card.zone) : undefined} />
        <Restored {...typed} />
        <What draft={draft} change={change} errors={errors} many={draft.scope !== 'this'} />
        <Seats lesson={lesson} draft={draft} change={change} errors={errors} />
        {lesson.seriesId && <ScopeField scope={draft.scope} choose={(scope) => change({ scope })} />}
      </Stack>
      <div className="sheet-foot">
        <Button type="submit" size="md" fullWidth loading={busy}>
          {t('save')}
        </Button>
        <Button variant="default" fullWidth onClick={() => open({ lesson, view: 'details' })}>
          {t('back')}
        </Button>
      </div>
    </form>
  )
}

type Fields = { draft: ChangeDraft; change: (some: Partial<ChangeDraft>) => void; errors: Record<string, string> }

/** `many`: further lessons of the series change too, which have topics of their own. */
function What({ draft, change, errors, many }: Fields & { many: boolean }) {
  const t = useWords()
  const text = (field: 'subject' | 'topic' | 'videoUrl' | 'minutes', more: object) => (
    <TextInput {...more} value={draft[field]} error={errors[field]} onChange={(event) => change({ [field]: event.currentTarget.value })} />
  )
  return (
    <>
      {text('subject', { label: t('subject'), maxLength: 100, 'data-autofocus': true })}
      {!many && text('topic', { label: t('topic'), maxLength: 200 })}
      <div className="field-pair">
        {!many && (
          <NativeSelect
            label={t('type')}
            data={LessonType.options.map((value) => ({ value, label: t(`type_${value}`) }))}
            value={draft.type}
            error={errors.type}
            onChange={(event) => change({ type: LessonType.options.find((one) => one === event.currentTarget.value) ?? 'individual' })}
          />
        )}
        {text('minutes', { type: 'number', inputMode: 'numeric', min: 5, max: 480, label: t('minutesLabel') })}
      </div>
      {text('videoUrl', { type: 'url', inputMode: 'url', label: t('videoUrl'), placeholder: 'https://' })}
    </>
  )
}

function Seats({ lesson, draft, change, errors }: Fields & Pick<SheetProps, 'lesson'>) {
  const t = useWords()
  const names = new Map(lesson.students.map(({ studentId, name }) => [studentId, name]))
  const { people } = useStudents(draft.studentIds)
  for (const { userId, name } of people) names.set(userId, name)
  return (
    <>
      <StudentsField
        label={t('who')}
        names={names}
        value={draft.studentIds}
        choose={(to) => change(withStudents(draft, to))}
        error={errors.students}
      />
      {draft.studentIds.map((id) => (
        <TextInput
          key={id}
          inputMode="decimal"
          maxLength={20}
          label={t('priceOf', { name: names.get(id) ?? '', sign: currencySign(currencyIn(lesson), language.get()) })}
          value={draft.prices[id] ?? ''}
          error={errors[`price-${id}`]}
          onChange={(event) => change({ prices: { ...draft.prices, [id]: event.currentTarget.value } })}
        />
      ))}
    </>
  )
}
