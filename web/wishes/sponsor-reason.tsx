import type { extendClaim, releaseClaim } from '../../shared/wishes/claims-api.ts'
import { ReasonForm } from './desk-reason.tsx'
import { useWishWork } from './desk-work.ts'

export interface Reasoned {
  endpoint: typeof extendClaim | typeof releaseClaim
  intro: string
  label: string
  phrases: readonly string[]
  button: string
}

interface Props {
  params: { district: string; wish: string }
  step: Reasoned
  close(): void
}

/** A step of the organisation that needs a reason. */
export function ReasonedStep({ params, step: { endpoint, ...asked }, close }: Props) {
  const { work, busy, refused } = useWishWork(params.district)
  const send = async (reason: string) => {
    if (await work(endpoint, params, { reason })) close()
  }
  return <ReasonForm {...asked} {...{ busy, refused }} send={(reason) => void send(reason)} cancel={close} />
}
