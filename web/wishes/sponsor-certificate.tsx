import { Button } from 'antd'
import { certificate } from '../../shared/wishes/claims-api.ts'
import { useAct } from '../api/use-act.ts'
import { fetched } from '../kit/fetched.ts'
import { Refusal } from '../kit/refusal.tsx'

/** The certificate about what was fulfilled. */
export function Certificate({ district, sponsor }: { district: string; sponsor: string }) {
  const { run, busy, refused } = useAct()
  return (
    <div className="actions">
      <Button loading={busy} onClick={() => void run(() => fetched(certificate, { district, sponsor }))}>
        下载办结证书（PDF）
      </Button>
      {refused && <Refusal message={refused} />}
    </div>
  )
}
