// A real Galera cluster of MariaDB on loopback. Each member has its own data and ports; any may be killed, and all of them.
import { execFile, execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { query } from './mysql.ts'
import { freePort } from './port.ts'
import { dataFolder, type Owner, ownerFor, type Program, startProgram, untilReady } from './program.ts'

export interface Galera {
  /** Of each member. */
  readonly ports: readonly number[]
  readonly kill: (member: number) => Promise<void>
  /** Brings one back that is not running; ready when it has all that the others have. */
  readonly join: (member: number) => Promise<void>
  /** After all were killed: the one that has most begins, the others join. */
  readonly recover: () => Promise<void>
  readonly runs: (member: number) => boolean
  /** Until these have noticed that they are the only ones, and decide without the others. */
  readonly settle: (members: readonly number[]) => Promise<void>
  /** Whether this member takes part in deciding, and has all that the others have. */
  readonly synced: (member: number) => Promise<boolean>
  readonly remove: () => Promise<void>
}

const library = '/usr/lib/galera/libgalera_smm.so'
/** Members hand their data over by rsync, which as root would be nobody. */
const owner = (): Owner | undefined => ownerFor('mysql')

interface Member {
  readonly folder: string
  readonly port: number
  readonly options: readonly string[]
  readonly remove: () => void
}

const makeMember = async (index: number, group: readonly number[]): Promise<Member> => {
  const { path, remove } = dataFolder('galera', owner())
  const data = join(path, 'data')
  const common = ['--no-defaults', `--datadir=${data}`, `--tmpdir=${path}`]
  execFileSync('mariadb-install-db', [...common, '--auth-root-authentication-method=normal', '--skip-test-db'], {
    stdio: 'pipe',
    cwd: '/',
    ...owner(),
  })
  const [port, incremental, whole] = [await freePort(), await freePort(), await freePort()]
  return {
    folder: data,
    port,
    remove,
    options: [
      ...common,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--socket=${join(path, 's')}`,
      `--pid-file=${join(path, 'pid')}`,
      '--skip-name-resolve',
      '--max-connections=200',
      '--innodb-buffer-pool-size=64M',
      '--innodb-log-file-size=16M',
      '--innodb-flush-log-at-trx-commit=1',
      '--innodb-autoinc-lock-mode=2',
      '--binlog-format=ROW',
      '--wsrep-on=ON',
      `--wsrep-provider=${library}`,
      `--wsrep-cluster-address=gcomm://${group.map((each) => `127.0.0.1:${each}`).join(',')}`,
      `--wsrep-node-name=member${index}`,
      '--wsrep-node-address=127.0.0.1',
      '--wsrep-sst-method=rsync',
      `--wsrep-sst-receive-address=127.0.0.1:${whole}`,
      `--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:${group[index]};ist.recv_addr=127.0.0.1:${incremental};gcache.size=32M`,
    ],
  }
}

/** How far its log goes, read from what a killed server left: `<cluster>:<number>`. */
const positionOf = async ({ folder, options }: Member): Promise<string | undefined> => {
  const file = join(folder, '../position.log')
  await promisify(execFile)('/usr/sbin/mariadbd', [...options, '--wsrep-recover', `--log-error=${file}`], {
    cwd: '/',
    ...owner(),
  })
  const told = readFileSync(file, 'utf8').match(/(?<=Recovered position: *)[\w-]+:-?\d+/g)
  return told?.at(-1)
}

export const startGalera = async (count = 3): Promise<Galera> => {
  const group = await Promise.all(Array.from({ length: count }, freePort))
  const members: Member[] = []
  for (const index of group.keys()) members.push(await makeMember(index, group))
  const programs = new Map<number, Program>()
  const used = new Set<number>()
  const at = (index: number): Member => {
    const found = members[index]
    if (found === undefined) throw new Error(`there is no member ${index}`)
    return found
  }
  const tellOf = async (index: number, name: string): Promise<string> => {
    const rows = await query<{ readonly Value: string }>(
      `mysql://root@127.0.0.1:${at(index).port}/`,
      `SHOW STATUS LIKE 'wsrep_${name}'`,
    )
    return rows[0]?.Value ?? ''
  }
  const state = (index: number): Promise<string> => tellOf(index, 'local_state_comment')
  const start = async (index: number, more: readonly string[] = []): Promise<void> => {
    const program = startProgram('/usr/sbin/mariadbd', [...at(index).options, ...more], owner())
    programs.set(index, program)
    used.add(index)
    await untilReady(program, async () => (await state(index)) === 'Synced')
  }
  const kill = async (index: number): Promise<void> => {
    await programs.get(index)?.end('SIGKILL')
    programs.delete(index)
  }
  const runs = (index: number): boolean => programs.get(index)?.ended() === false
  const joining = async (index: number): Promise<void> => {
    if (runs(index)) return
    // As its service does: with it, it is sent what it lacks, and not everything.
    const position = used.has(index) ? await positionOf(at(index)) : undefined
    await start(index, position === undefined ? [] : [`--wsrep-start-position=${position}`])
  }
  const others = async (first: number): Promise<void> => {
    await Promise.all([...members.keys()].filter((index) => index !== first).map(joining))
  }
  await start(0, ['--wsrep-new-cluster'])
  await others(0)
  return {
    ports: members.map(({ port }) => port),
    kill,
    join: joining,
    runs,
    settle: async (some) => {
      for (const index of some) {
        const program = programs.get(index)
        if (program !== undefined)
          await untilReady(program, async () => (await tellOf(index, 'cluster_size')) === String(some.length))
      }
    },
    synced: async (index) => (await state(index)) === 'Synced',
    recover: async () => {
      const positions = (await Promise.all(members.map(positionOf))).map((told) => Number(told?.split(':')[1] ?? -1))
      const first = positions.indexOf(Math.max(...positions))
      const file = join(at(first).folder, 'grastate.dat')
      writeFileSync(file, readFileSync(file, 'utf8').replace('safe_to_bootstrap: 0', 'safe_to_bootstrap: 1'))
      await start(first, ['--wsrep-new-cluster'])
      await others(first)
    },
    remove: async () => {
      for (const index of members.keys()) await kill(index)
      for (const { remove } of members) remove()
    },
  }
}
