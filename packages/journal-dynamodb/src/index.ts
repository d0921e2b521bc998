export { CannotOpen } from './refusal.ts'
