import { contractsOn, sharedOn } from './testing/subject.ts'

contractsOn('mysql', sharedOn('mysql'))
