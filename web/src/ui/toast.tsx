import { Button, Group, Paper, Text } from '@mantine/core'
import { createStore, useStore } from '../store.ts'
import { useWords } from '../words.ts'
import { refusalText } from './trouble.tsx'

type Toast = { text: string; undo?: () => void }
const shown = createStore<Toast | undefined>(undefined)
let hiding: ReturnType<typeof setTimeout> | undefined
/** An offer to undo stays as long as one may change one's mind. */
const undoMs = 300_000

export function tell(toast: Toast): void {
  clearTimeout(hiding)
  shown.set(toast)
  hiding = setTimeout(() => shown.set(undefined), toast.undo ? undoMs : 5_000)
}

/** Does what was asked, and tells in words when it was refused or lost. Answers whether it was done. */
export async function trying(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    tell({ text: refusalText(error) })
    return false
  }
}

export function Toasts() {
  const t = useWords()
  const toast = useStore(shown)
  const away = () => shown.set(undefined)
  const undone = ({ undo }: Toast) => {
    away()
    undo?.()
  }
  return (
    <div className="toast" role="status">
      {toast && (
        <Paper withBorder shadow="md" p="sm">
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">{toast.text}</Text>
            <Group gap="xs" wrap="nowrap">
              {toast.undo && (
                <Button size="compact-sm" onClick={() => undone(toast)}>
                  {t('undo')}
                </Button>
              )}
              <Button size="compact-sm" variant="default" onClick={away}>
                {t('close')}
              </Button>
            </Group>
          </Group>
        </Paper>
      )}
    </div>
  )
}
