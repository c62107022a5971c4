import './undo.css'
import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { attemptKey } from '../once.ts'
import { createStore, useStore } from '../store.ts'
import { useWords } from '../words.ts'
import { tryOrToast } from './toast.tsx'

export type Undoable = {
  /** What was done, with its name: "Cancelled: Vera, 3 November". */
  text: string
  /** Takes it back. A refusal is shown in words. */
  undo: () => Promise<unknown>
}
/** So many are kept, each so long: the server takes things back for the same time. */
const most = 3
const undoMs = 300_000

const offered = createStore<(Undoable & { id: string })[]>([])
const withdraw = (id: string) => offered.set(offered.get().filter((one) => one.id !== id))

/**
 * Says what was done, in a line below the header that covers no field and no button, and offers to take it back for five minutes. Returns
 * what withdraws the offer, for an act that was shown before the server took it and is refused then.
 */
export function offerUndo(undoable: Undoable): () => void {
  const id = attemptKey()
  offered.set([{ ...undoable, id }, ...offered.get()].slice(0, most))
  setTimeout(() => withdraw(id), undoMs)
  return () => withdraw(id)
}

/** The latest thing to take back, and the two before it on demand. The frame has one for each person: what is offered names people. */
export function UndoLine() {
  const t = useWords()
  const all = useStore(offered)
  useEffect(() => () => offered.set([]), [])
  const [whole, setWhole] = useState(false)
  const earlier = all.length - 1
  const take = ({ id, undo }: (typeof all)[number]) => {
    withdraw(id)
    void tryOrToast(undo())
  }
  return (
    <div className="undo" role="status">
      {(whole ? all : all.slice(0, 1)).map((one, index) => (
        <div className="undo-line" key={one.id}>
          <span>{one.text}</span>
          {index === 0 && earlier > 0 && (
            <Button size="compact-sm" variant="subtle" aria-expanded={whole} onClick={() => setWhole(!whole)}>
              {t('undoMore', { count: earlier })}
            </Button>
          )}
          <Button size="compact-sm" onClick={() => take(one)}>
            {t('undo')}
          </Button>
          <ActionIcon size="md" variant="subtle" color="slate" aria-label={t('close')} onClick={() => withdraw(one.id)}>
            <IconX size={18} />
          </ActionIcon>
        </div>
      ))}
    </div>
  )
}
