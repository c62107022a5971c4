import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../clients.ts'
import { NewPassword } from '../enter/new-password.tsx'
import { queries } from '../queries.ts'
import { Form } from '../ui/form.tsx'
import { showToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'

export function ChangePassword({ email }: { email: string }) {
  const t = useWords()
  const [done, setDone] = useState(0)
  const send = async ({ password = '', newPassword = '' }) => {
    await api.auth.changePassword({ password, newPassword })
    setDone(done + 1)
    showToast({ text: t('passwordChanged') })
    await queries.invalidateQueries({ queryKey: ['sessions'] })
  }
  return (
    <Form key={done} act={t('changePassword')} send={send}>
      {({ errors }) => (
        <>
          {/* Whose password it is, for the browser that keeps it. */}
          <input type="email" autoComplete="username" value={email} readOnly hidden />
          <PasswordInput
            name="password"
            label={t('currentPassword')}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
            required
            maxLength={200}
            error={errors.password}
          />
          <NewPassword name="newPassword" label={t('newPassword')} error={errors.newPassword} />
        </>
      )}
    </Form>
  )
}
