export function Refusal({ message }: { message: string }) {
  return (
    <p className="refusal" role="alert">
      {message}
    </p>
  )
}
