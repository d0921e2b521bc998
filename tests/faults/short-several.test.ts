import { several } from './backends.ts'
import { keepsItsPromises } from './short.ts'

keepsItsPromises(several)
