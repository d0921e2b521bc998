export { type VaultAccess, type VaultKey, vaultMasterKey } from './master-key.ts'
export { readLocation } from './location.ts'
