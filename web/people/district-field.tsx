interface Props {
  districts: { code: string; name: string }[]
  /** Told which one is chosen, where the form needs to know before it is sent. */
  chosen?: (code: string) => void
}

/** The district that a form is about; where there is only one, nobody is asked. */
export function DistrictField({ districts, chosen }: Props) {
  const [only] = districts
  if (districts.length === 1 && only) return <input hidden readOnly name="district" value={only.code} />
  return (
    <div className="text-field">
      <label htmlFor="district">区县</label>
      <select id="district" name="district" onChange={({ currentTarget }) => chosen?.(currentTarget.value)}>
        {districts.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
