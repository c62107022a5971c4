import type { PersonCard } from '@repitbot/contracts/person-card'
import { DataTypes, type Model, type ModelStatic, type Sequelize } from 'sequelize'

type Table<Row extends object> = ModelStatic<Model<Row, Row>>
export type Tables = { cards: Table<PersonCard>; notices: Table<{ recipientId: string; id: string; readAt: Date | null }> }

const { ARRAY, BOOLEAN, DATE, INTEGER, JSONB, TEXT, UUID } = DataTypes

/** The tables of simple reads and marks, with the columns these need; whole sets are written by statements. */
export const tablesOf = (sequelize: Sequelize): Tables => ({
  cards: sequelize.define('card', {
    userId: { type: UUID, primaryKey: true },
    role: TEXT,
    name: TEXT,
    language: TEXT,
    zone: TEXT,
    quietHours: JSONB,
    channels: ARRAY(TEXT),
    birthYear: INTEGER,
    email: TEXT,
    telegramChatId: TEXT,
    signsIn: BOOLEAN,
    active: BOOLEAN,
    version: INTEGER,
  }),
  notices: sequelize.define('notice', {
    recipientId: { type: UUID, primaryKey: true },
    id: { type: UUID, primaryKey: true },
    readAt: DATE,
  }),
})
