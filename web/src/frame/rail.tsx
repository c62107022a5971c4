import type { PersonCard } from '@repitbot/contracts/person-card'
import { Link } from '@tanstack/react-router'
import { useWords } from '../words.ts'
import { menuOf } from './nav.ts'

/** The navigation: at the bottom on a phone, at the left on a wide screen. */
export function Rail({ card }: { card: PersonCard }) {
  const t = useWords()
  return (
    <nav className="bar" aria-label={t('menu')}>
      {menuOf(card).map(({ to, name, icon: Icon, on }) => (
        <Link key={to} to={to} className={on === 'everywhere' ? undefined : `only-${on}`} activeOptions={{ exact: to === '/' }}>
          <Icon size={22} stroke={1.8} aria-hidden />
          <span>{t(name)}</span>
        </Link>
      ))}
    </nav>
  )
}
