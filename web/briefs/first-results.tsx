export default function FirstResults(_: { district: string; community: string }) {
  return null
}
