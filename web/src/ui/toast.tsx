import './toast.css'
import { Button, Group, Paper, Text } from '@mantine/core'
import { createStore, useStore } from '../store.ts'
import { useWords } from '../words.ts'
import { refusalText } from './error-alert.tsx'

type Toast = { text: string }
const current = createStore<Toast | undefined>(undefined)
let hiding: ReturnType<typeof setTimeout> | undefined
const shownMs = 5_000

/** Says something for a moment. What can be taken back is said by `offerUndo`. */
export function showToast(toast: Toast): void {
  clearTimeout(hiding)
  current.set(toast)
  hiding = setTimeout(() => current.set(undefined), shownMs)
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
  return (
    <div className="toast" role="status">
      {toast && (
        <Paper withBorder shadow="md" p="sm">
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">{toast.text}</Text>
            <Button size="compact-sm" variant="default" onClick={away}>
              {t('close')}
            </Button>
          </Group>
        </Paper>
      )}
    </div>
  )
}
