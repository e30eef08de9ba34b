export const explorer = {
  title: 'Explorer',
  groups: { users: 'Users', groups: 'Groups', roles: 'Roles', keys: 'Keys' },
  root: 'root',
  inGroup: (group: string) => `in ${group}`,
  sendAs: (arn: string) => `Send requests as ${arn}`,
};
