import { AwsClient } from 'aws4fetch';
import { httpStore } from './http-store.ts';
import type { ObjectStore } from './object-store.ts';

/** S3 with the bucket in the path, signed by AWS Signature Version 4. What fails is not tried again here: who uploads does. */
export function connectS3(bucket: URL): ObjectStore {
  const client = new AwsClient({
    accessKeyId: decodeURIComponent(bucket.username),
    secretAccessKey: decodeURIComponent(bucket.password),
    service: 's3',
    region: 'us-east-1',
    retries: 0,
  });
  return httpStore(bucket, (url, init) => client.fetch(url, init));
}
