import { PasswordInput } from '@mantine/core'
import { useWords } from '../words.ts'

/** A new password: its minimal length is checked before it is sent. */
export function NewPassword({ name, label, error }: { name: string; label: string; error?: string }) {
  const t = useWords()
  return (
    <PasswordInput
      name={name}
      label={label}
      description={t('passwordHint')}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
      minLength={10}
      maxLength={200}
      required
      error={error}
    />
  )
}
