import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAdministrator } from './administrator.ts'
import { login } from './login.ts'
import { asking, openWorld, password, refusalOf, type World } from './testing/world.ts'
import { createUser } from './user.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const email = 'admin@platform.example'
const logInWith = (word: string): Promise<string> =>
  refusalOf(login(asking(world.app), { email, password: word, tenant: 'platform' }))

describe('the first administrator', () => {
  it('is made by the next start where one was cut off between the user and the membership, with the password of that start', async () => {
    await createUser(world.app, { email, password: 'shown by the start that ended' })
    await createAdministrator(world.app, { email, password })
    expect([await logInWith(password), await logInWith('shown by the start that ended')]).toEqual([
      'done',
      'login_failed',
    ])
  })

  it('is made once by nodes that start at the same time, and the password of the one that made it opens', async () => {
    const words = ['first', 'second', 'third', 'fourth'].map((which) => `shown by the ${which} node`)
    const made = await Promise.all(
      words.map((word) => refusalOf(createAdministrator(world.app, { email, password: word }))),
    )
    expect(made.toSorted()).toEqual(['already_exists', 'already_exists', 'already_exists', 'done'])
    expect(await Promise.all(words.map(logInWith))).toEqual(
      made.map((answer) => (answer === 'done' ? 'done' : 'login_failed')),
    )
    expect([...world.app.platform.state().entries('member')]).toHaveLength(1)
  })
})
