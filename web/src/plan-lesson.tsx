import { Button, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import type { Me } from '@repitbot/contracts/auth'
import { useQuery } from '@tanstack/react-query'
import { Form } from './form.tsx'
import { lessons, people, queries } from './session.ts'
import { dayAt, instantOf } from './time.ts'
import { tell } from './toast.tsx'
import { Asked } from './trouble.tsx'
import { useWords } from './words.ts'

export function PlanLesson({ who, close }: { who: Me; close: () => void }) {
  const t = useWords()
  const zone = who.card.zone
  const admin = who.card.role === 'admin'
  const query = useQuery({ queryKey: ['people', 'all'], queryFn: () => people.list({ limit: 200 }) })
  const send = async (values: Record<string, string>) => {
    const { studentId = '', tutorId, subject = '', day, time, minutes, price } = values
    const startsAt = new Date(instantOf(`${day}T${time}`, zone)).toISOString()
    const seats = [{ studentId, priceMinor: Math.round(Number(price) * 100) }]
    await lessons.plan({ type: 'individual', tutorId, subject, startsAt, minutes: Number(minutes), zone, students: seats })
    void queries.invalidateQueries()
    close()
    tell({ text: t('planned') })
  }
  return (
    <Modal opened onClose={close} title={t('plan')} closeButtonProps={{ 'aria-label': t('close') }} transitionProps={{ duration: 0 }}>
      <Stack>
        <Asked query={query}>
          {(all) => {
            const named = (role: 'student' | 'tutor') =>
              all.filter((one) => one.role === role && one.active).map(({ userId, name }) => ({ value: userId, label: name }))
            if (named('student').length === 0) return <Text>{t('noStudents')}</Text>
            return (
              <Form act={t('planLesson')} send={send}>
                {({ errors }) => (
                  <>
                    {admin && <NativeSelect name="tutorId" label={t('tutor')} data={named('tutor')} required error={errors.tutorId} />}
                    <NativeSelect name="studentId" label={t('student')} data={named('student')} required error={errors.students} />
                    <TextInput name="subject" label={t('subject')} required maxLength={100} error={errors.subject} />
                    <TextInput name="day" type="date" label={t('day')} required defaultValue={dayAt(Date.now(), zone)} />
                    <TextInput name="time" type="time" label={`${t('time')} (${zone})`} required error={errors.startsAt} />
                    <TextInput
                      name="minutes"
                      type="number"
                      min={5}
                      max={480}
                      label={t('minutes')}
                      required
                      defaultValue="60"
                      error={errors.minutes}
                    />
                    <TextInput
                      name="price"
                      type="number"
                      min={0}
                      max={100000}
                      step="0.01"
                      label={t('priceRub')}
                      required
                      defaultValue="1500"
                    />
                  </>
                )}
              </Form>
            )
          }}
        </Asked>
        <Button variant="default" onClick={close}>
          {t('close')}
        </Button>
      </Stack>
    </Modal>
  )
}
