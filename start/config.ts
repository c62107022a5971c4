import { resolve } from 'node:path'
import { z } from 'zod'

const error = 'Expected a port from 1 to 65535, such as 8000'

/** The environment of `make start`. */
export const StartConfig = z.object({
  PORT: z.coerce.number({ error }).int({ error }).min(1, { error }).max(65_535, { error }).default(8000),
  /** `1` makes a demo school in Russian, `en` one in English; `0` starts empty and prints the link by which the first school is made. */
  DEMO: z.enum(['0', '1', 'en'], { error: 'Expected 1, en or 0' }).default('1'),
  /** The folder of the data, kept between starts. */
  DATA: z
    .string()
    .min(1)
    .default('.data')
    .transform((folder) => resolve(folder)),
})

const required = (error: string) => z.string({ error }).min(1, { error })

/** Where the dumps of the database are: a folder of the pod, and a bucket of an S3 store outside the cluster. */
export const DumpsConfig = z.object({
  DUMPS_FOLDER: z.string().default('/backup'),
  DUMPS_KEEP: z.coerce.number().int().min(1).default(14),
  /** Without the bucket name, which goes into the path: every S3 store understands that. */
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'Expected the address of an S3 store, such as https://s3.eu-central-1.amazonaws.com' })
    .transform((url) => url.replace(/\/+$/, '')),
  S3_BUCKET: required('Expected the name of a bucket that is there'),
  /** What the names of the dumps in the bucket begin with, such as school/. */
  S3_PREFIX: z.string().default(''),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY: required('Expected an access key that may read, write, list and delete in the bucket'),
  S3_SECRET_KEY: required('Expected the secret of the access key'),
})
export type DumpsConfig = z.output<typeof DumpsConfig>
