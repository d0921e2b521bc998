import { contractsOn } from './testing/subject.ts'

contractsOn('mysql')
