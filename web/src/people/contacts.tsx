import { Anchor, Group, Text, TextInput } from '@mantine/core'
import type { Person } from '@repitbot/contracts/people'
import { IconPhone } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../clients.ts'
import { Form } from '../ui/form.tsx'
import { useReplace } from '../ui/replace.ts'
import { Sheet } from '../ui/sheet.tsx'
import { showToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'
import { loadAnew } from './queries.ts'

/** The phone number of a person, to call by or to write down. */
export function Contacts({ person }: { person: Person }) {
  const t = useWords()
  const { userId, name, phone } = person
  const replace = useReplace(person, { shown: { phone: true }, load: () => loadAnew(userId) })
  const [changing, setChanging] = useState(false)
  const send = async ({ phone: given = '' }) => {
    await replace((version) => api.people.setPhone({ userId, phone: given.trim() || null, version }))
    showToast({ text: t('saved') })
    setChanging(false)
  }
  return (
    <Group gap="xs">
      <IconPhone size={18} aria-hidden />
      {phone ? <Anchor href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</Anchor> : <Text c="dimmed">{t('noPhone')}</Text>}
      <Anchor component="button" type="button" onClick={() => setChanging(true)}>
        {phone ? t('changePhone') : t('addPhone')}
      </Anchor>
      {changing && (
        <Sheet title={t('phoneOf', { name })} close={() => setChanging(false)}>
          <Form act={t('save')} send={send}>
            {({ errors }) => <PhoneField phone={phone} data-autofocus error={errors.phone} />}
          </Form>
        </Sheet>
      )}
    </Group>
  )
}

type FieldProps = { phone: string | null; about?: string; error?: string; 'data-autofocus'?: boolean }
/** A phone number in a `Form`, under the name `phone`; an empty field removes it. */
export function PhoneField({ phone, about, ...field }: FieldProps) {
  const t = useWords()
  return (
    <TextInput
      {...field}
      name="phone"
      type="tel"
      inputMode="tel"
      autoComplete={about ? 'tel' : 'off'}
      label={t('phone')}
      description={[about, t('phoneHint')].filter(Boolean).join(' ')}
      defaultValue={phone ?? ''}
      maxLength={30}
    />
  )
}
