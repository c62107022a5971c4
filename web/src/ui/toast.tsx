import './toast.css'
import { Button, Group, Paper, Text } from '@mantine/core'
import { createStore, useStore } from '../store.ts'
import { useWords } from '../words.ts'
import { refusalText } from './error-alert.tsx'

type Toast = { text: string; undo?: () => void }
const current = createStore<Toast | undefined>(undefined)
let hiding: ReturnType<typeof setTimeout> | undefined
/** How long an action may be undone. */
const undoMs = 300_000

export function showToast(toast: Toast): void {
  clearTimeout(hiding)
  current.set(toast)
  hiding = setTimeout(() => current.set(undefined), toast.undo ? undoMs : 5_000)
}

/** Waits for the work, and shows a toast when it was refused or lost. Returns whether it was done. */
export async function tryOrToast(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    showToast({ text: refusalText(error) })
    return false
  }
}

export function Toasts() {
  const t = useWords()
  const toast = useStore(current)
  const away = () => current.set(undefined)
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
