import { Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { reloadMe } from '../session.ts'
import { Form } from '../ui/form.tsx'
import { showToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'
import { LinkPage, useLinkOver, useToken } from './link-page.tsx'

/** Where the link of a confirming letter leads: it is pressed by the one who is signed in, and the button names the address. */
export function Confirm() {
  const t = useWords()
  const go = useNavigate()
  const token = useToken()
  const email = useMe()?.unconfirmedEmail
  const { over, noting } = useLinkOver()
  const confirm = async () => {
    await noting(api.auth.confirmEmail({ token }))
    await reloadMe()
    showToast({ text: t('emailConfirmed') })
    await go({ to: '/' })
  }
  return (
    <LinkPage title={t('confirmTitle')} token={token} over={over}>
      {email ? (
        <Form act={t('confirmDo')} send={confirm}>
          {() => <Text>{t('confirmAbout', { email })}</Text>}
        </Form>
      ) : (
        <Text>{t('nothingToConfirm')}</Text>
      )}
    </LinkPage>
  )
}
