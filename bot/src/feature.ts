import type { CallOptions } from '@repitbot/contracts/client'
import type { Role } from '@repitbot/contracts/endpoint'
import type { Language } from '@repitbot/contracts/person-card'
import type { commands } from '@repitbot/contracts/texts/ru/bot'
import type { Clients, Gateway, Me } from './gateway.ts'
import type { Writer } from './rules/read-update.ts'
import type { Button, Screen } from './rules/screen.ts'
import type { Wall } from './rules/when.ts'
import type { TextKey, Words } from './rules/words.ts'

export type CommandName = keyof typeof commands

/** What a feature is given: who writes, in which language, and what time it is for them. */
export type ChatContext = {
  chatId: number
  writer: Writer
  words: Words
  wall: Wall
  now: Date
  /** Today in the person's zone. */
  today: string
  pageUrl: string
  /** The gateway as the bot itself: linking and signing in. */
  gateway: Gateway
  me?: Me
  /** Saves the choice of a membership or a language, and returns the context that follows from it. */
  reopen(choice: { userId?: string; language?: Language }): Promise<ChatContext>
  /** The buttons of everything this person may do. */
  menu(): Button[]
  commands(): CommandName[]
}
/** The context of a person who is linked to a membership; `once` gives a write the key by which a repeat of this update does nothing more. */
export type MemberContext = ChatContext & { me: Me; role: Role; api: Clients; once(step?: string): CallOptions }

export type FormStart = { form: CommandName; data: unknown }
export type Reply = Screen | FormStart
/** What an answer does to a form: `data` is its next state, with `fault` it stays as it is, with `leave` it ends in a card. */
export type Step<Data> = { data: Data; toast?: string } | { fault: TextKey; values?: Record<string, string> } | { leave: Screen }
export type PickButton = (label: string, choice: string) => Button

/** A dialogue of several steps. `back` is a choice like any other. What `data` holds is stored for a day: see the bot's README. */
export type Form<Data> = {
  show(context: MemberContext, data: Data, pick: PickButton): Screen | Promise<Screen>
  choose(context: MemberContext, data: Data, choice: string): Step<Data> | Promise<Step<Data>>
  /** Takes typed text; returns nothing while no text is expected. */
  write?(context: MemberContext, data: Data, text: string): Step<Data> | undefined | Promise<Step<Data> | undefined>
}

type Handlers<T extends ChatContext, R extends Reply> = {
  open?(context: T, argument: string): R | Promise<R>
  /** What its buttons do, by the verb in their data. */
  taps?: Record<string, (context: T, id: string) => R | Promise<R>>
}
// biome-ignore lint/suspicious/noExplicitAny: each form knows its own data, the flow that runs it does not
type AnyForm = Form<any>
/** A command, its buttons and its form: one file in features/. One without a command is reached by its buttons alone. */
type MemberFeature = { command?: CommandName; for: Role[]; form?: AnyForm } & Handlers<MemberContext, Reply> & {
    /** Takes text that was written while no form is open; returns nothing where it means nothing here. */
    write?(context: MemberContext, text: string): Promise<Screen | undefined>
  }
/** A form is stored for a linked person, so a feature for everybody has none and replies with a card. */
type PublicFeature = { command: CommandName; for?: undefined; form?: undefined } & Handlers<ChatContext, Screen>
export type Feature = MemberFeature | PublicFeature

/** For people of these roles. */
export const feature = (one: MemberFeature): Feature => one
/** For everybody, linked or not. */
export const publicFeature = (one: PublicFeature): Feature => one
export const everyone: Role[] = ['admin', 'tutor', 'parent', 'student']
