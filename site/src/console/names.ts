// Names that the form proposes; any other can be typed.

/** Services by the first part of their operations' names. */
export const services: Readonly<Record<string, string>> = { kms: 'AWS KMS', iam: 'IAM', sts: 'STS', organizations: 'Organizations' };

/** Service principals that call AWS KMS. */
export const callingServices: readonly string[] = ['cloudtrail', 'dynamodb', 'ec2', 'events', 'lambda', 'logs.us-east-1', 'rds', 's3', 'secretsmanager', 'sns', 'sqs']
  .map((name) => `${name}.amazonaws.com`);

/** Regions that worlds are often in. */
export const knownRegions: readonly string[] = ['us-east-1', 'us-east-2', 'us-west-2', 'eu-central-1', 'eu-west-1', 'ap-northeast-1', 'ap-northeast-3', 'ap-southeast-2'];
