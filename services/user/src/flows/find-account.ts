import type { Account, Deps } from '../deps.ts'
import { isPassword } from './hash-password.ts'

/**
 * The account of an e-mail and password. Before one of them is confirmed, several people may have given the same address, and the password tells
 * them apart. An unknown e-mail takes as long as a known one.
 */
export async function findAccount({ store }: Deps, email: string, password: string): Promise<{ account?: Account; others: Account[] }> {
  const accounts = await store.findAccounts(email)
  if (!accounts.length) await isPassword(undefined, password)
  for (const account of accounts) if (await isPassword(account.passwordHash, password)) return { account, others: [] }
  return { others: accounts }
}
