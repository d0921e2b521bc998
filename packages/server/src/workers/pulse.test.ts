import { describe, expect, it } from 'vitest'
import { openPulse, questions } from './pulse.ts'

const asked = (pulse: ReturnType<typeof openPulse>, times: number): readonly boolean[] =>
  Array.from({ length: times }, () => pulse.isLost())

describe('a worker', () => {
  it('that answers now and then is never lost', () => {
    const pulse = openPulse(5000)
    for (let time = 0; time < 100; time += 1) {
      expect(asked(pulse, questions)).not.toContain(true)
      pulse.heard()
    }
  })

  it('that answers nothing any more is lost when it has left all questions open', () => {
    const pulse = openPulse(5000)
    pulse.heard()
    expect(asked(pulse, questions)).not.toContain(true)
    expect(pulse.isLost()).toBe(true)
  })

  it('that has not spoken yet is given more time, but not for ever', () => {
    const pulse = openPulse(5000)
    expect(asked(pulse, 4 * questions)).not.toContain(true)
    expect(pulse.isLost()).toBe(true)
  })

  it('that has not spoken yet is given a minute, however often it is asked', () => {
    const pulse = openPulse(100)
    expect(asked(pulse, 600)).not.toContain(true)
    expect(pulse.isLost()).toBe(true)
  })
})
