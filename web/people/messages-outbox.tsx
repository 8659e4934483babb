import type { OutboxMessage } from '../../shared/people/notices-api.ts'
import { purposeWords } from './messages-words.ts'
import { momentWords } from './people-words.ts'

const beforeUse = '正式使用前请先设置短信服务。号码和内容都看得到，所以每次查看都会记入审计。'

/** Texts that stay here because there is nobody to send them. */
export function Outbox({ isSent, messages }: { isSent: boolean; messages: OutboxMessage[] }) {
  if (isSent) return <p className="note">短信都交给短信服务发送，发出后内容随即清除，所以这里没有内容可看。</p>
  return (
    <>
      <p className="note">
        还没有设置短信服务（<code>SMS_URL</code>），短信不会发到手机上，只放在这里，供试用时查看验证码。
        {beforeUse}
      </p>
      {messages.length === 0 ? (
        <p>待发箱里没有短信。</p>
      ) : (
        <ul className="cards">
          {messages.map(({ id, phone, text, purpose, createdAt }) => (
            <li key={id}>
              <h3>{phone}</h3>
              <p>{text}</p>
              <p className="sub">
                {purposeWords(purpose)} · {momentWords(createdAt)}
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
