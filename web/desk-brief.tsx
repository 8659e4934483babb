export default function P(_: { district: unknown }) {
  return null
}
