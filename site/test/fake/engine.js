// A stand-in for Go's wasm_exec.js and the engine behind it: one key, three users, and as much judgement as the tests
// of the page need. It answers in the engine's message types; what is right is for the real engine to say.
'use strict';
(() => {
  const key = 'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const policyID = key + '/default';
  const user = (name) => `arn:aws:iam::111122223333:user/${name}`;
  const first = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Key administrators — 管理者",
      "Effect": "Allow",
      "Principal": { "AWS": "${user('kms-test-1')}" },
      "Action": "kms:*",
      "Resource": "*"
    }
  ]
}
`;
  const text = '---\ntitle: Why does the key policy need the root statement?\n---\nThe **key policy** names `kms-test-1` only. See [AWS](https://docs.aws.amazon.com/kms/).\n\n<script>alert(1)</script>\n';
  const empty = { Service: 'kms', Simulated: true };
  const field = (Name, Role, Required = false, more = {}) => ({ Name, Role, Required, Type: 'string', Enum: [], Min: -1, Max: -1, Member: '', Fields: [], ...more });
  const keyId = field('KeyId', 'key', true);
  const context = field('EncryptionContext', 'encryption context', false, { Type: 'map' });
  const tokens = field('GrantTokens', 'grant tokens', false, { Type: 'list', Member: 'string' });
  const operations = [
    { ...empty, Name: 'Encrypt', Fields: [keyId, field('Plaintext', 'plaintext', true, { Type: 'blob' }), context, tokens, field('DryRun', '', false, { Type: 'boolean' })] },
    { ...empty, Name: 'Decrypt', Fields: [field('CiphertextBlob', 'ciphertext', true, { Type: 'blob' }), context, tokens, { ...keyId, Required: false }] },
    { ...empty, Name: 'GenerateRandom', Fields: [field('NumberOfBytes', '', false, { Type: 'integer' })] },
    { ...empty, Name: 'CreateGrant', Fields: [keyId, field('Operations', '', true, { Type: 'list', Member: 'string', Enum: ['Decrypt', 'Encrypt', 'RetireGrant'] })] },
  ];

  let world;
  const open = (history) => {
    world = { history: [], policy: first, draft: '', grants: [], tags: [], requests: [], seconds: 0 };
    for (const step of history) apply(step);
    world.opened = history.length; // Undo goes no further back
  };
  const bytes = (s) => new TextEncoder().encode(s).length;
  const span = (from, to) => ({ Start: bytes(world.policy.slice(0, from)), End: bytes(world.policy.slice(0, to)) });
  const lineOf = (at) => world.policy.slice(0, at).split('\n').length;

  function statements(principal) {
    const found = [];
    let at = world.policy.indexOf('[');
    for (const s of JSON.parse(world.policy).Statement) {
      at = world.policy.indexOf('{', at + 1);
      const from = at;
      at = world.policy.indexOf('"Resource"', at);
      const names = [s.Principal.AWS].flat();
      const relation = names.includes(principal) ? 'caller' : names.some((n) => n.endsWith(':root')) ? 'account' : '';
      const el = (m) => ({ Matches: m, Matched: m ? 'kms:*' : '', Span: span(from, from + 1), Line: lineOf(from) });
      found.push({ Index: found.length, Sid: s.Sid ?? '', Effect: s.Effect, Span: span(from, world.policy.indexOf('}', at) + 1), Line: lineOf(from),
        Applies: relation !== '', Relation: relation, Principal: el(relation !== ''), Action: el(true), Resource: el(true), Conditions: [],
        Reason: relation ? 'every element matches' : `the Principal element does not name ${principal}` });
    }
    return found;
  }

  function check(principal, operation) {
    const all = statements(principal);
    const mine = all.filter((s) => s.Applies);
    const admin = principal === user('kms-test-2');
    const allowed = mine.some((s) => s.Relation === 'caller') || (mine.length > 0 && admin);
    const decided = allowed ? mine : all;
    return { Decision: allowed ? 'Allow' : '', Principal: principal, Action: `kms:${operation}`, Resource: key,
      Message: allowed ? '' : `User: ${principal} is not authorized to perform: kms:${operation} on resource: ${key} because no resource-based policy allows the kms:${operation} action`,
      Reason: allowed ? 'A statement of the key policy counts.' : 'No statement of the key policy names the caller or its account.',
      Deciding: decided.map((s) => ({ Layer: 'resource-based policy', PolicyID: policyID, Statement: s.Index, Sid: s.Sid, Span: s.Span, Line: s.Line })),
      Needed: allowed ? [] : [{ Layer: 'resource-based policy', Text: 'a statement that allows the account' }],
      Layers: [
        { Type: 'resource-based policy', Verdict: allowed ? 'allowed' : 'no allow', Summary: 'As its statements say.', Grants: [],
          Policies: [{ ID: policyID, Name: 'default', ARN: key, Statements: all }] },
        { Type: 'grant', Verdict: 'not present', Summary: 'No grant.', Policies: [], Grants: [] }],
      Context: [{ Key: 'aws:PrincipalArn', Multi: false, Values: [principal], IdentityOnly: false }], Pending: [] };
  }

  function record(principal, operation, answer) {
    const Index = world.requests.length;
    world.requests.push({ Index, Time: '2026-01-01T09:00:00Z', Principal: principal, Label: principal.split('/').pop(), Service: 'kms', Operation: operation,
      Resource: 'alias/app', Decision: answer.Checks.length === 0 ? '' : answer.Checks.every((c) => c.Decision === 'Allow') ? 'Allowed' : 'Denied',
      Code: answer.Error?.Code ?? '', Message: answer.Error?.Message ?? '', Command: `aws kms ${operation.toLowerCase()} --key-id alias/app`, Appended: true, Done: 0, answer });
    return { Answer: answer, Index };
  }

  function call(c) {
    const principal = c.As.startsWith('arn:') ? c.As : c.As.includes(':root') ? 'arn:aws:iam::111122223333:root' : user(c.As);
    const answer = { Output: null, Error: null, RequestID: 'r', Principal: principal, Checks: [], Beneath: [], Event: { eventName: c.Operation } };
    if (c.Input?.KeyId === 'alias/none') answer.Error = { Code: 'NotFoundException', Message: 'Alias alias/none is not found.', Status: 400 };
    else {
      answer.Checks = [check(principal, c.Operation)];
      if (answer.Checks[0].Decision !== 'Allow') answer.Error = { Code: 'AccessDeniedException', Message: answer.Checks[0].Message, Status: 400 };
      else answer.Output = { CiphertextBlob: btoa(JSON.stringify(c.Input?.EncryptionContext ?? {})), KeyId: key };
    }
    if (!answer.Error && c.Operation === 'CreateGrant') world.grants.push({ ...c.Input, GrantId: 'g' + world.grants.length });
    if (!answer.Error && c.Operation === 'TagResource') world.tags.push({ Key: c.Input.Tags[0].TagKey, Value: c.Input.Tags[0].TagValue });
    return record(principal, c.Operation, answer);
  }

  function edit(e) {
    try {
      JSON.parse(e.Text);
    } catch {
      world.draft = e.Text;
      const answer = { Output: null, Error: { Code: 'MalformedPolicyDocumentException', Message: 'The new key policy is malformed.', Status: 400 }, RequestID: 'r', Principal: user('kms-test-1'), Checks: [], Event: {} };
      return { ...record(user('kms-test-1'), 'PutKeyPolicy', answer), Applied: false, Diagnostics: parse(e.Text) };
    }
    world.policy = e.Text;
    world.draft = '';
    const answer = { Output: null, Error: null, RequestID: 'r', Principal: user('kms-test-1'), Checks: [], Event: {} };
    return { ...record(user('kms-test-1'), 'PutKeyPolicy', answer), Applied: true, Diagnostics: [] };
  }

  function apply(step) {
    const reply = step.Type === 'Call' ? call(step.Call) : step.Type === 'Edit' ? edit(step) : ((world.seconds += step.Seconds), {});
    world.history.push(step);
    return reply;
  }

  function parse(t) {
    try {
      JSON.parse(t);
      return [];
    } catch (error) {
      return [{ Span: { Start: 0, End: 1 }, Line: 1, Column: 1, Severity: 'error', Code: 'syntax', Message: String(error.message), Fixes: [] }];
    }
  }

  function state() {
    const holds = check(user('kms-test-2'), 'Encrypt').Decision === 'Allow';
    const member = (name, policies = []) => ({ Name: name, ARN: user(name), Policies: policies, Groups: [], Boundary: '', Tags: [] });
    const who = (name) => ({ Ref: name, Label: name, ARN: user(name), Kind: 'User' });
    return { Title: 'Why does the key policy need the root statement?', Document: text + '\n<!--' + btoa(encodeURIComponent(JSON.stringify(world.history))) + '-->', Region: 'us-west-2', Account: '111122223333',
      Now: new Date(Date.UTC(2026, 0, 1, 9, 0, world.seconds)).toISOString(), CanUndo: world.history.length > world.opened, CanRedo: false, Done: world.history.length, Undone: [], Branches: [], Coming: [],
      Lesson: [{ Type: 'prose', Text: text.split('---\n')[2], Title: '', Lang: '', Step: null, Appended: false }],
      Goals: [{ Title: 'kms-test-2 may encrypt', Holds: holds, Detail: '' }, { Title: 'a third user still may not', Holds: true, Detail: '' }],
      Accounts: [{ ID: '111122223333', Users: [member('kms-test-1'), member('kms-test-2', ['arn:aws:iam::aws:policy/AdministratorAccess']), member('kms-test-3')], Groups: [], Roles: [] }], Organizations: [],
      Principals: [{ Ref: '111122223333:root', Label: 'root of 111122223333', ARN: 'arn:aws:iam::111122223333:root', Kind: 'Root' }, who('kms-test-1'), who('kms-test-2'), who('kms-test-3')],
      Keys: [{ ARN: key, KeyId: key.split('/')[1], Account: '111122223333', Region: 'us-west-2', Label: 'alias/app', State: 'Enabled', Spec: 'SYMMETRIC_DEFAULT', Usage: 'ENCRYPT_DECRYPT', Description: '',
        Created: '2026-01-01T09:00:00Z', DeletionDate: '', Aliases: ['alias/app'], Tags: world.tags, Policy: policyID, Managers: ['kms-test-1'],
        Grants: world.grants.map((g) => ({ GrantId: g.GrantId, Name: g.Name ?? '', GranteePrincipal: g.GranteePrincipal, GranteeService: false, RetiringService: false, SourceArn: '', VisibleAt: '', RetiringPrincipal: g.RetiringPrincipal ?? '', IssuingAccount: '111122223333', Operations: g.Operations,
          ConstraintType: Object.keys(g.Constraints ?? {})[0] ?? '', Constraint: Object.entries(Object.values(g.Constraints ?? {})[0] ?? {}).map(([Key, Value]) => ({ Key, Value })), Created: '', Token: 'token-' + g.GrantId })) }],
      Policies: [
        { ID: policyID, Title: 'Key policy alias/app', Kind: 'key policy', Owner: key, Text: world.policy, Draft: world.draft, Refused: world.draft !== '', ReadOnly: false, Diagnostics: world.draft ? parse(world.draft) : [] },
        { ID: 'arn:aws:iam::aws:policy/AdministratorAccess', Title: 'AdministratorAccess (AWS managed)', Kind: 'identity-based policy', Owner: '', Text: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', Draft: '', Refused: false, ReadOnly: true, Diagnostics: [] }],
      Requests: world.requests.map(({ answer, ...r }) => r), Diagnostics: [], History: { Opened: world.opened, Marks: [], Undone: [], Branches: [], Drafts: [] } };
  }

  function handle(json) {
    const request = JSON.parse(json);
    const reply = { Id: request.Id, Version: 'fake', Failure: '', State: null, Answer: null, Index: 0, Step: null, Applied: false, Diagnostics: [], Text: '', Catalogue: null, Bench: null };
    switch (request.Type) {
      case 'Hello':
        reply.Catalogue = { Operations: operations, Examples: [{ Name: '004-why-the-root-statement', Title: 'Why does the key policy need the root statement?', Group: '004', Text: text }], Checks: [] };
        break;
      case 'Resume':
      case 'Open': {
        const kept = /<!--(.*?)-->/.exec(request.Document);
        open(kept ? JSON.parse(decodeURIComponent(atob(kept[1]))) : []);
        if (request.History) world.opened = request.History.Opened;
        reply.State = state();
        break;
      }
      case 'OpenLink':
        try {
          open(JSON.parse(decodeURIComponent(atob(request.Fragment.replace(/-/g, '=').replace(/_/g, '/')))));
          reply.State = state();
        } catch {
          reply.Failure = 'the link is broken: it does not hold a document';
        }
        break;
      case 'Call':
        if (request.Call.Input?.KeyId === 'alias/never-ends') for (;;);
      // falls through
      case 'Edit':
      case 'Wait':
        Object.assign(reply, apply(request), { State: null });
        reply.State = state();
        break;
      case 'Undo':
        { const { opened } = world; open(world.history.slice(0, -1)); world.opened = opened; }
        reply.State = state();
        break;
      case 'Answer':
        Object.assign(reply, { Answer: world.requests[request.Index].answer, Index: request.Index });
        break;
      case 'Parse':
        reply.Diagnostics = parse(request.Text);
        break;
      case 'Format':
        try {
          reply.Text = JSON.stringify(JSON.parse(request.Text), null, 2);
        } catch {
          reply.Diagnostics = parse(request.Text);
        }
        break;
      case 'Foresee': // the fake's judgement is of calls alone
        reply.Foreseen = { Calls: request.Calls.map(() => ({ Decision: '', Code: '', Message: '', Reason: '', Who: [] })) };
        break;
      case 'Effects':
        reply.Effects = { Code: '', Message: '', Opens: [], Closes: [], Gone: [] };
        break;
      case 'Detail':
        reply.Detail = { Key: request.Key, Origin: 'AWS_KMS', Manager: 'CUSTOMER', CustomKeyStoreId: '', Algorithms: ['SYMMETRIC_DEFAULT'], ExpirationModel: '', ValidTo: '',
          GrantOperations: ['Decrypt', 'Encrypt', 'RetireGrant'], PendingWindow: 0, MultiRegionType: '', Primary: { Arn: '', Region: '' }, Replicas: [], RotationEnabled: false,
          RotationPeriod: 0, NextRotation: '', OnDemandStarted: '', Materials: [], CurrentMaterialId: '' };
        break;
      case 'Share':
        reply.Text = btoa(encodeURIComponent(JSON.stringify(world.history))).replace(/=/g, '-').replace(/\//g, '_');
        break;
    }
    return JSON.stringify(reply);
  }

  globalThis.Go = class {
    importObject = {};
    run() {
      globalThis.kmsPlayground = { handle };
      return new Promise(() => {});
    }
  };
})();
