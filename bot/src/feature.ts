import type { CallOptions } from '@repitbot/contracts/client'
import type { Role } from '@repitbot/contracts/endpoint'
import type { Language } from '@repitbot/contracts/people'
import type { commands } from '@repitbot/contracts/texts/ru/bot'
import type { Clients, Gateway, Me } from './gateway.ts'
import type { Writer } from './rules/read-update.ts'
import type { Button, Screen } from './rules/screen.ts'
import type { Wall } from './rules/when.ts'
import type { TextKey, Words } from './rules/words.ts'

export type CommandName = keyof typeof commands

/** What a feature is handed: who writes, how they are spoken to, and what time it is for them. */
export type Talk = {
  chatId: number
  writer: Writer
  words: Words
  wall: Wall
  now: Date
  /** Today on the person's wall. */
  today: string
  pageUrl: string
  /** The gateway as the bot itself: linking and signing in. */
  gateway: Gateway
  me?: Me
  /** Keeps the choice of a membership or a language, and opens the talk again by it. */
  reopened(choice: { userId?: string; language?: Language }): Promise<Talk>
  /** The buttons of everything this person may do. */
  menu(): Button[]
  commands(): CommandName[]
}
/** A talk with somebody who is known here; `once` gives a write the key by which a repeat of this update does nothing more. */
export type Signed = Talk & { me: Me; role: Role; ask: Clients; once(step?: string): CallOptions }

export type Begun = { form: CommandName; data: unknown }
export type Reply = Screen | Begun
/** An answer within a form: it goes on, was not understood and stays, or ends in a card. */
export type Step<Data> = { data: Data; toast?: string } | { fault: TextKey } | { leave: Screen }
export type Pick = (label: string, choice: string) => Button

/** A dialogue of several steps. `back` is a choice like any other. */
export type Form<Data> = {
  show(talk: Signed, data: Data, pick: Pick): Screen | Promise<Screen>
  choose(talk: Signed, data: Data, choice: string): Step<Data> | Promise<Step<Data>>
  /** What is typed; nothing while no text is awaited. */
  write?(talk: Signed, data: Data, text: string): Step<Data> | undefined | Promise<Step<Data> | undefined>
}

type Handlers<T extends Talk, R extends Reply> = {
  open?(talk: T, argument: string): R | Promise<R>
  /** What its buttons do, by the verb in their data. */
  taps?: Record<string, (talk: T, id: string) => R | Promise<R>>
}
// biome-ignore lint/suspicious/noExplicitAny: each form knows its own data, whoever leads it does not
type AnyForm = Form<any>
/** A command, its buttons and its form: one file in features/. One without a command is reached by its buttons alone. */
type Served = { command?: CommandName; for: Role[]; form?: AnyForm } & Handlers<Signed, Reply>
/** A dialogue is kept for somebody known here, so a feature for everybody answers by a card alone. */
type Open = { command: CommandName; for?: undefined; form?: undefined } & Handlers<Talk, Screen>
export type Feature = Served | Open

/** For people of these roles. */
export const feature = (one: Served): Feature => one
/** For everybody, known here or not. */
export const openFeature = (one: Open): Feature => one
export const everyone: Role[] = ['admin', 'tutor', 'parent', 'student']
