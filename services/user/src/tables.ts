import { DataTypes, type Model, type Sequelize } from 'sequelize'
import type { StoredInvitation } from './rules/invitation.ts'
import type { Membership, Person } from './rules/person.ts'
import type { SchoolRow } from './rules/school.ts'

const id = { type: DataTypes.UUID, primaryKey: true }
const uuid = DataTypes.UUID
const text = DataTypes.TEXT
const int = DataTypes.INTEGER
const instant = DataTypes.DATE

type Made = { createdAt: Date }

export const tablesOf = (sequelize: Sequelize) => ({
  person: sequelize.define<Model<Person & Made>>('person', {
    id,
    email: text,
    emailConfirmedAt: instant,
    telegramId: text,
    passwordHash: text,
    createdAt: instant,
  }),
  school: sequelize.define<Model<SchoolRow & Made>>('school', {
    id,
    schoolId: uuid,
    name: text,
    language: text,
    zone: text,
    version: int,
    createdAt: instant,
  }),
  membership: sequelize.define<Model<Membership & Made>>('membership', {
    id,
    schoolId: uuid,
    personId: uuid,
    role: text,
    name: text,
    language: text,
    zone: text,
    quietHours: DataTypes.JSONB,
    channels: DataTypes.ARRAY(text),
    birthYear: int,
    active: DataTypes.BOOLEAN,
    teaches: DataTypes.BOOLEAN,
    phone: text,
    version: int,
    createdAt: instant,
  }),
  invitation: sequelize.define<Model<StoredInvitation>>('invitation', {
    id,
    schoolId: uuid,
    role: text,
    userId: uuid,
    studentIds: DataTypes.ARRAY(uuid),
    invitedBy: uuid,
    tokenHash: DataTypes.BLOB,
    codeHash: DataTypes.BLOB,
    expiresAt: instant,
    acceptedAt: instant,
  }),
})
export type Tables = ReturnType<typeof tablesOf>
