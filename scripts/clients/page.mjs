// The clients of the AWS SDK as an application bundles them, for the browser tests of the adapter in the page.

export * as iam from '@aws-sdk/client-iam';
export * as kms from '@aws-sdk/client-kms';
export * as sts from '@aws-sdk/client-sts';
