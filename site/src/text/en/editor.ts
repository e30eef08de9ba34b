import { html } from 'lit';

export const editor = {
  policy: {
    title: 'Policy editor',
    policies: 'Policies',
    none: 'Policies of the document open here.',
    edited: 'edited',
    remarks: 'Remarks',
    severities: { error: 'error', warning: 'warning', info: 'info' },
    replaced: (waiting: unknown) => html`${waiting}: replaced, and still in force.`,
    waiting: 'Waiting for consistency',
    readOnly: 'Read-only: AWS manages this policy.',
    editAs: 'Edit as',
    format: 'Format',
    notYet: 'Not in force yet',
    notInForce: 'Not in force',
    before: 'Waiting for consistency: the policy before it decides',
    inForce: 'In force',
    refusal: (reason: string) => html`<strong>Not in force.</strong> ${reason}`,
    refused: 'AWS refused this text.',
    policyInForce: 'The policy in force',
    goBack: 'Go back to the policy in force',
  },
  marks: {
    statement: (action: string, word: string, reason: string) => `${action}: ${word}. ${reason}`,
    match: 'match',
    noMatch: 'no match',
    delegates: 'match, lets IAM policies decide',
    allowedHere: (action: string) => `${action} was allowed here.`,
    deniedHere: (action: string) => `${action} was denied here.`,
    noAllowHere: (action: string) => `${action} found no Allow here.`,
  },
};
