import { TextInput } from '@mantine/core'
import type { Language, PersonCard } from '@repitbot/contracts/person-card'
import { useQuery } from '@tanstack/react-query'
import { api } from '../clients.ts'
import { PhoneField } from '../people/contacts.tsx'
import { personOf } from '../people/queries.ts'
import { queries } from '../queries.ts'
import { reloadCard } from '../session.ts'
import { zoneText } from '../time-zones.ts'
import { Form } from '../ui/form.tsx'
import { LanguageField, languageIn, languageWords } from '../ui/language-field.tsx'
import { useReplace } from '../ui/replace.ts'
import { showToast } from '../ui/toast.tsx'
import { ZoneField } from '../ui/zone-field.tsx'
import { setLanguage, useWords } from '../words.ts'

export function Profile({ card }: { card: PersonCard }) {
  const t = useWords()
  const person = personOf(card.userId)
  const own = useQuery(person)
  const known: PersonCard & { phone?: string | null } = { ...card, phone: own.data?.phone }
  const shown = { name: true, language: (one: Language) => t(languageWords[one]), zone: zoneText, phone: true } as const
  const replace = useReplace(known, {
    shown,
    load: async () => ({ ...(await reloadCard()), phone: (await queries.fetchQuery(person)).phone }),
  })
  const send = async ({ name = '', zone = '', phone, ...given }: Record<string, string>) => {
    const change = { name, zone, language: languageIn(given), ...(phone !== undefined && { phone: phone.trim() || null }) }
    await replace((version) => api.people.changeMe({ ...change, version }))
    setLanguage(languageIn(given))
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
          <LanguageField label={t('languageLabel')} defaultValue={card.language} key={card.language} error={errors.language} />
          <ZoneField name="zone" label={t('zone')} description={t('zoneHint')} defaultValue={card.zone} error={errors.zone} />
          {/* What is not known here, such as without a network, is not asked for and not sent. */}
          {own.data && <PhoneField phone={own.data.phone} about={t('ownPhoneAbout')} error={errors.phone} />}
        </>
      )}
    </Form>
  )
}
