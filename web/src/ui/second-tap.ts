import { useEffect } from 'react'

/** The second tap of a double tap comes so soon, and so near (px) to the first. */
const soonMs = 300
const near = 32
let last = { x: 0, y: 0 }

/** A sheet that closes at the first tap of a double tap swallows the second, which would press what lay below it. */
export function useSwallowSecondTap(): void {
  useEffect(() => {
    const note = ({ clientX: x, clientY: y }: PointerEvent) => {
      last = { x, y }
    }
    document.addEventListener('pointerdown', note, true)
    return () => {
      document.removeEventListener('pointerdown', note, true)
      // The tap that closed it; another sheet that has followed notes later ones.
      const { x, y } = last
      const swallow = (click: MouseEvent) => {
        if (!click.detail || Math.hypot(click.clientX - x, click.clientY - y) > near) return
        click.preventDefault()
        click.stopPropagation()
      }
      document.addEventListener('click', swallow, true)
      setTimeout(() => document.removeEventListener('click', swallow, true), soonMs)
    }
  }, [])
}
