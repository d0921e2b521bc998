export { kmsMasterKey, type KmsKey } from './master-key.ts'
