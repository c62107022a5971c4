const untrusted = /^(SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|CERT_(UNTRUSTED|SIGNATURE))/

/** Whether a connection to a store failed because of its TLS certificate. */
export const isCertificateFault = (code: string): boolean => untrusted.test(code) || /^(CERT_|ERR_TLS_|ERR_SSL_)/.test(code)

/** Why a store cannot be reached. For a certificate fault a sentence that says what to do; for anything else the error's own text. */
export function describeFault(error: unknown): string {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (untrusted.test(code))
    return `Its certificate is of no authority known here (${message}): NODE_EXTRA_CA_CERTS must name a file with the one that signed it`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `Its certificate is for another name than it was asked for by (${message})`
  return String(error)
}
