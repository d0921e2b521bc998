// All faults that there are.
import { crashDatabase } from './crash-database.ts'
import { cutConnections } from './cut-connections.ts'
import { failSyncs } from './fail-syncs.ts'
import type { Fault } from './fault.ts'
import { fillDisk } from './fill-disk.ts'
import { freezeDatabase } from './freeze-database.ts'
import { freezeNode } from './freeze-node.ts'
import { jumpClock } from './jump-clock.ts'
import { killNode } from './kill-node.ts'
import { loseAnswers } from './lose-answers.ts'
import { restartNode } from './restart-node.ts'
import { slowConnections } from './slow-connections.ts'
import { stopDatabase } from './stop-database.ts'

export const faults: readonly Fault[] = [
  killNode,
  restartNode,
  freezeNode,
  jumpClock,
  stopDatabase,
  crashDatabase,
  freezeDatabase,
  loseAnswers,
  cutConnections,
  slowConnections,
  fillDisk,
  failSyncs,
]
