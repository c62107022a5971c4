import { TextInput } from '@mantine/core'
import { useWords } from '../words.ts'
import { NewPassword } from './new-password.tsx'

/** What a new account signs in by. */
export function EmailAndPassword({ errors }: { errors: Record<string, string> }) {
  const t = useWords()
  return (
    <>
      <TextInput name="email" type="email" label={t('email')} autoComplete="username" required maxLength={254} error={errors.email} />
      <NewPassword name="password" label={t('password')} error={errors.password} />
    </>
  )
}
