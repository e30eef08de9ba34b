// Names of services and operations in the SDKs.

import type { Call, OperationView } from '../../engine/messages.js';

/** A call with the operation that it is of, and the Region that it goes to. */
export interface Source {
  readonly call: Pick<Call, 'Service' | 'Operation' | 'Input'>;
  readonly operation: OperationView;
  readonly region: string;
}

interface Service {
  readonly client: string; // of the JavaScript SDK: "KMSClient" of "@aws-sdk/client-kms"
}

const services: Readonly<Record<string, Service>> = {
  kms: { client: 'KMSClient' }, iam: { client: 'IAMClient' }, sts: { client: 'STSClient' }, organizations: { client: 'OrganizationsClient' },
};

export function clientName(service: string): string {
  return services[service]?.client ?? `${service.toUpperCase()}Client`;
}

/** An operation as a method of boto3, after botocore's xform_name: "ListMFADevices" is list_mfa_devices. */
export function snake(name: string): string {
  return name.replace(/(.)([A-Z][a-z]+)/g, '$1_$2').replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
