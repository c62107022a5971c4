import { Button, Modal, Radio, Stack, Text } from '@mantine/core'
import { useBackCloses } from '../ui/back-closes.ts'
import { useSwallowSecondTap } from '../ui/second-tap.ts'
import { useWords } from '../words.ts'
import type { Scope } from './lesson-acts.ts'

const scopes: Scope[] = ['this', 'following', 'all']

/** Which lessons of a series are meant, in a form. */
export function ScopeField({ scope, choose }: { scope: Scope; choose: (scope: Scope) => void }) {
  const t = useWords()
  return (
    <Radio.Group label={t('whichLessons')} value={scope} onChange={(to) => choose(scopes.find((one) => one === to) ?? 'this')}>
      <Stack gap="xs" mt={6}>
        {scopes.map((one) => (
          <Radio key={one} value={one} label={t(`scope_${one}`)} />
        ))}
      </Stack>
    </Radio.Group>
  )
}

/** The same as a dialog, after a lesson was dragged. */
export function ScopeQuestion({ message, answer, close }: { message: string; answer: (scope: Scope) => void; close: () => void }) {
  const t = useWords()
  useBackCloses(close)
  useSwallowSecondTap()
  return (
    <Modal
      opened
      centered
      onClose={close}
      title={t('whichLessons')}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
    >
      <Stack gap="xs">
        <Text size="sm">{message}</Text>
        {scopes.map((scope) => (
          <Button
            key={scope}
            variant={scope === 'this' ? 'filled' : 'default'}
            data-autofocus={scope === 'this' || undefined}
            onClick={() => answer(scope)}
          >
            {t(`scope_${scope}`)}
          </Button>
        ))}
      </Stack>
    </Modal>
  )
}
