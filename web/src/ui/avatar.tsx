import './avatar.css'
/** The first letters of a name; decoration, because the name itself is beside it. */
export const Avatar = ({ name }: { name: string }) => (
  <span className="avatar" aria-hidden>
    {name
      .split(/\s+/)
      .slice(0, 2)
      .map((part) => [...part][0]?.toUpperCase())
      .join('')}
  </span>
)
