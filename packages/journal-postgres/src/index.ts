export { openPostgres, type PostgresOptions } from './open.ts'
export { CannotOpen } from './refusal.ts'
