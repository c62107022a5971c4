import type { Database, Transaction } from '@repitbot/kit/database'
import type { SigningKey } from '../rules/signing-key.ts'

const columns = `kid, public_jwk as "publicJwk", private_sealed as "privateSealed", signs_from as "signsFrom"`
/** Keys belong to the installation. */
const noSchool = { schoolId: [] }

export const keysStore = (database: Database) => ({
  listKeys: (): Promise<SigningKey[]> => database.transaction(noSchool, listKeys),

  /** One process at a time: `decide` gets all keys, and returns which to add and which to delete. */
  changeKeys: (decide: (keys: SigningKey[]) => { add: SigningKey[]; remove: SigningKey[] }, at: Date): Promise<SigningKey[]> =>
    database.transaction(noSchool, async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtext('user signing keys'))`)
      const { add, remove } = decide(await listKeys(tx))
      for (const { kid, publicJwk, privateSealed, signsFrom } of add) {
        await tx.query('insert into signing_key (kid, public_jwk, private_sealed, created_at, signs_from) values ($1, $2, $3, $4, $5)', [
          kid,
          JSON.stringify(publicJwk),
          privateSealed,
          at,
          signsFrom,
        ])
      }
      await tx.query('delete from signing_key where kid = any ($1)', [remove.map(({ kid }) => kid)])
      return listKeys(tx)
    }),
})

const listKeys = (tx: Transaction) => tx.query<SigningKey>(`select ${columns} from signing_key order by signs_from`)
