export {
  type Answer,
  type Example,
  type Guard,
  type Input,
  type Method,
  type Operation,
  operation,
  operationId,
} from './operation.ts'
export { operations } from './registry.ts'
