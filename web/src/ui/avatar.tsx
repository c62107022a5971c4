import './avatar.css'
import type { CSSProperties } from 'react'

/** A name keeps its colour wherever it stands. */
const hueOf = (name: string) => [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7)

/** The first letters of a name; decoration, because the name itself is beside it. */
export const Avatar = ({ name }: { name: string }) => (
  <span className="avatar" style={{ '--hue': hueOf(name) } as CSSProperties} aria-hidden>
    {name
      .split(/\s+/)
      .slice(0, 2)
      .map((part) => [...part][0]?.toUpperCase())
      .join('')}
  </span>
)
