import { contractsOn, sharedOn } from './testing/subject.ts'

contractsOn('mariadb', sharedOn('mariadb'))
