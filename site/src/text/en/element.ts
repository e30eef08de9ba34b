export const element = {};
