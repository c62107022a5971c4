import { Alert, Card, NativeSelect, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconMailOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from './clients.ts'
import { ways } from './enter/ways.ts'
import { reloadMe } from './session.ts'
import { Form } from './ui/form.tsx'
import { LanguageField, languageIn } from './ui/language-field.tsx'
import { QueryResult } from './ui/query-result.tsx'
import { showToast } from './ui/toast.tsx'
import { ZoneField } from './ui/zone-field.tsx'
import { useWords } from './words.ts'

const charges = [0, 50, 100] as const

/** What holds for the whole school: its name, language and zone, and what a late cancellation costs. */
export function School() {
  const t = useWords()
  const letters = useQuery(ways).data?.letters
  return (
    <Stack gap="lg">
      <Title order={1}>{t('school')}</Title>
      {letters === false && (
        <Alert color="amber" icon={<IconMailOff />} title={t('noMail')}>
          {t('noMailAbout')}
        </Alert>
      )}
      <Card component="section" padding="lg">
        <About />
      </Card>
      <Card component="section" padding="lg">
        <Title order={2} mb="md">
          {t('policy')}
        </Title>
        <Policy />
      </Card>
    </Stack>
  )
}

function About() {
  const t = useWords()
  const query = useQuery({ queryKey: ['school'], queryFn: () => api.school.get({}) })
  const send = async ({ name = '', zone = '', ...given }: Record<string, string>) => {
    await api.school.change({ name, zone, language: languageIn(given) })
    await reloadMe()
    showToast({ text: t('saved') })
  }
  return (
    <QueryResult query={query}>
      {(found) => (
        <Form act={t('save')} send={send}>
          {({ errors }) => (
            <>
              <TextInput name="name" label={t('schoolName')} defaultValue={found.name} required maxLength={100} error={errors.name} />
              <LanguageField label={t('schoolLanguage')} description={t('schoolLanguageHint')} defaultValue={found.language} />
              <ZoneField name="zone" label={t('zone')} defaultValue={found.zone} error={errors.zone} />
            </>
          )}
        </Form>
      )}
    </QueryResult>
  )
}

function Policy() {
  const t = useWords()
  const query = useQuery({ queryKey: ['lesson-policy'], queryFn: () => api.lessonPolicy.get({}) })
  const send = async ({ noticeHours = '', charge = '' }) => {
    const lateChargePercent = charges.find((one) => String(one) === charge) ?? 0
    await api.lessonPolicy.set({ noticeHours: Number(noticeHours), lateChargePercent })
    await query.refetch()
    showToast({ text: t('saved') })
  }
  return (
    <QueryResult query={query}>
      {(rule) => (
        <Form act={t('save')} send={send}>
          {({ errors }) => (
            <>
              <Text size="sm" c="dimmed">
                {t('policyAbout')}
              </Text>
              <NumberInput
                name="noticeHours"
                label={t('noticeHours')}
                defaultValue={rule.noticeHours}
                min={0}
                max={336}
                allowDecimal={false}
                required
                error={errors.noticeHours}
              />
              <NativeSelect
                name="charge"
                label={t('lateCharge')}
                defaultValue={String(rule.lateChargePercent)}
                error={errors.lateChargePercent}
                data={charges.map((value) => ({ value: String(value), label: value ? `${value} %` : t('noCharge') }))}
              />
            </>
          )}
        </Form>
      )}
    </QueryResult>
  )
}
