import { single } from './backends.ts'
import { keepsItsPromises } from './short.ts'

keepsItsPromises(single)
