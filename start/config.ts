import { resolve } from 'node:path'
import { z } from 'zod'

const error = 'Expected a port from 1 to 65535, such as 8000'

/** What a person may say to `make start`. */
export const StartConfig = z.object({
  PORT: z.coerce.number({ error }).int({ error }).min(1, { error }).max(65_535, { error }).default(8000),
  /** 1 makes a demo school in Russian, en one in English; 0 starts empty and prints the link that makes the first school. */
  DEMO: z.enum(['0', '1', 'en'], { error: 'Expected 1, en or 0' }).default('1'),
  /** Where the data is kept between starts. */
  DATA: z
    .string()
    .min(1)
    .default('.data')
    .transform((folder) => resolve(folder)),
})

const said = (error: string) => z.string({ error }).min(1, { error })

/** Where dumps of the database are kept outside the cluster. */
export const DumpsConfig = z.object({
  DUMPS_FOLDER: z.string().default('/backup'),
  DUMPS_KEEP: z.coerce.number().int().min(1).default(14),
  /** Without the bucket: it is named by the path, which every S3 store understands. */
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'Expected the address of an S3 store, such as https://s3.eu-central-1.amazonaws.com' })
    .transform((url) => url.replace(/\/+$/, '')),
  S3_BUCKET: said('Expected the name of a bucket that is there'),
  /** Begins the names of the dumps there, such as school/. */
  S3_PREFIX: z.string().default(''),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY: said('Expected an access key that may read, write, list and delete in the bucket'),
  S3_SECRET_KEY: said('Expected the secret of the access key'),
})
export type DumpsConfig = z.output<typeof DumpsConfig>
