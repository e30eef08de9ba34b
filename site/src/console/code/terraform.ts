// The resource of the AWS provider for Terraform that stands for a call which makes or changes one. Arguments are named
// as hashicorp/aws 6 documents them.

import { lines, quoted } from './layout.js';
import type { Source } from './names.js';

/** An argument: from which parameter it is taken, and how it is written. */
type Argument = readonly [name: string, parameter: string, kind?: 'policy' | 'tags' | 'list' | 'constant'];

/** A parameter that is a block of the configuration. */
interface Block {
  readonly name: string;
  readonly parameter: string;
  readonly members: readonly (readonly [argument: string, member: string])[];
}

interface Resource {
  readonly type: string;
  readonly blocks?: readonly Block[];
  readonly arguments: readonly Argument[];
  /** The call changes a resource that exists: what is not said here is left out. */
  readonly changes?: boolean;
  /** A parameter after which the resource is called. */
  readonly called?: string;
}

const tags: Argument = ['tags', 'Tags', 'tags'];
const bypass: Argument = ['bypass_policy_lockout_safety_check', 'BypassPolicyLockoutSafetyCheck'];
const keyPolicy: Argument = ['policy', 'Policy', 'policy'];
const key = (...args: Argument[]): Resource => ({ type: 'aws_kms_key', arguments: args, changes: true, called: 'KeyId' });

const resources: Readonly<Record<string, Resource>> = {
  'kms:CreateKey': {
    type: 'aws_kms_key', called: 'Description',
    arguments: [['description', 'Description'], ['key_usage', 'KeyUsage'], ['customer_master_key_spec', 'CustomerMasterKeySpec'], ['customer_master_key_spec', 'KeySpec'],
      ['custom_key_store_id', 'CustomKeyStoreId'], ['xks_key_id', 'XksKeyId'], ['multi_region', 'MultiRegion'], keyPolicy, bypass, tags],
  },
  'kms:CreateAlias': { type: 'aws_kms_alias', called: 'AliasName', arguments: [['name', 'AliasName'], ['target_key_id', 'TargetKeyId']] },
  'kms:UpdateAlias': { type: 'aws_kms_alias', called: 'AliasName', arguments: [['name', 'AliasName'], ['target_key_id', 'TargetKeyId']], changes: true },
  'kms:CreateGrant': {
    type: 'aws_kms_grant', called: 'Name',
    arguments: [['name', 'Name'], ['key_id', 'KeyId'], ['grantee_principal', 'GranteePrincipal'], ['retiring_principal', 'RetiringPrincipal'],
      ['operations', 'Operations', 'list'], ['grant_creation_tokens', 'GrantTokens', 'list']],
    blocks: [{ name: 'constraints', parameter: 'Constraints', members: [['encryption_context_equals', 'EncryptionContextEquals'], ['encryption_context_subset', 'EncryptionContextSubset']] }],
  },
  'kms:PutKeyPolicy': { type: 'aws_kms_key_policy', called: 'KeyId', arguments: [['key_id', 'KeyId'], keyPolicy, bypass] },
  'kms:ReplicateKey': {
    type: 'aws_kms_replica_key', called: 'Description',
    arguments: [['region', 'ReplicaRegion'], ['primary_key_arn', 'KeyId'], ['description', 'Description'], keyPolicy, bypass, tags],
  },
  'kms:CreateCustomKeyStore': {
    type: 'aws_kms_custom_key_store', called: 'CustomKeyStoreName',
    arguments: [['custom_key_store_name', 'CustomKeyStoreName'], ['cloud_hsm_cluster_id', 'CloudHsmClusterId'], ['key_store_password', 'KeyStorePassword'],
      ['trust_anchor_certificate', 'TrustAnchorCertificate'], ['custom_key_store_type', 'CustomKeyStoreType'], ['xks_proxy_connectivity', 'XksProxyConnectivity'],
      ['xks_proxy_uri_endpoint', 'XksProxyUriEndpoint'], ['xks_proxy_uri_path', 'XksProxyUriPath'], ['xks_proxy_vpc_endpoint_service_name', 'XksProxyVpcEndpointServiceName']],
    blocks: [{ name: 'xks_proxy_authentication_credential', parameter: 'XksProxyAuthenticationCredential', members: [['access_key_id', 'AccessKeyId'], ['raw_secret_access_key', 'RawSecretAccessKey']] }],
  },
  'kms:EnableKey': key(['is_enabled', 'true', 'constant']),
  'kms:DisableKey': key(['is_enabled', 'false', 'constant']),
  'kms:EnableKeyRotation': key(['enable_key_rotation', 'true', 'constant'], ['rotation_period_in_days', 'RotationPeriodInDays']),
  'kms:DisableKeyRotation': key(['enable_key_rotation', 'false', 'constant']),
  'kms:UpdateKeyDescription': key(['description', 'Description']),
  'kms:TagResource': key(tags),
  'iam:CreateUser': { type: 'aws_iam_user', called: 'UserName', arguments: [['name', 'UserName'], ['path', 'Path'], ['permissions_boundary', 'PermissionsBoundary'], tags] },
  'iam:PutUserPermissionsBoundary': { type: 'aws_iam_user', called: 'UserName', changes: true, arguments: [['name', 'UserName'], ['permissions_boundary', 'PermissionsBoundary']] },
  'iam:TagUser': { type: 'aws_iam_user', called: 'UserName', changes: true, arguments: [['name', 'UserName'], tags] },
  'iam:CreateGroup': { type: 'aws_iam_group', called: 'GroupName', arguments: [['name', 'GroupName'], ['path', 'Path']] },
  'iam:AddUserToGroup': { type: 'aws_iam_user_group_membership', called: 'UserName', arguments: [['user', 'UserName'], ['groups', 'GroupName', 'list']] },
  'iam:CreateRole': {
    type: 'aws_iam_role', called: 'RoleName',
    arguments: [['name', 'RoleName'], ['path', 'Path'], ['description', 'Description'], ['max_session_duration', 'MaxSessionDuration'],
      ['permissions_boundary', 'PermissionsBoundary'], ['assume_role_policy', 'AssumeRolePolicyDocument', 'policy'], tags],
  },
  'iam:PutRolePermissionsBoundary': { type: 'aws_iam_role', called: 'RoleName', changes: true, arguments: [['name', 'RoleName'], ['permissions_boundary', 'PermissionsBoundary']] },
  'iam:UpdateAssumeRolePolicy': { type: 'aws_iam_role', called: 'RoleName', changes: true, arguments: [['name', 'RoleName'], ['assume_role_policy', 'PolicyDocument', 'policy']] },
  'iam:TagRole': { type: 'aws_iam_role', called: 'RoleName', changes: true, arguments: [['name', 'RoleName'], tags] },
  'iam:CreatePolicy': {
    type: 'aws_iam_policy', called: 'PolicyName',
    arguments: [['name', 'PolicyName'], ['path', 'Path'], ['description', 'Description'], ['policy', 'PolicyDocument', 'policy'], tags],
  },
  'iam:AttachUserPolicy': { type: 'aws_iam_user_policy_attachment', called: 'UserName', arguments: [['user', 'UserName'], ['policy_arn', 'PolicyArn']] },
  'iam:AttachRolePolicy': { type: 'aws_iam_role_policy_attachment', called: 'RoleName', arguments: [['role', 'RoleName'], ['policy_arn', 'PolicyArn']] },
  'iam:AttachGroupPolicy': { type: 'aws_iam_group_policy_attachment', called: 'GroupName', arguments: [['group', 'GroupName'], ['policy_arn', 'PolicyArn']] },
  'iam:PutUserPolicy': { type: 'aws_iam_user_policy', called: 'PolicyName', arguments: [['name', 'PolicyName'], ['user', 'UserName'], ['policy', 'PolicyDocument', 'policy']] },
  'iam:PutRolePolicy': { type: 'aws_iam_role_policy', called: 'PolicyName', arguments: [['name', 'PolicyName'], ['role', 'RoleName'], ['policy', 'PolicyDocument', 'policy']] },
  'iam:PutGroupPolicy': { type: 'aws_iam_group_policy', called: 'PolicyName', arguments: [['name', 'PolicyName'], ['group', 'GroupName'], ['policy', 'PolicyDocument', 'policy']] },
  'iam:CreateAccessKey': { type: 'aws_iam_access_key', called: 'UserName', arguments: [['user', 'UserName']] },
  'organizations:CreateOrganization': { type: 'aws_organizations_organization', arguments: [['feature_set', 'FeatureSet']] },
  'organizations:EnablePolicyType': { type: 'aws_organizations_organization', changes: true, arguments: [['enabled_policy_types', 'PolicyType', 'list']] },
  'organizations:CreateOrganizationalUnit': { type: 'aws_organizations_organizational_unit', called: 'Name', arguments: [['name', 'Name'], ['parent_id', 'ParentId']] },
  'organizations:CreateAccount': {
    type: 'aws_organizations_account', called: 'AccountName',
    arguments: [['name', 'AccountName'], ['email', 'Email'], ['role_name', 'RoleName'], ['iam_user_access_to_billing', 'IamUserAccessToBilling']],
  },
  'organizations:CreatePolicy': {
    type: 'aws_organizations_policy', called: 'Name',
    arguments: [['name', 'Name'], ['description', 'Description'], ['type', 'Type'], ['content', 'Content', 'policy']],
  },
  'organizations:AttachPolicy': { type: 'aws_organizations_policy_attachment', called: 'TargetId', arguments: [['policy_id', 'PolicyId'], ['target_id', 'TargetId']] },
};

// Keys whose material comes from outside.
const external: Resource = {
  type: 'aws_kms_external_key', called: 'Description', arguments: [['description', 'Description'], ['multi_region', 'MultiRegion'], keyPolicy, bypass, tags],
};

export interface Configuration {
  readonly code: string;
  /** Parameters of the call that the resource has no argument for. */
  readonly unsaid: readonly string[];
  /** The call changes a resource that is there. */
  readonly changes: boolean;
}

/** The resource of a call; null when the call makes and changes none. */
export function terraform({ call, operation, region }: Source): Configuration | null {
  const input = isObject(call.Input) ? call.Input : {};
  const resource = resourceOf(`${call.Service}:${operation.Name}`, input);
  if (!resource) return null;
  const list = call.Service === 'kms' ? new Map([['region', text(region)]]) : new Map<string, string>(); // since version 6
  for (const [name, parameter, kind] of resource.arguments) {
    const written = kind === 'constant' ? parameter : argument(input[parameter], kind);
    if (written !== null) list.set(name, written);
  }
  const width = Math.max(0, ...[...list].map(([name, value]) => (value.includes('\n') ? 0 : name.length)));
  const body = [...list].map(([name, value]) => `  ${value.includes('\n') ? name : name.padEnd(width)} = ${value}\n`);
  const blocks = (resource.blocks ?? []).map((below) => block(below, input[below.parameter])).filter((code) => code !== '');
  return {
    code: `resource "${resource.type}" "${nameOf(input[resource.called ?? ''])}" {\n${body.join('')}${blocks.map((code) => `\n${code}`).join('')}}\n`,
    unsaid: unsaid(resource, input), changes: resource.changes === true,
  };
}

// What the provider says by itself, or what only the sending of a call is about.
const implied = new Set(['PolicyName', 'DryRun']);

function unsaid(resource: Resource, input: Readonly<Record<string, unknown>>): string[] {
  const blocks = resource.blocks ?? [];
  const known = new Set([...resource.arguments.map(([, parameter]) => parameter), ...blocks.map(({ parameter }) => parameter), ...implied]);
  if (resource.called === 'KeyId') known.add('KeyId');
  if (input['Origin'] === 'AWS_KMS' || resource === external) known.add('Origin');
  const inner = blocks.flatMap(({ parameter, members }) => Object.keys(isObject(input[parameter]) ? input[parameter] : {})
    .filter((name) => !members.some(([, member]) => member === name)).map((name) => `${parameter}.${name}`));
  return [...Object.keys(input).filter((name) => !known.has(name)), ...inner];
}

function resourceOf(operation: string, input: Readonly<Record<string, unknown>>): Resource | undefined {
  if (operation === 'kms:CreateKey' && input['Origin'] === 'EXTERNAL') return external;
  return Object.hasOwn(resources, operation) ? resources[operation] : undefined;
}

function argument(value: unknown, kind: Argument[2]): string | null {
  if (value === undefined || value === null) return null;
  if (kind === 'tags') return Array.isArray(value) ? map(value.filter(isObject).map((tag) => [String(tag['TagKey'] ?? tag['Key']), String(tag['TagValue'] ?? tag['Value'])]), '  ') : null;
  if (kind === 'list') return `[${(Array.isArray(value) ? value : [value]).map((item) => text(String(item))).join(', ')}]`;
  if (kind === 'policy') return document(String(value));
  return typeof value === 'string' ? text(value) : String(value);
}

function block({ name, members }: Block, value: unknown): string {
  if (!isObject(value)) return '';
  const written = members.flatMap(([argument, member]) => {
    const inner = value[member];
    if (inner === undefined || inner === null) return [];
    return [`    ${argument} = ${isObject(inner) ? map(Object.entries(inner).map(([k, v]) => [k, String(v)]), '    ') : text(String(inner))}\n`];
  });
  return written.length ? `  ${name} {\n${written.join('')}  }\n` : '';
}

function map(pairs: readonly (readonly [string, string])[], indent: string): string {
  if (!pairs.length) return '{}';
  const keys = pairs.map(([k]) => (/^[A-Za-z_][\w-]*$/.test(k) ? k : text(k)));
  const width = Math.max(...keys.map((k) => k.length));
  return `{\n${pairs.map(([, value], i) => `${indent}  ${keys[i]!.padEnd(width)} = ${text(value)}\n`).join('')}${indent}}`;
}

// Policies keep their lines where that changes nothing about them: a here-document ends with a line break.
function document(policy: string): string {
  if (!policy.includes('\n') || /[\r\t]|[^\n\u0020-\u007e]/.test(policy)) return text(policy);
  let end = 'POLICY';
  while (policy.split('\n').some((line) => line.trim() === end)) end += '_';
  return `<<${end}\n${lines(escaped(policy)).join('')}${policy.endsWith('\n') ? '' : '\n'}${end}`;
}

// "${" and "%{" begin expressions.
function escaped(content: string): string {
  return content.replace(/([$%])(?=\{)/g, '$1$1');
}

function text(content: string): string {
  return escaped(quoted(content, (code) => `\\U${code.toString(16).padStart(8, '0')}`, '\\ufffd'));
}

// What a resource is called within the configuration.
function nameOf(value: unknown): string {
  const word = (typeof value === 'string' ? value : '').replace(/^(alias\/|arn:.*[/:])/, '').replace(/[^A-Za-z0-9_-]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 40).toLowerCase();
  return /^[a-z_]/.test(word) ? word : word ? `r_${word}` : 'this';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
