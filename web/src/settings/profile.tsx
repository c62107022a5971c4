import { NativeSelect, TextInput } from '@mantine/core'
import type { PersonCard } from '@repitbot/contracts/person-card'
import { api } from '../clients.ts'
import { reloadMe } from '../session.ts'
import { Form } from '../ui/form.tsx'
import { showToast } from '../ui/toast.tsx'
import { ZoneField } from '../ui/zone-field.tsx'
import { setLanguage, useWords } from '../words.ts'

export function Profile({ card }: { card: PersonCard }) {
  const t = useWords()
  const send = async ({ name = '', zone = '', language }: Record<string, string>) => {
    await api.people.changeMe({ name, zone, language: language === 'en' ? 'en' : 'ru' })
    setLanguage(language === 'en' ? 'en' : 'ru')
    await reloadMe()
    showToast({ text: t('saved') })
  }
  return (
    <Form act={t('save')} send={send}>
      {({ errors }) => (
        <>
          <TextInput
            name="name"
            label={t('name')}
            autoComplete="name"
            defaultValue={card.name}
            required
            maxLength={100}
            error={errors.name}
          />
          <NativeSelect
            name="language"
            label={t('languageLabel')}
            defaultValue={card.language}
            key={card.language}
            data={[
              { value: 'ru', label: t('russian') },
              { value: 'en', label: t('english') },
            ]}
          />
          <ZoneField name="zone" label={t('zone')} description={t('zoneHint')} defaultValue={card.zone} error={errors.zone} />
        </>
      )}
    </Form>
  )
}
