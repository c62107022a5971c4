/** A mail server as nodemailer takes it. */
export type MailServer = { host: string; port?: number; secure: boolean; auth?: { user: string; pass: string } }
