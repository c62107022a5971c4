import { PasswordInput, Text } from '@mantine/core'
import { Refused } from '@repitbot/contracts/client'
import { useState } from 'react'
import { Form } from '../ui/form.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { tryOrToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'

/** What changes a way to sign in; with the password, where the sign-in is old. */
export type Act = (password?: string) => Promise<unknown>

/** Runs such acts; `question` asks for the password where the server wants it. */
export function useProof() {
  const [asked, setAsked] = useState<Act>()
  const begin = (act: Act) =>
    void tryOrToast(
      act().catch((error: unknown) => {
        if (!(error instanceof Refused) || error.problem.code !== 'password_needed') throw error
        setAsked(() => act)
      }),
    )
  return { begin, question: asked && <PasswordOnce act={asked} close={() => setAsked(undefined)} /> }
}

function PasswordOnce({ act, close }: { act: Act; close: () => void }) {
  const t = useWords()
  const send = async ({ password = '' }) => {
    await act(password)
    close()
  }
  return (
    <Sheet title={t('passwordAgain')} close={close}>
      <Form act={t('next')} send={send}>
        {({ errors }) => (
          <>
            <Text size="sm">{t('passwordAgainAbout')}</Text>
            <PasswordInput
              name="password"
              label={t('currentPassword')}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
              required
              maxLength={200}
              error={errors.password}
            />
          </>
        )}
      </Form>
    </Sheet>
  )
}
