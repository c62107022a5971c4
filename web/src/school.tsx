import { Alert, Card, NativeSelect, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core'
import type { StoredPolicy } from '@repitbot/contracts/lesson-policy'
import type { School as Found } from '@repitbot/contracts/school'
import { IconMailOff } from '@tabler/icons-react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api } from './clients.ts'
import { ways } from './enter/ways.ts'
import { queries } from './queries.ts'
import { reloadMe } from './session.ts'
import { zoneText } from './time-zones.ts'
import { Form } from './ui/form.tsx'
import { LanguageField, languageIn, languageWords } from './ui/language-field.tsx'
import { QueryResult } from './ui/query-result.tsx'
import { useReplace } from './ui/replace.ts'
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
        <QueryResult query={useQuery(school)}>{(found) => <About found={found} />}</QueryResult>
      </Card>
      <Card component="section" padding="lg">
        <Title order={2} mb="md">
          {t('policy')}
        </Title>
        <QueryResult query={useQuery(policy)}>{(rule) => <Policy rule={rule} />}</QueryResult>
      </Card>
    </Stack>
  )
}

const school = queryOptions({ queryKey: ['school'], queryFn: () => api.school.get({}) })
const policy = queryOptions({ queryKey: ['lesson-policy'], queryFn: () => api.lessonPolicy.get({}) })

function About({ found }: { found: Found }) {
  const t = useWords()
  const load = () => reloadMe().then(() => queries.fetchQuery(school))
  const replace = useReplace(found, { shown: { name: true, language: (one) => t(languageWords[one]), zone: zoneText }, load })
  const send = async ({ name = '', zone = '', ...given }: Record<string, string>) => {
    await replace((version) => api.school.change({ name, zone, language: languageIn(given), version }))
    showToast({ text: t('saved') })
  }
  return (
    <Form act={t('save')} send={send}>
      {({ errors }) => (
        <>
          <TextInput name="name" label={t('schoolName')} defaultValue={found.name} required maxLength={100} error={errors.name} />
          <LanguageField
            label={t('schoolLanguage')}
            description={t('schoolLanguageHint')}
            defaultValue={found.language}
            error={errors.language}
          />
          <ZoneField name="zone" label={t('zone')} defaultValue={found.zone} error={errors.zone} />
        </>
      )}
    </Form>
  )
}

function Policy({ rule }: { rule: StoredPolicy }) {
  const t = useWords()
  const charge = (percent: number) => (percent ? `${percent} %` : t('noCharge'))
  const load = () => queries.fetchQuery({ ...policy, staleTime: 0 })
  const replace = useReplace(rule, { shown: { noticeHours: true, lateChargePercent: charge }, load })
  const send = async ({ noticeHours = '', charge: chosen = '' }) => {
    const lateChargePercent = charges.find((one) => String(one) === chosen) ?? 0
    await replace((version) => api.lessonPolicy.set({ noticeHours: Number(noticeHours), lateChargePercent, version }))
    showToast({ text: t('saved') })
  }
  return (
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
            data={charges.map((value) => ({ value: String(value), label: charge(value) }))}
          />
        </>
      )}
    </Form>
  )
}
