import { TextInput } from '@mantine/core'
import type { PersonCard } from '@repitbot/contracts/person-card'
import { useQuery } from '@tanstack/react-query'
import { api } from '../clients.ts'
import { PhoneField } from '../people/contacts.tsx'
import { personOf } from '../people/queries.ts'
import { reloadMe } from '../session.ts'
import { Form } from '../ui/form.tsx'
import { LanguageField, languageIn } from '../ui/language-field.tsx'
import { showToast } from '../ui/toast.tsx'
import { ZoneField } from '../ui/zone-field.tsx'
import { setLanguage, useWords } from '../words.ts'

export function Profile({ card }: { card: PersonCard }) {
  const t = useWords()
  const own = useQuery(personOf(card.userId))
  const send = async ({ name = '', zone = '', phone, ...given }: Record<string, string>) => {
    await api.people.changeMe({ name, zone, language: languageIn(given), ...(phone !== undefined && { phone: phone.trim() || null }) })
    setLanguage(languageIn(given))
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
          <LanguageField label={t('languageLabel')} defaultValue={card.language} key={card.language} />
          <ZoneField name="zone" label={t('zone')} description={t('zoneHint')} defaultValue={card.zone} error={errors.zone} />
          {/* What is not known here, such as without a network, is not asked for and not sent. */}
          {own.data && <PhoneField phone={own.data.phone} about={t('ownPhoneAbout')} error={errors.phone} />}
        </>
      )}
    </Form>
  )
}
