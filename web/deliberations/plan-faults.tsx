/** What was refused, and below it what to change. */
export function PlanFaults({ faults }: { faults: readonly string[] }) {
  const [first, ...rest] = faults
  if (first === undefined) return null
  return (
    <div className="refusal" role="alert">
      {first}
      {rest.length > 0 && (
        <ul className="plan-faults">
          {rest.slice(0, 50).map((words, i) => (
            <li key={i}>{words}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
