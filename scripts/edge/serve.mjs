// Runs the playground's Worker on this machine until it is interrupted. PORT says where, 8787 unless told otherwise;
// BOOTSTRAP=anywhere lets account ids act as access keys.

import { playground } from './worker.mjs';

const bootstrap = process.env.BOOTSTRAP ?? '';
const { address, close } = await playground({ port: Number(process.env.PORT || 8787), bootstrap });
console.log(`KMS Playground at the edge: ${address}/`);
console.log(`AWS clients: --endpoint-url ${address}`);
if (bootstrap !== 'anywhere') console.log('No access key exists in this world: BOOTSTRAP=anywhere make edge lets account ids act as root users.');
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => close().then(() => process.exit(0)));
