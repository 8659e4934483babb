import { useEffect, useState } from 'react'

const isChinese = (voice: SpeechSynthesisVoice) => /^(zh|cmn)\b/i.test(voice.lang)

/** A button that reads to the person, where the browser has a Chinese voice. `words` is asked when it is pressed. */
export function ReadAloud({ words }: { words: () => string }) {
  const voice = useVoice()
  const [isReading, setReading] = useState(false)
  useEffect(() => () => globalThis.speechSynthesis?.cancel(), [])
  if (!voice) return null
  const read = () => {
    speechSynthesis.cancel()
    if (isReading) return setReading(false)
    const utterance = new SpeechSynthesisUtterance(words())
    Object.assign(utterance, { voice, lang: voice.lang, rate: 0.9, onend: () => setReading(false) })
    setReading(true)
    speechSynthesis.speak(utterance)
  }
  return (
    <button type="button" className="quiet" aria-pressed={isReading} onClick={read}>
      {isReading ? '停下' : '读给我听'}
    </button>
  )
}

const speech = globalThis.speechSynthesis as SpeechSynthesis | undefined

/** Voices arrive some time after the page, and on many phones never. */
function useVoice(): SpeechSynthesisVoice | undefined {
  const [voice, setVoice] = useState(() => speech?.getVoices().find(isChinese))
  useEffect(() => {
    const look = () => setVoice(speech?.getVoices().find(isChinese))
    speech?.addEventListener?.('voiceschanged', look)
    return () => speech?.removeEventListener?.('voiceschanged', look)
  }, [])
  return voice
}
